import { GrantResource, ResourceOfKind } from '../grants/Grant';

/** What a tag policy needs of whoever grants by it. */
export const TAG_GRANTING = 'GRANT_WITH_LF_TAG_EXPRESSION';

/**
 * The tags, or the saved expression, on which someone must hold
 * GRANT_WITH_LF_TAG_EXPRESSION to grant by a policy without being an
 * administrator.
 */
export const resourcesOfPolicy = (
  policy: ResourceOfKind<'lfTagPolicy'>,
): GrantResource[] =>
  'expression' in policy
    ? policy.expression.map(({ key, values }) => ({
        kind: 'lfTag',
        key,
        values,
      }))
    : [{ kind: 'lfTagExpression', name: policy.expressionName }];
