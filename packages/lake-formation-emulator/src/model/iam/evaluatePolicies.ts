import {
  IamPolicyDocument,
  IamPolicyStatement,
  listOf,
} from './PolicyDocument';

/** IAM's own names for how an evaluation ends. */
export type IamDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** A policy by its name, as evaluations cite it. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: IamPolicyDocument;
  /** Whether it stands in the principal itself; undefined for neither. */
  readonly inline?: boolean;
}

/** How an evaluation ended, and by which policies. */
export interface IamEvaluation {
  readonly decision: IamDecision;
  readonly matched: readonly NamedPolicy[];
}

const escaped = (text: string) => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

function wildcard(pattern: string, flags: string): RegExp {
  const source = escaped(pattern).replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

const matchesAny = (
  patterns: string | string[],
  value: string,
  flags: string,
) => listOf(patterns).some(pattern => wildcard(pattern, flags).test(value));

/** Actions know no case, resources do. */
function applies(
  { Action, NotAction, Resource, NotResource }: IamPolicyStatement,
  action: string,
  resource: string,
): boolean {
  const actionApplies = Action
    ? matchesAny(Action, action, 'i')
    : !matchesAny(NotAction ?? [], action, 'i');
  const resourceApplies = Resource
    ? matchesAny(Resource, resource, '')
    : !matchesAny(NotResource ?? [], resource, '');
  return actionApplies && resourceApplies;
}

/** Decides as IAM does for identity-based policies: a Deny wins, no Allow is no. */
export function evaluatePolicies(
  policies: readonly NamedPolicy[],
  action: string,
  resource: string,
): IamEvaluation {
  const matching = (effect: IamPolicyStatement['Effect']) =>
    policies.filter(({ document }) =>
      listOf(document.Statement).some(
        statement =>
          statement.Effect === effect && applies(statement, action, resource),
      ),
    );
  const denying = matching('Deny');
  if (denying.length) return { decision: 'explicitDeny', matched: denying };
  const allowing = matching('Allow');
  return allowing.length
    ? { decision: 'allowed', matched: allowing }
    : { decision: 'implicitDeny', matched: [] };
}
