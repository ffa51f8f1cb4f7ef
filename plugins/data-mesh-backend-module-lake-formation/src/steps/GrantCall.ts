import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { GrantWant, Grantee } from '../model/GrantWant';
import { PermissionEntry, readEntry, wantEntry } from './permissionEntries';

/** What a step of kind `grantPermissions` wants, read from its call. */
export interface GrantCall extends Grantee {
  /** The account that grants: the catalog's own, or one it is shared with. */
  accountId: string;
  region: string;
  /** The account whose catalog it is about. */
  catalogAccountId: string;
  wants: GrantWant[];
}

/** Where it is granted, and by whom. */
export const catalogOf = ({
  accountId,
  region,
  catalogAccountId,
}: GrantCall): Pick<
  GrantCall,
  'accountId' | 'region' | 'catalogAccountId'
> => ({
  accountId,
  region,
  catalogAccountId,
});

export const LAKE_FORMATION = 'LakeFormation';

/**
 * A grant or revoke as the call that makes it. A batch holds all entries of the
 * step, so that the step can be carried out from its data alone; more than 20
 * of them take several calls.
 */
export function permissionsCall(
  verb: 'Grant' | 'Revoke',
  catalogAccountId: string,
  entries: PermissionEntry[],
): PlanStep['call'] {
  const [first, ...others] = entries;
  return others.length === 0
    ? {
        service: LAKE_FORMATION,
        operation: `${verb}Permissions`,
        input: { CatalogId: catalogAccountId, ...first },
      }
    : {
        service: LAKE_FORMATION,
        operation: `Batch${verb}Permissions`,
        input: {
          CatalogId: catalogAccountId,
          Entries: entries.map((one, index) => ({
            Id: String(index + 1),
            ...one,
          })),
        },
      };
}

/** The call of a step that wants something. */
export const grantCall = (
  grant: Omit<GrantCall, 'region' | 'accountId'>,
  verb: 'Grant' | 'Revoke' = 'Grant',
): PlanStep['call'] =>
  permissionsCall(
    verb,
    grant.catalogAccountId,
    grant.wants.map(want => wantEntry(grant, want)),
  );

/**
 * Reads a step back.
 *
 * @throws InputError where the step is not one of this kind
 */
export function readGrantCall(step: PlanStep): GrantCall {
  const { accountId, region, call } = step;
  const input = call.input as Partial<PermissionEntry> & {
    CatalogId?: string;
    Entries?: PermissionEntry[];
  };
  const catalogAccountId = input.CatalogId ?? accountId ?? '';
  const entries = input.Entries ?? [input];
  const wants = entries.flatMap(
    entry =>
      readEntry(
        entry.Resource,
        entry.Permissions,
        entry.PermissionsWithGrantOption,
        catalogAccountId,
      ) ?? [],
  );
  const grantees = new Set(
    entries.map(({ Principal, Condition }) =>
      JSON.stringify([
        Principal?.DataLakePrincipalIdentifier,
        Condition?.Expression,
      ]),
    ),
  );
  const [first] = entries;
  const principalId = first?.Principal?.DataLakePrincipalIdentifier;
  const condition = first?.Condition?.Expression;
  if (
    !accountId ||
    !region ||
    !principalId ||
    grantees.size !== 1 ||
    wants.length !== entries.length
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region and a call with one principal and resources of known kinds, found ${call.service}.${call.operation}`,
    );
  }
  return {
    accountId,
    region,
    catalogAccountId,
    principalId,
    ...(condition && { condition }),
    wants: wants.map(({ place, access }) => ({ place, access })),
  };
}
