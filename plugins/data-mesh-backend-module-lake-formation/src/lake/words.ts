import {
  counted,
  namesInWords,
  type TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Rights, chosenColumns, isSameRights, wholeNames } from './access';
import { ColumnSet, isAllColumns, isNoColumns } from './columns';
import { ResourceAccess } from './grant';
import { LakeResource, TableResource } from './resource';

/** How many columns or tables a sentence names before it counts. */
const NAMES_IN_A_SENTENCE = 12;
/** How many tables with chosen columns a sentence tells one by one. */
const COLUMN_LISTS_IN_A_SENTENCE = 3;

const GRANT_OPTION = ' with the grant option';
const OPTION_OF = 'the grant option of ';
const UNKNOWN = 'a kind of resource that is not known here';

const listInWords = (words: string[]) =>
  words.length < 3
    ? words.join(' and ')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

const names = (all: string[]) => namesInWords(all, NAMES_IN_A_SENTENCE);

/** `region` = `emea` or `apac`, and `class` = `open`. */
const tagsInWords = (expression: TagExpression): string =>
  expression
    .map(
      ({ key, values }) =>
        `\`${key}\` = ${values.map(value => `\`${value}\``).join(' or ')}`,
    )
    .join(' and ');

/** `region = emea or apac and class = open`. */
export const expressionInWords = (expression: TagExpression): string =>
  expression
    .map(({ key, values }) => `${key} = ${values.join(' or ')}`)
    .join(' and ');

/** A resource as the end of a sentence: ``SELECT on …``. */
export function resourceInWords(resource: LakeResource): string {
  switch (resource.kind) {
    case 'catalog':
      return `catalog \`${resource.catalogId}\``;
    case 'database':
      return `database \`${resource.database}\``;
    case 'allTables':
      return `all tables of \`${resource.database}\``;
    case 'table':
      return `\`${resource.database}.${resource.table}\``;
    case 'filter':
      return `filter \`${resource.filter}\` of \`${resource.database}.${resource.table}\``;
    case 'tagPolicy': {
      const reached = resource.reaches === 'TABLE' ? 'tables' : 'databases';
      return resource.savedAs === undefined
        ? `${reached} tagged ${tagsInWords(resource.expression)}`
        : `${reached} that saved expression \`${resource.savedAs}\` reaches`;
    }
    case 'tag':
      return `LF-Tag \`${resource.key}\` with ${namesInWords(resource.values)}`;
    case 'savedExpression':
      return `saved expression \`${resource.name}\``;
    case 'location':
      return `location \`${resource.arn}\``;
    default:
      return UNKNOWN;
  }
}

/** What a resource is called in lists: short, and without its account. */
export function resourceTitle(
  resource: LakeResource,
  columns?: ColumnSet,
): string {
  switch (resource.kind) {
    case 'catalog':
      return `catalog ${resource.catalogId}`;
    case 'database':
      return `database ${resource.database}`;
    case 'allTables':
      return `all tables of ${resource.database}`;
    case 'table':
      return `${resource.database}.${resource.table}${columnsInTitle(columns)}`;
    case 'filter':
      return `filter ${resource.filter} on ${resource.database}.${resource.table}`;
    case 'tagPolicy': {
      const reached = resource.reaches === 'TABLE' ? 'tables' : 'databases';
      return resource.savedAs === undefined
        ? `${reached} tagged ${expressionInWords(resource.expression)}`
        : `${reached} that saved expression ${resource.savedAs} reaches`;
    }
    case 'tag':
      return `LF-Tag ${expressionInWords([resource])}`;
    case 'savedExpression':
      return `saved expression ${resource.name}`;
    case 'location':
      return `location ${resource.arn}`;
    default:
      return UNKNOWN;
  }
}

/** ` (a, b)` or ` (all but c)`; nothing for all columns. */
function columnsInTitle(columns: ColumnSet | undefined): string {
  if (!columns || isAllColumns(columns)) return '';
  return 'only' in columns
    ? ` (${columns.only.join(', ')})`
    : ` (all but ${columns.except.join(', ')})`;
}

