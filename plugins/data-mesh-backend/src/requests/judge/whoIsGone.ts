import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { ProductPort } from '../../store/entitlements/entitlementList';
import type { People } from '../../people';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { Successor } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import type { RequestRecord } from '../../store/requests/RequestRecord';

/** Where people and principals are looked up, as the plugin itself does. */
export interface PresenceDeps {
  catalog: Pick<MeshCatalog, 'entitiesOf'>;
  people: Pick<People, 'refsOf'>;
  principals: Pick<PrincipalDirectory, 'availableTo'>;
  credentials(): Promise<BackstageCredentials>;
  successors: Successors;
}

/** What succeeds products that have vanished from the catalog. */
export interface Successors {
  of(
    port: ProductPort,
  ): Promise<{ productRef: string; port: string } | undefined>;
  /** What of it the caller may see. */
  told(
    ports: readonly ProductPort[],
    caller: Caller,
  ): Promise<(port: ProductPort) => Successor | undefined>;
}

/**
 * Why nothing can come of a request any more: its requester has left, or no
 * longer acts as the principal; or the product goes by another name. One that
 * merely is not in the catalog may come back.
 *
 * @returns undefined where all are there
 */
export async function whoIsGone(
  { catalog, people, principals, credentials, successors }: PresenceDeps,
  record: RequestRecord,
): Promise<string | undefined> {
  const { requesterRef, principal, principalVia, productRef, judged } = record;
  const found = await catalog.entitiesOf([requesterRef, productRef]);
  // A user who never was in the catalog cannot have left it.
  if (judged?.requesterKnown !== false && !found.has(requesterRef)) {
    return `${requesterRef}, who asked for it, is not in the catalog any more`;
  }
  // Suspended access can go over to the successor, and is asked about there.
  if (!found.has(productRef) && record.kind !== 'resume') {
    const successor = await successors.of(record);
    if (successor) {
      return `${productRef} is not in the catalog any more. Its tables are published as the port '${successor.port}' of ${successor.productRef}; ask for them there`;
    }
  }
  if (principalVia === undefined) return undefined;
  const mine = await principals.availableTo({
    ownershipRefs: await people.refsOf(requesterRef),
    credentials: await credentials(),
  });
  return mine.some(({ id }) => id === principal.id)
    ? undefined
    : `${requesterRef}, who asked for it, no longer acts as ${principal.id}`;
}
