import type {
  CreateLFTagExpressionRequest,
  CreateLFTagExpressionResponse,
} from '@aws-sdk/client-lakeformation';
import {
  AwsError,
  invalidInput,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { hasPermission, isAdministrator } from '../../../model/access/access';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { readBody, readExpressionName } from '../savedExpressions';

const MAX_EXPRESSIONS = 1000;

/** Saves an expression, on which its creator has everything without a grant. */
export const createLFTagExpression: Operation<
  CreateLFTagExpressionRequest,
  CreateLFTagExpressionResponse
> = (input, context) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const name = readExpressionName(input.Name);
  if (
    !isAdministrator(catalog, caller.principal) &&
    !hasPermission(
      catalog,
      caller,
      { kind: 'catalog' },
      'CREATE_LF_TAG_EXPRESSION',
    )
  ) {
    throw notThereOrNotAllowed();
  }
  const expression = readBody(input.Expression, catalog, context);
  if (catalog.tagExpressions.has(name)) {
    throw invalidInput(`LF-Tag expression already exists: ${name}.`);
  }
  if (catalog.tagExpressions.size >= MAX_EXPRESSIONS) {
    throw new AwsError(
      'ResourceNumberLimitExceededException',
      `An account may have up to ${MAX_EXPRESSIONS} LF-Tag expressions.`,
    );
  }
  catalog.tagExpressions.set(name, {
    name,
    ...(input.Description !== undefined && { description: input.Description }),
    expression,
    createdBy: caller.principal,
  });
  return {};
};
