const ALL = 'ALL';

/** Permissions as they are listed; ALL stands for those that it holds. */
export function shortPermissions(permissions: readonly string[]): string {
  return permissions.includes(ALL) ? ALL : permissions.join(', ');
}

/** Whether all that is held may be granted on, too. */
export function mayPassOnAll(
  permissions: readonly string[],
  grantable: readonly string[],
): boolean {
  return (
    permissions.length > 0 &&
    permissions.every(permission => grantable.includes(permission))
  );
}