/** A filter in lists, with what it lets through. */
export function filterTitle(
  resource: LakeResource,
  rowFilter: string | undefined,
  columns: ColumnSet,
): string {
  const parts = [
    ...(rowFilter ? [`rows where ${rowFilter}`] : []),
    ...('only' in columns ? [`columns ${columns.only.join(', ')}`] : []),
    ...('except' in columns && columns.except.length > 0
      ? [`all columns but ${columns.except.join(', ')}`]
      : []),
  ];
  const title = resourceTitle(resource);
  return parts.length > 0 ? `${title} (${parts.join('; ')})` : title;
}

export function columnsInWords(columns: ColumnSet): string {
  if ('except' in columns) {
    return columns.except.length
      ? `all columns except ${names(columns.except)}`
      : 'all columns';
  }
  return `${columns.only.length === 1 ? 'column' : 'columns'} ${names(
    columns.only,
  )}`;
}

const isNamedTable = (resource: LakeResource): resource is TableResource =>
  resource.kind === 'table';

const oneByOne = (resources: LakeResource[]) =>
  resources.length > NAMES_IN_A_SENTENCE
    ? `${resourceInWords(resources[0])} and ${resources.length - 1} more`
    : listInWords(resources.map(resourceInWords));

/** Several tables of one database are counted; all else is told one by one. */
export function resourcesInWords(resources: LakeResource[]): string {
  const tables = resources.filter(isNamedTable);
  const [first] = tables;
  if (tables.length < 2) return oneByOne(resources);
  const others = resources.filter(resource => !isNamedTable(resource));
  return [
    `${counted(tables.length, 'table')} of \`${first.database}\` (${names(
      tables.map(({ table }) => table),
    )})`,
    ...(others.length > 0 ? [oneByOne(others)] : []),
  ].join(' and ');
}

/** One kind of access in a sentence; what it is on follows. */
interface Statement {
  resource: LakeResource;
  rights: Rights;
  before: string;
  after: string;
}

/** What may be passed on is told with the rest where it is the same. */
function statementsOf({ resource, access }: ResourceAccess): Statement[] {
  const { passOn, ...rights } = access;
  if (passOn && isSameRights(rights, passOn)) {
    return [{ resource, rights, before: '', after: GRANT_OPTION }];
  }
  return [
    { resource, rights, before: '', after: '' },
    ...(passOn
      ? [{ resource, rights: passOn, before: OPTION_OF, after: '' }]
      : []),
  ];
}

/**
 * What is held or wanted on some resources, as the middle of a sentence, like
 * ``SELECT on columns `a` and `b` of `sales.orders` ``.
 */
export function accessInWords(grants: readonly ResourceAccess[]): string {
  const statements = grants.flatMap(statementsOf);
  const wholes = new Map<string, Statement[]>();
  for (const statement of statements) {
    const held = wholeNames(statement.rights);
    if (held.length === 0) continue;
    const key = JSON.stringify([held, statement.before, statement.after]);
    wholes.set(key, [...(wholes.get(key) ?? []), statement]);
  }
  const byColumns = statements.filter(
    ({ rights }) => !isNoColumns(chosenColumns(rights)),
  );
  const columnLists = new Map<string, Statement[]>();
  for (const statement of byColumns) {
    const key =
      byColumns.length > COLUMN_LISTS_IN_A_SENTENCE
        ? JSON.stringify([statement.before, statement.after])
        : String(columnLists.size);
    columnLists.set(key, [...(columnLists.get(key) ?? []), statement]);
  }
  const on = (all: Statement[]) =>
    resourcesInWords(all.map(({ resource }) => resource));
  return [
    ...[...wholes.values()].map(all => {
      const [{ rights, before, after }] = all;
      return `${before}${listInWords(wholeNames(rights))} on ${on(
        all,
      )}${after}`;
    }),
    ...[...columnLists.values()].map(all => {
      const [{ rights, before, after }] = all;
      const columns =
        all.length > 1 ? 'chosen columns' : columnsInWords(rights.select);
      return `${before}SELECT on ${columns} of ${on(all)}${after}`;
    }),
  ].join(', ');
}
