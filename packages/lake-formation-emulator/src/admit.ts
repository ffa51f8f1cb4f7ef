import { faultError } from './control/faultError';
import { accessDenied } from './model/api/AwsError';
import { EmulatorState } from './model/state/EmulatorState';
import { requireIamAccess } from './model/identities/principalPolicies';
import { takeTokens } from './model/api/limits';
import { AuthorizedCall, requiredAccess } from './services/iam/requiredAccess';
import { Service } from './services/Operation';

/** The policy of a vended session allows nothing outside of S3. */
function refuseVendedKeys(state: EmulatorState, call: AuthorizedCall) {
  const [refused] = requiredAccess(call, state);
  if (refused) {
    const { action, resource } = refused;
    throw accessDenied(
      `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no session policy allows the ${action} action`,
    );
  }
}

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
  if (caller.reachesS3Only) refuseVendedKeys(state, call);
  if (state.behaviour.enforceIam) {
    requireIamAccess(state, caller, requiredAccess(call, state));
  }
}
