import type { Condition } from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../model/api/AwsError';
import { parseCondition } from '../../model/conditions/parseCondition';
import { GrantResource } from '../../model/grants/Grant';
import { Validated } from '../Operation';

const WITHOUT_CONDITIONS: readonly GrantResource['kind'][] = [
  'lfTag',
  'lfTagExpression',
  'lfTagPolicy',
];

/** Reads the condition of a grant or opt-in, which is kept as it was written. */
export function readCondition(
  condition: Validated<Condition> | undefined,
  principal: string,
  resource: GrantResource,
): string | undefined {
  if (!condition) return undefined;
  const { Expression } = condition;
  if (Expression === undefined) {
    throw invalidInput('Condition must have an expression.');
  }
  parseCondition(Expression);
  if (!principal.endsWith(':IAMPrincipals')) {
    throw invalidInput(
      `A condition is on all IAM principals of an account, such as 111122223333:IAMPrincipals, found '${principal}'.`,
    );
  }
  if (WITHOUT_CONDITIONS.includes(resource.kind)) {
    throw invalidInput(
      'Conditions are not supported on LF-Tags, LF-Tag policies and LF-Tag expressions.',
    );
  }
  return Expression;
}
