import type { LFTag } from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import {
  TagExpression,
  storedExpression,
} from '../../../model/grants/tagExpression';
import { Validated } from '../../Operation';

/** An expression as Lake Formation sends it. */
export const renderExpression = (expression: TagExpression): LFTag[] =>
  expression.map(({ key, values }) => ({
    TagKey: key,
    TagValues: [...values],
  }));

/** Reads an expression; a key without values would match nothing. */
export function readExpression(
  expression: readonly Validated<LFTag>[],
  member: string,
): TagExpression {
  if (!expression.length) {
    throw invalidInput(`${member} must have at least one LF-Tag.`);
  }
  const keys = expression.map(({ TagKey }) =>
    TagKey.toLocaleLowerCase('en-US'),
  );
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) {
    throw invalidInput(`${member} has the LF-Tag ${twice} twice.`);
  }
  const empty = expression.find(({ TagValues }) => !TagValues.length);
  if (empty) {
    throw invalidInput(
      `${member} has no values for the LF-Tag ${empty.TagKey}.`,
    );
  }
  return storedExpression(
    expression.map(({ TagKey, TagValues }) => ({
      key: TagKey,
      values: TagValues,
    })),
  );
}
