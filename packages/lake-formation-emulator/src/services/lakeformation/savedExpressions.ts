import type { LFTag, LFTagExpression } from '@aws-sdk/client-lakeformation';
import { invalidInput, notThereOrNotAllowed } from '../../model/api/AwsError';
import { effectiveHolding, isAdministrator } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { TagExpressionRecord } from '../../model/catalog/LfTagRecord';
import { hasTags } from '../../model/state/existence';
import {
  TAG_GRANTING,
  resourcesOfPolicy,
} from '../../model/access/policyAccess';
import { TagExpression } from '../../model/grants/tagExpression';
import { OperationContext, Validated } from '../Operation';
import { noSuchTag } from './lfTags';
import { readExpression, renderExpression } from './resources/tagExpressions';

const EXPRESSION_NAME = /^[A-Za-z0-9_ .:/=+\-@%]{1,255}$/;
const MAX_KEYS = 50;

/** Checks the name of a saved expression. */
export function readExpressionName(name: string): string {
  if (!EXPRESSION_NAME.test(name)) {
    throw invalidInput(
      `The name of an LF-Tag expression has 1 to 255 letters, digits, spaces or _ . : / = + - @ %, found '${name}'.`,
    );
  }
  return name;
}

/**
 * Reads the body of an expression to be saved, by someone who may grant with
 * all of its tags.
 */
export function readBody(
  body: readonly Validated<LFTag>[],
  catalog: Catalog,
  { caller }: OperationContext,
): TagExpression {
  const expression = readExpression(body, 'Expression');
  if (expression.length > MAX_KEYS) {
    throw invalidInput(
      `An LF-Tag expression may have up to ${MAX_KEYS} keys, found ${expression.length}.`,
    );
  }
  const mayUse =
    isAdministrator(catalog, caller.principal) ||
    resourcesOfPolicy({
      kind: 'lfTagPolicy',
      reaches: 'TABLE',
      expression,
    }).every(tag =>
      effectiveHolding(catalog, caller, tag).permissions.includes(TAG_GRANTING),
    );
  if (!mayUse) {
    throw notThereOrNotAllowed();
  }
  if (!hasTags(catalog, expression)) {
    throw noSuchTag();
  }
  return expression;
}

/** A saved expression as Lake Formation sends it. */
export const renderSavedExpression = (
  { accountId }: Catalog,
  { name, description, expression }: TagExpressionRecord,
): LFTagExpression => ({
  Name: name,
  Description: description,
  CatalogId: accountId,
  Expression: renderExpression(expression),
});
