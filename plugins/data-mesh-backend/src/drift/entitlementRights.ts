import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  sentence,
  type EntitlementAction,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { actorsInWords } from '../entitlements/guard/entitlementActions';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementDeps } from '../entitlements/EntitlementDeps';
import type { Caller } from '../identity/Caller';
import { entitlementDetail } from '../entitlements/reading/entitlementDetail';
import { previewRevocation } from '../entitlements/reading/previewRevocation';
import { revokeEntitlement } from '../entitlements/actions/ending';

/**
 * What somebody who looks at drift may do with the entitlement behind it.
 * Nothing where the caller may not even read it.
 */
export async function entitlementActionsFor(
  deps: EntitlementDeps,
  caller: Caller,
  row: EntitlementRow,
): Promise<EntitlementAction[]> {
  try {
    return (await entitlementDetail(deps, caller, row.id)).actions;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotAllowedError') return [];
    throw error;
  }
}

/**
 * Who may resolve drift may re-apply what others were granted; its consumer
 * and its owner may anyway.
 *
 * @throws NotAllowedError, ConflictError
 */
export async function requireReapply(
  deps: EntitlementDeps,
  caller: Caller,
  row: EntitlementRow,
  mayResolve: boolean,
): Promise<void> {
  if (row.state !== 'active' && row.state !== 'failed') {
    throw new ConflictError(
      `Entitlement ${row.id} is ${row.state}, only what is active is applied again`,
    );
  }
  if (mayResolve) return;
  const actions = await entitlementActionsFor(deps, caller, row);
  if (!actions.includes('reapply')) {
    throw new NotAllowedError(
      `${caller.userRef} may not reapply entitlement ${row.id}: only ${actorsInWords.reapply} may`,
    );
  }
}

/** Ends the entitlement instead. @throws NotAllowedError, ConflictError */
export async function revokeInstead(
  deps: EntitlementDeps,
  caller: Caller,
  row: EntitlementRow,
  options: { reason: string; dryRun: boolean },
): Promise<RevocationEffect[]> {
  const preview = await previewRevocation(deps, caller, row.id);
  const actions = await entitlementActionsFor(deps, caller, row);
  if (!actions.includes('revoke')) {
    throw new NotAllowedError(
      `${caller.userRef} may not revoke entitlement ${row.id}`,
    );
  }
  const effects = [
    {
      words: sentence('effect.ends'),
      ...(options.reason && { because: { text: options.reason } }),
    },
    ...preview.removes,
  ];
  if (!options.dryRun) {
    await revokeEntitlement(deps, caller, row.id, {
      version: row.version,
      reason: options.reason,
    });
  }
  return effects;
}
