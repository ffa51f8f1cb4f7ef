import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { People } from '../../people';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { RequestRecord } from '../RequestRecord';

/** Where people and principals are looked up, as the plugin itself does. */
export interface PresenceDeps {
  catalog: Pick<MeshCatalog, 'entitiesOf'>;
  people: Pick<People, 'refsOf'>;
  principals: Pick<PrincipalDirectory, 'availableTo'>;
  credentials(): Promise<BackstageCredentials>;
}

/**
 * Why a request has nobody to be for any more: its requester has left, or no
 * longer acts as the principal.
 *
 * @returns undefined where all are there
 */
export async function whoIsGone(
  { catalog, people, principals, credentials }: PresenceDeps,
  record: RequestRecord,
): Promise<string | undefined> {
  const { requesterRef, principal, principalVia, judged } = record;
  // A user who never was in the catalog cannot have left it.
  if (judged?.requesterKnown !== false) {
    const found = await catalog.entitiesOf([requesterRef], ['kind']);
    if (!found.has(requesterRef)) {
      return `${requesterRef}, who asked for it, is not in the catalog any more`;
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
