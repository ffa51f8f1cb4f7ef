import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { TableWant } from '../model/TableWant';
import {
  PermissionEntry,
  readTableEntry,
  wantEntry,
} from './permissionEntries';

/** What a step of kind `grantPermissions` wants, read from its call. */
export interface GrantCall {
  accountId: string;
  region: string;
  principalId: string;
  wants: TableWant[];
}

export const LAKE_FORMATION = 'LakeFormation';

/**
 * A grant or revoke as the call that makes it. A batch holds all entries of the
 * step, so that the step can be carried out from its data alone; more than 20
 * of them take several calls.
 */
export function permissionsCall(
  verb: 'Grant' | 'Revoke',
  accountId: string,
  entries: PermissionEntry[],
): PlanStep['call'] {
  const [first, ...others] = entries;
  return others.length === 0
    ? {
        service: LAKE_FORMATION,
        operation: `${verb}Permissions`,
        input: { CatalogId: accountId, ...first },
      }
    : {
        service: LAKE_FORMATION,
        operation: `Batch${verb}Permissions`,
        input: {
          CatalogId: accountId,
          Entries: entries.map((one, index) => ({
            Id: String(index + 1),
            ...one,
          })),
        },
      };
}

/** The call of a step that wants something. */
export const grantCall = (
  { accountId, principalId, wants }: Omit<GrantCall, 'region'>,
  verb: 'Grant' | 'Revoke' = 'Grant',
): PlanStep['call'] =>
  permissionsCall(
    verb,
    accountId,
    wants.map(want => wantEntry(principalId, want)),
  );

/**
 * Reads a step back.
 *
 * @throws InputError where the step is not one of this kind
 */
export function readGrantCall(step: PlanStep): GrantCall {
  const { accountId, region, call } = step;
  const input = call.input as Partial<PermissionEntry> & {
    Entries?: PermissionEntry[];
  };
  const entries = input.Entries ?? [input];
  const wants = entries.flatMap(
    entry =>
      readTableEntry(entry.Resource, entry.Permissions, accountId ?? '') ?? [],
  );
  const principals = new Set(
    entries.map(entry => entry.Principal?.DataLakePrincipalIdentifier),
  );
  const [principalId] = principals;
  if (
    !accountId ||
    !region ||
    !principalId ||
    principals.size !== 1 ||
    wants.length !== entries.length
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region and a call with one principal and named tables, found ${call.service}.${call.operation}`,
    );
  }
  return { accountId, region, principalId, wants };
}
