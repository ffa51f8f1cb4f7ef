import { Holding } from './changeGrant';
import { Grant, PermissionChange, ResourceOfKind } from './Grant';

/** What one principal holds on some values of an LF-Tag. */
export interface TagEntry {
  readonly resource: ResourceOfKind<'lfTag'>;
  readonly holding: Holding;
}

/**
 * Changes what a principal holds on values of an LF-Tag. Each value is held by
 * itself; those on which the same is held are one entry, as AWS lists them.
 *
 * @param before - the principal's entries on the key
 * @param apply - changes what is held on one value
 */
export function changeTagEntries(
  before: Iterable<Grant>,
  change: PermissionChange & { resource: ResourceOfKind<'lfTag'> },
  apply: (
    held: Holding | undefined,
    change: PermissionChange,
  ) => Holding | undefined,
): TagEntry[] {
  const { key, values: changed } = change.resource;
  const byValue = new Map<string, Holding>();
  for (const { resource, permissions, grantable } of before) {
    if (resource.kind !== 'lfTag') continue;
    resource.values.forEach(value =>
      byValue.set(value, { permissions, grantable }),
    );
  }
  for (const value of changed) {
    const after = apply(byValue.get(value), change);
    if (after) byValue.set(value, after);
    else byValue.delete(value);
  }
  const entries = new Map<string, { values: string[]; holding: Holding }>();
  for (const [value, holding] of byValue) {
    const same = JSON.stringify([holding.permissions, holding.grantable]);
    const entry = entries.get(same) ?? { values: [], holding };
    entry.values.push(value);
    entries.set(same, entry);
  }
  return [...entries.values()].map(({ values, holding }) => ({
    resource: { kind: 'lfTag', key, values: values.sort() },
    holding,
  }));
}
