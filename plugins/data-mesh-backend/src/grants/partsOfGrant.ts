import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';

/** A grant of one permission, on one column where columns are listed. */
function part(
  grant: ObservedGrant,
  permission: string,
  columns: string[] | undefined,
): ObservedGrant {
  return {
    ...grant,
    resource: { ...grant.resource, ...(columns && { columns }) },
    permissions: [permission],
    grantable: grant.grantable.filter(one => one === permission),
  };
}

/**
 * The parts of a grant of which nothing is `known`: by permission, and by
 * column where it lists columns. Parts with the same columns are put together.
 *
 * @param known - whether something stands behind all of a part, behind some of
 *   it, or behind nothing. A part that cannot be divided counts as known where
 *   something stands behind some of it
 */
export function unknownParts(
  grant: ObservedGrant,
  known: (part: ObservedGrant) => 'full' | 'part' | 'none',
): ObservedGrant[] {
  const left = new Map<string, ObservedGrant>();
  for (const permission of grant.permissions) {
    const whole = part(grant, permission, undefined);
    const columns = columnsUnknown(whole, permission, known);
    if (columns === 'none') continue;
    const key = JSON.stringify(columns);
    const rest = part(
      grant,
      permission,
      columns === 'all' ? undefined : columns,
    );
    const same = left.get(key);
    left.set(
      key,
      same
        ? {
            ...same,
            permissions: [...same.permissions, ...rest.permissions],
            grantable: [...same.grantable, ...rest.grantable],
          }
        : rest,
    );
  }
  return [...left.values()];
}

function columnsUnknown(
  whole: ObservedGrant,
  permission: string,
  known: (part: ObservedGrant) => 'full' | 'part' | 'none',
): 'all' | 'none' | string[] {
  const how = known(whole);
  if (how === 'full') return 'none';
  const { columns } = whole.resource;
  if (!columns || columns.length < 2) return how === 'none' ? 'all' : 'none';
  const unknown = columns.filter(
    column => known(part(whole, permission, [column])) === 'none',
  );
  if (unknown.length === 0) return 'none';
  return unknown.length === columns.length ? 'all' : unknown;
}

/** Whether a grant holds no more than another one of the same key. */
export function isWithin(grant: ObservedGrant, other: ObservedGrant): boolean {
  const columns = other.resource.columns;
  return (
    grant.permissions.every(one => other.permissions.includes(one)) &&
    grant.grantable.every(one => other.grantable.includes(one)) &&
    (columns === undefined ||
      (grant.resource.columns ?? [undefined]).every(
        one => one !== undefined && columns.includes(one),
      )) &&
    grant.condition === other.condition &&
    grant.resource.rowFilter === other.resource.rowFilter &&
    hasNoFewerExcluded(grant, other)
  );
}

function hasNoFewerExcluded(
  grant: ObservedGrant,
  other: ObservedGrant,
): boolean {
  const excluded = grant.resource.excludedColumns ?? [];
  return (
    grant.resource.columns !== undefined ||
    (other.resource.excludedColumns ?? []).every(one => excluded.includes(one))
  );
}
