import type { Table } from '@aws-sdk/client-glue';
import type {
  FoundTable,
  ReachedTables,
  TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { TableReader } from '../aws/TableReader';
import { mapLimited } from '../aws/mapLimited';
import { TagReader } from '../effective/TagReader';
import {
  TableTags,
  columnsReached,
  inheritedTags,
  matchesExpression,
} from '../effective/tagReach';
import { PortLocation, glueName } from '../lake/PortLocation';
import { ColumnSet, isAllColumns } from '../lake/columns';
import { TableResource } from '../lake/resource';
import { TagLook, TagSearch } from '../port/TagSearch';
import { foundTable, reachedColumns } from './foundTable';

/** Tables whose tags are looked up one by one; of more, all columns count. */
const MOST_LOOKED_UP = 200;
const LOOKUPS_AT_ONCE = 4;

interface Tagged {
  address: TableResource;
  tags: TableTags;
}

/** What looking takes. */
export interface TaggedReaders {
  search: TagSearch;
  tables: TableReader;
  tags: TagReader;
}

/** All that a tag expression reaches now, and which columns of it. */
export async function taggedReach(
  { search, tables, tags }: TaggedReaders,
  location: PortLocation,
  expression: TagExpression,
  look: TagLook,
): Promise<ReachedTables> {
  const tagged: Tagged[] = [];
  let token: string | undefined;
  do {
    const page = await search.page(location, expression, token, look);
    tagged.push(...page.tables);
    token = page.token;
  } while (token);

  const known: Array<{ table: Table; tags: TableTags }> = [];
  const gone: string[] = [];
  for (const group of byDatabase(tagged)) {
    const [{ address }] = group;
    const { catalogId, database } = address;
    const found = await tables.find(
      { ...location, catalogId, database: glueName(database) },
      group.map(one => one.address.table),
      look,
    );
    const byName = new Map(found.map(one => [glueName(one.Name ?? ''), one]));
    for (const { address: at, tags: said } of group) {
      const table = byName.get(glueName(at.table));
      if (table) known.push({ table, tags: said });
      else gone.push(`${at.database}.${at.table}`);
    }
  }
  let lookedUp = 0;
  const reached = await mapLimited(known, LOOKUPS_AT_ONCE, async one => {
    const found = foundTable(one.table, location);
    if (!isInDoubt(one, found, expression)) {
      return cut(one.table, found, columnsReached(expression, one.tags));
    }
    if (lookedUp >= MOST_LOOKED_UP) return found;
    lookedUp += 1;
    const all = await tags.ofTable(
      { ...found.address, region: location.region },
      look.signal,
    );
    return cut(one.table, found, columnsReached(expression, all));
  });
  return {
    tables: reached,
    ...(gone.length > 0 && {
      incomplete: `Lake Formation names ${gone
        .slice(0, 3)
        .join(', ')}, and Glue does not show what columns ${
        gone.length === 1 ? 'it has' : 'they have'
      }`,
    }),
  };
}

/**
 * A search names the columns that match. Where the table does and a column is
 * not named, a tag of its own may take it out, or it has none.
 */
function isInDoubt(
  { tags }: { tags: TableTags },
  { columns }: FoundTable,
  expression: TagExpression,
): boolean {
  const named = new Set([...tags.columns.keys()].map(glueName));
  return (
    matchesExpression(inheritedTags(tags.database, tags.table), expression) &&
    columns.some(({ name }) => !named.has(glueName(name)))
  );
}

function cut(table: Table, found: FoundTable, set: ColumnSet): FoundTable {
  if (isAllColumns(set)) return found;
  const names = new Set(('only' in set ? set.only : set.except).map(glueName));
  const chosen = found.columns
    .map(({ name }) => name)
    .filter(name => names.has(glueName(name)) === 'only' in set);
  return { ...found, reached: reachedColumns(table, chosen) };
}

function byDatabase(tagged: Tagged[]): Tagged[][] {
  const groups = new Map<string, Tagged[]>();
  for (const one of tagged) {
    const { catalogId, database } = one.address;
    const key = JSON.stringify([catalogId, glueName(database)]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}
