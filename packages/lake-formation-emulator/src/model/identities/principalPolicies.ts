import { AwsError } from '../api/AwsError';
import { Caller } from '../iam/Caller';
import { EmulatorState, accountOf } from '../state/EmulatorState';
import { rootOf, accountOfPrincipal } from '../iam/principals';
import {
  IamDecision,
  NamedPolicy,
  evaluatePolicies,
} from '../iam/evaluatePolicies';
import { IamPolicy } from '../iam/PolicyDocument';

/** An action of IAM on a resource. */
export interface IamAccess {
  /** Such as `glue:GetTable`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
}

/** The policies that a role or user has, attached and inline. */
export function policiesOf(
  state: EmulatorState,
  principal: string,
): readonly IamPolicy[] {
  const account = accountOfPrincipal(principal);
  if (!account) return [];
  return (accountOf(state, account).policies ?? []).filter(({ principals }) =>
    principals.includes(principal),
  );
}

/** AWS's ending of the refusal, by which the two are told apart. */
const reason = (decision: IamDecision, action: string, kind: string) =>
  decision === 'explicitDeny'
    ? `with an explicit deny in ${
        kind === 'session' ? 'a' : 'an'
      } ${kind} policy`
    : `because no ${kind} policy allows the ${action} action`;

/**
 * Refuses a caller whose policies do not allow everything that is asked. The
 * root of an account has no policies and may do anything.
 */
export function requireIamAccess(
  state: EmulatorState,
  caller: Pick<Caller, 'account' | 'arn' | 'principal' | 'sessionPolicy'>,
  wanted: readonly IamAccess[],
): void {
  if (!state.behaviour.enforceIam) return;
  if (caller.principal === rootOf(caller.account)) return;
  // A session does no more than both its role and its own policy allow.
  const sources: Array<[string, readonly NamedPolicy[]]> = [
    ['identity-based', policiesOf(state, caller.principal)],
  ];
  if (caller.sessionPolicy) {
    const policy = { name: 'session policy', document: caller.sessionPolicy };
    sources.push(['session', [policy]]);
  }
  for (const { action, resource } of wanted) {
    for (const [kind, policies] of sources) {
      const { decision } = evaluatePolicies(policies, action, resource);
      if (decision !== 'allowed') {
        throw new AwsError(
          'AccessDeniedException',
          `User: ${
            caller.arn
          } is not authorized to perform: ${action} on resource: ${resource} ${reason(
            decision,
            action,
            kind,
          )}`,
        );
      }
    }
  }
}
