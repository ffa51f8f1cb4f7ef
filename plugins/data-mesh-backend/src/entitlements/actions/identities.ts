import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import {
  changedIdentities,
  goneIdentities,
} from '../lifecycle/changedIdentities';
import { portOf, principalOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';

/** What an entitlement is for now, and how that differs, in words. */
export interface FoundIdentities {
  /** As they would be if what is there now were taken for it. */
  identities: { [key: string]: string };
  changes: string[];
  /** The changes that nothing has taken the place of. */
  gone: string[];
}

/**
 * @throws ConflictError where it cannot be looked at as it stands
 * @throws ServiceUnavailableError where it cannot be looked at now
 */
export async function lookAtIdentities(
  deps: { provisioners: ProvisionerRegistry },
  row: EntitlementRow,
): Promise<FoundIdentities> {
  const provisioner = deps.provisioners.find(row.port_type);
  if (!provisioner) {
    throw new ServiceUnavailableError(
      `No provisioner serves ports of type '${row.port_type}'`,
    );
  }
  const given = JSON.parse(row.identities) as { [key: string]: string };
  try {
    const found = await callProvisioner(provisioner, () =>
      provisioner.resolve({
        port: portOf(row),
        scope: JSON.parse(row.scope),
        principal: principalOf(row),
      }),
    );
    return {
      identities: { ...given, ...found.identities },
      changes: changedIdentities(given, found),
      gone: goneIdentities(found),
    };
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    const { code, message, kind } = error.details;
    const words = `What the access was given for cannot be looked at${
      kind === 'permanent' ? '' : ' now'
    }: ${code}: ${message}`;
    throw kind === 'permanent'
      ? new ConflictError(words)
      : new ServiceUnavailableError(words);
  }
}

/**
 * What was given for something else is never granted again unseen.
 *
 * @throws ConflictError where it is another thing now, or gone; and as
 *   {@link lookAtIdentities} does
 */
export async function requireSameIdentities(
  deps: { provisioners: ProvisionerRegistry },
  row: EntitlementRow,
): Promise<void> {
  const { changes } = await lookAtIdentities(deps, row);
  if (changes.length > 0) {
    throw new ConflictError(
      `${changes.join('; ')}. A person must adopt or revoke it first`,
    );
  }
}
