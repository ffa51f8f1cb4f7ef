import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import { TableWant } from '../model/TableWant';
import { readTableEntry } from '../steps/permissionEntries';

/** One line of a permission listing that is about tables. */
export interface ListedPermission extends TableWant {
  principalId: string;
  /** What of it may be passed on. */
  grantable: string[];
  updatedAt?: Date;
  updatedBy?: string;
}

/**
 * Reads a line of a listing.
 *
 * @returns undefined where it is about something else than tables
 */
export function readListedPermission(
  line: PrincipalResourcePermissions,
  accountId: string,
): ListedPermission | undefined {
  const principalId = line.Principal?.DataLakePrincipalIdentifier;
  const entry = readTableEntry(line.Resource, line.Permissions, accountId);
  if (!principalId || !entry) return undefined;
  return {
    ...entry,
    principalId,
    grantable: [...(line.PermissionsWithGrantOption ?? [])].sort(),
    ...(line.LastUpdated && { updatedAt: line.LastUpdated }),
    ...(line.LastUpdatedBy && { updatedBy: line.LastUpdatedBy }),
  };
}
