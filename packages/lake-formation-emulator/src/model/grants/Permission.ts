/** The permissions of Lake Formation that the emulator's resources know. */
export type Permission = string;

/** What AWS lists for each kind of resource; anything else is refused. */
export const PERMISSIONS_BY_RESOURCE = {
  catalog: [
    'CREATE_DATABASE',
    'CREATE_CATALOG',
    'CREATE_LF_TAG',
    'CREATE_LF_TAG_EXPRESSION',
    'SUPER_USER',
  ],
  database: ['ALL', 'ALTER', 'CREATE_TABLE', 'DESCRIBE', 'DROP'],
  table: ['ALL', 'ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT', 'SELECT'],
  columns: ['SELECT'],
  dataCellsFilter: ['DESCRIBE', 'DROP', 'SELECT'],
  dataLocation: ['DATA_LOCATION_ACCESS'],
  lfTag: [
    'ALTER',
    'ASSOCIATE',
    'DESCRIBE',
    'DROP',
    'GRANT_WITH_LF_TAG_EXPRESSION',
  ],
  lfTagExpression: [
    'ALTER',
    'DESCRIBE',
    'DROP',
    'GRANT_WITH_LF_TAG_EXPRESSION',
  ],
} as const satisfies Record<string, readonly Permission[]>;

/** What there is to have on a catalog inside of an account's one. */
export const NESTED_CATALOG_PERMISSIONS: readonly Permission[] = [
  'ALL',
  'ALTER',
  'CREATE_CATALOG',
  'CREATE_DATABASE',
  'DESCRIBE',
  'DROP',
  'SUPER_USER',
];

/** What there is to have on a resource link, of a database or a table. */
export const LINK_PERMISSIONS: readonly Permission[] = ['DESCRIBE', 'DROP'];

/** Lists of permissions are sets on the wire; AWS returns them sorted. */
export const sortedUnion = (
  a: readonly Permission[],
  b: readonly Permission[],
): Permission[] => [...new Set([...a, ...b])].sort();

export const without = (
  a: readonly Permission[],
  b: readonly Permission[],
): Permission[] => a.filter(permission => !b.includes(permission));

/** ALL covers every other permission of the resource while it is held. */
export const covers = (
  held: readonly Permission[],
  wanted: Permission,
): boolean => held.includes('ALL') || held.includes(wanted);
