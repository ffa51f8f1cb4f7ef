import type {
  BatchPermissionsRequestEntry,
  Resource,
} from '@aws-sdk/client-lakeformation';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ObservedResource,
  readObservedResource,
} from '../model/observedResource';
import { accountOfCatalog } from '../model/PortLocation';
import { groupOf } from './grantKeys';

/** One permission that a step wants somebody to hold, or not to hold. */
export interface WantedGrant {
  group: string;
  principalId: string;
  resource: ObservedResource;
  permissions: string[];
  grantable: string[];
  condition?: string;
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
  const input = call.input as Partial<BatchPermissionsRequestEntry> & {
    CatalogId?: string;
    Entries?: BatchPermissionsRequestEntry[];
  };
  const owner = input.CatalogId ?? accountId;
  return (input.Entries ?? [input]).flatMap(
    (entry: Partial<BatchPermissionsRequestEntry>) => {
      const principalId = entry.Principal?.DataLakePrincipalIdentifier;
      if (!principalId || !entry.Resource) return [];
      const resource = readObservedResource(entry.Resource as Resource, {
        accountId: owner,
        region,
      });
      const { catalogId = owner } = resource;
      const condition = entry.Condition?.Expression;
      return [
        {
          group: groupOf(principalId, resource),
          principalId,
          resource,
          permissions: [...(entry.Permissions ?? [])],
          grantable: [...(entry.PermissionsWithGrantOption ?? [])],
          ...(condition && { condition }),
          isRevoked: verb === 'Revoke',
          mayBeUnlisted:
            catalogId.includes(':') ||
            accountOfCatalog(catalogId) !== accountId,
        },
      ];
    },
  );
}
