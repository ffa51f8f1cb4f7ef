import type {
  TagFinding,
  TaggedTable,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TagSubject } from './TagSubject';

/** How what is there of a tag differs from what is wanted. Pure. */
export function differenceOf(
  wanted: string | undefined,
  found: string | undefined,
): TagFinding['kind'] {
  if (wanted === undefined) return 'excess';
  return found === undefined ? 'missing' : 'different';
}

type LakeResource = NonNullable<TagStanding['foundAt']>;

/**
 * What a table has and is to have, tag by tag, and those of its columns that
 * have or are to have something of their own. Pure.
 */
export function tableStanding(
  subject: TagSubject,
): Pick<TaggedTable, 'tags' | 'columns'> {
  const { wanted, own, inherited } = subject;
  const tags: TagStanding[] = [];
  const columns = new Map<string, TagStanding[]>();
  const names = new Set([...wanted.columns.keys(), ...own.columns.keys()]);
  for (const key of wanted.keys) {
    const wantedHere = wanted.table.get(key);
    const foundHere = own.table.get(key) ?? inherited.get(key);
    const foundAt = own.table.has(key) ? 'table' : 'database';
    tags.push(...standing(key, wantedHere, foundHere, foundAt));
    for (const name of names) {
      const ownWanted = wanted.columns.get(name)?.get(key);
      const ownFound = own.columns.get(name)?.get(key);
      if (ownWanted === undefined && ownFound === undefined) continue;
      columns.set(name, [
        ...(columns.get(name) ?? []),
        ...standing(
          key,
          ownWanted ?? wantedHere,
          ownFound ?? foundHere,
          ownFound === undefined ? foundAt : 'column',
        ),
      ]);
    }
  }
  return {
    tags,
    columns: [...columns]
      .map(([column, ofColumn]) => ({ column, tags: ofColumn }))
      .sort((a, b) => a.column.localeCompare(b.column, 'en')),
  };
}

/** Nothing where there is nothing and nothing is wanted. */
function standing(
  key: string,
  wanted: string | undefined,
  found: string | undefined,
  foundAt: LakeResource,
): TagStanding[] {
  if (wanted === undefined && found === undefined) return [];
  return [
    {
      key,
      state: wanted === found ? 'same' : differenceOf(wanted, found),
      ...(wanted !== undefined && { wanted }),
      ...(found !== undefined && { found, foundAt }),
    },
  ];
}
