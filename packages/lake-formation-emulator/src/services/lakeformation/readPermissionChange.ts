import type {
  BatchPermissionsRequestEntry,
  GrantPermissionsRequest,
} from '@aws-sdk/client-lakeformation';
import { invalidInput, validationError } from '../../model/api/AwsError';
import { PermissionChange } from '../../model/grants/Grant';
import { isNestedId } from '../../model/state/nestedCatalogs';
import {
  NESTED_CATALOG_PERMISSIONS,
  PERMISSIONS_BY_RESOURCE,
} from '../../model/grants/Permission';
import { possiblePermissions } from '../../model/grants/possiblePermissions';
import { isPrincipal, withoutAlias } from '../../model/iam/principals';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { Validated } from '../Operation';
import { readCondition } from './readCondition';
import { RequestedResource } from './resources/RequestedResource';
import { readResource } from './resources/readResource';

/** What a grant or revoke asks for, alone or as an entry of a batch. */
export type ChangeRequest =
  | Validated<GrantPermissionsRequest>
  | Validated<BatchPermissionsRequestEntry>;

/** A change, and the catalog it is for where the resource names one. */
export interface RequestedChange {
  readonly change: PermissionChange;
  readonly catalogId?: string;
}

function refuseUnknown(permissions: readonly string[], member: string) {
  const known = lakeFormationModel.enums.Permission;
  if (permissions.some(permission => !known.includes(permission))) {
    throw validationError([
      `Value '[${permissions.join(
        ', ',
      )}]' at '${member}' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(
        ', ',
      )}]]`,
    ]);
  }
}

function permissionsOn({
  resource,
  columns,
  catalogId,
}: RequestedResource): readonly string[] {
  if (columns) return PERMISSIONS_BY_RESOURCE.columns;
  return resource.kind === 'catalog' && isNestedId(catalogId)
    ? NESTED_CATALOG_PERMISSIONS
    : possiblePermissions(resource);
}

/** Reads a grant or revoke and refuses what makes no sense on any catalog. */
export function readPermissionChange(request: ChangeRequest): RequestedChange {
  const principal = withoutAlias(
    request.Principal?.DataLakePrincipalIdentifier ?? '',
  );
  if (!isPrincipal(principal)) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
  const permissions = [...new Set<string>(request.Permissions ?? [])];
  const grantable = [
    ...new Set<string>(request.PermissionsWithGrantOption ?? []),
  ];
  refuseUnknown(permissions, 'permissions');
  refuseUnknown(grantable, 'permissionsWithGrantOption');
  if (!permissions.length && !grantable.length) {
    throw invalidInput('Permissions cannot be empty.');
  }

  const requested = readResource(request.Resource ?? {});
  const possible = permissionsOn(requested);
  const onColumnsOnly =
    requested.isTableWithColumns &&
    [...permissions, ...grantable].some(permission => permission !== 'SELECT');
  if (
    onColumnsOnly ||
    [...permissions, ...grantable].some(
      permission => !possible.includes(permission),
    )
  ) {
    throw invalidInput('Permissions modification is invalid.');
  }
  const { resource, columns, catalogId } = requested;
  const condition = readCondition(request.Condition, principal, resource);
  return {
    change: {
      principal,
      resource,
      ...(condition !== undefined && { condition }),
      columns,
      permissions,
      grantable,
    },
    catalogId,
  };
}
