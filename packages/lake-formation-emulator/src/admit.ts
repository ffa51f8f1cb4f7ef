import { faultError } from './control/faultError';
import { EmulatorState } from './model/EmulatorState';
import { requireIamAccess } from './model/iam/principalPolicies';
import { takeTokens } from './model/limits';
import { AuthorizedCall, requiredAccess } from './services/iam/requiredAccess';
import { Service } from './services/Operation';

/**
 * What stands before every operation: quotas first, as they count refused calls
 * too, then IAM. Lake Formation's own permissions come later, in the operation.
 */
export function admit(
  state: EmulatorState,
  service: Service,
  call: AuthorizedCall,
  now: Date,
): void {
  const { service: name, operation, caller } = call;
  const passes = takeTokens(
    state.buckets,
    state.behaviour.limits,
    { service: name, operation, account: caller.account },
    now.getTime(),
  );
  if (!passes) {
    throw faultError({ kind: 'throttle' }, service);
  }
  if (state.behaviour.enforceIam) {
    requireIamAccess(state, caller, requiredAccess(call, state));
  }
}
