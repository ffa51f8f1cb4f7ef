import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Grantee, ResourceAccess } from '../../lake/grant';
import { granteeKey } from '../../lake/keys';
import { PermissionEntry, readEntry, wantEntry } from '../../lake/wire';

/** What a step of kind `grantPermissions` wants, read from its call. */
export interface GrantCall extends Grantee {
  /** The account that grants: the catalog's own, or one it is shared with. */
  accountId: string;
  region: string;
  /** The account whose catalog it is about. */
  catalogAccountId: string;
  wants: ResourceAccess[];
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

/** The entries of a call that changes permissions, whichever way it does. */
export function entriesOf({
  call,
}: Pick<PlanStep, 'call'>): Array<Partial<PermissionEntry>> {
  const input = call.input as Partial<PermissionEntry> & {
    Entries?: PermissionEntry[];
  };
  return input.Entries ?? [input];
}

/**
 * Reads a step back.
 *
 * @throws InputError where the step is not one of this kind
 */
export function readGrantCall(step: PlanStep): GrantCall {
  const { accountId, region, call } = step;
  const { CatalogId } = call.input as { CatalogId?: string };
  const catalogAccountId = CatalogId ?? accountId ?? '';
  const entries = entriesOf(step);
  const grants = entries.flatMap(entry => {
    const grant = readEntry(entry, catalogAccountId);
    return grant && grant.resource.kind !== 'unknown' ? [grant] : [];
  });
  const grantees = new Set(grants.map(({ grantee }) => granteeKey(grantee)));
  const [first] = grants;
  if (
    !accountId ||
    !region ||
    !first ||
    grantees.size !== 1 ||
    grants.length !== entries.length
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region and a call with one principal and resources of known kinds, found ${call.service}.${call.operation}`,
    );
  }
  return {
    accountId,
    region,
    catalogAccountId,
    ...first.grantee,
    wants: grants.map(({ resource, access }) => ({ resource, access })),
  };
}
