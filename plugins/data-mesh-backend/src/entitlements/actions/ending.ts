import { InputError } from '@backstage/errors';
import { type EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { beginEnding, closeWithResidue } from '../lifecycle/ending';
import { actOnEntitlement } from './actOnEntitlement';

/**
 * The product's side ends it.
 *
 * @throws InputError, NotFoundError, NotAllowedError, ConflictError
 */
export async function revokeEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number; reason: string },
): Promise<EntitlementDetail> {
  const reason = options.reason.trim();
  if (!reason) {
    throw new InputError(
      'reason: is empty, expected why the access ends; its holder reads it',
    );
  }
  return actOnEntitlement(
    deps,
    caller,
    id,
    'revoke',
    options.version,
    (tx, row) =>
      beginEnding(deps, tx, row, {
        kind: 'revoked',
        reason,
        actorRef: caller.userRef,
      }),
  );
}

/**
 * The consumer's side hands it back.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function relinquishEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number; reason?: string },
): Promise<EntitlementDetail> {
  return actOnEntitlement(
    deps,
    caller,
    id,
    'relinquish',
    options.version,
    (tx, row) =>
      beginEnding(deps, tx, row, {
        kind: 'relinquished',
        reason: options.reason?.trim() || undefined,
        actorRef: caller.userRef,
      }),
  );
}

/**
 * Closes an ending that cannot be finished.
 *
 * @throws InputError, NotFoundError, NotAllowedError, ConflictError
 */
export async function closeResidue(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number; reason: string },
): Promise<EntitlementDetail> {
  const reason = options.reason.trim();
  if (!reason) {
    throw new InputError(
      'reason: is empty, expected why what is left cannot be taken away',
    );
  }
  return actOnEntitlement(
    deps,
    caller,
    id,
    'close-residue',
    options.version,
    (tx, row) =>
      closeWithResidue(deps, tx, row, {
        reason,
        actorRef: caller.userRef,
      }),
    { happening: 'closed-with-residue' },
  );
}
