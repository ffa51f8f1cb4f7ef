import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountOfCatalog } from '../lake/PortLocation';
import { Grant } from '../lake/grant';
import { groupOf } from '../lake/keys';
import { observedResource } from '../lake/observed';
import { readEntry } from '../lake/wire';
import { entriesOf } from '../steps/grants/GrantCall';

/** What a step wants somebody to hold, or not to hold. */
export interface WantedGrant extends Grant {
  group: string;
  /** The step takes it away: it is in force where none of it is held. */
  isRevoked: boolean;
  /**
   * Whether scans of the step's target may not list it although it is held:
   * AWS does not say whether an account's pages hold what is in nested
   * catalogs, nor where it lists what a consumer's administrator passes on.
   */
  mayBeUnlisted: boolean;
}

const CHANGING = /^(?:Batch)?(Grant|Revoke)Permissions$/;

/**
 * What a step grants or revokes, read from its call: whatever the kind of the
 * step, that is what Lake Formation will list. Empty for other steps. Pure.
 */
export function wantedGrants(step: PlanStep): WantedGrant[] {
  const { accountId, region, call } = step;
  const [, verb] = CHANGING.exec(call.operation) ?? [];
  if (!accountId || !region || call.service !== 'LakeFormation' || !verb) {
    return [];
  }
  const { CatalogId: owner = accountId } = call.input as { CatalogId?: string };
  return entriesOf(step).flatMap(entry => {
    const grant = readEntry(entry, owner);
    if (!grant) return [];
    const { catalogId } = grant.resource;
    return [
      {
        ...grant,
        group: groupOf(
          grant.grantee.principalId,
          observedResource(grant.resource, region),
        ),
        isRevoked: verb === 'Revoke',
        mayBeUnlisted:
          catalogId.includes(':') || accountOfCatalog(catalogId) !== accountId,
      },
    ];
  });
}
