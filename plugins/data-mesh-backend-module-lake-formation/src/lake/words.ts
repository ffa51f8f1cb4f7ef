import {
  alternatives,
  quotedNames,
  sentence,
  type Sentence,
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

const UNKNOWN = sentence('lake.resource.unknown');

const names = (all: string[]) => quotedNames(all, NAMES_IN_A_SENTENCE);

/** Joined by commas, where "and" stands inside already. */
const joined = (parts: Sentence[]): Sentence =>
  parts.reduceRight((next, before) => sentence('list.comma', { before, next }));

/** `region` = `emea` or `apac` and `class` = `open`. */
const tagsInWords = (expression: TagExpression): Sentence[] =>
  expression.map(({ key, values }) =>
    sentence('lake.tag', {
      key,
      values: alternatives(values.map(value => `\`${value}\``)),
    }),
  );

/** `region = emea or apac and class = open`. */
export const expressionInWords = (expression: TagExpression): string =>
  expression
    .map(({ key, values }) => `${key} = ${values.join(' or ')}`)
    .join(' and ');

const nameOf = ({ database, table }: { database: string; table: string }) =>
  `${database}.${table}`;

/** A resource as the end of a sentence: ``SELECT on …``. */
export function resourceInWords(resource: LakeResource): Sentence {
  switch (resource.kind) {
    case 'catalog':
      return sentence('lake.resource.catalog', { catalog: resource.catalogId });
    case 'database':
      return sentence('lake.resource.database', {
        database: resource.database,
      });
    case 'allTables':
      return sentence('lake.resource.allTables', {
        database: resource.database,
      });
    case 'table':
      return sentence('lake.resource.table', { table: nameOf(resource) });
    case 'filter':
      return sentence('lake.resource.filter', {
        filter: resource.filter,
        table: nameOf(resource),
      });
    case 'tagPolicy':
      return taggedInWords(resource);
    case 'tag':
      return sentence('lake.resource.tag', {
        key: resource.key,
        values: quotedNames(resource.values),
      });
    case 'savedExpression':
      return sentence('lake.resource.savedExpression', {
        expression: resource.name,
      });
    case 'location':
      return sentence('lake.resource.location', { location: resource.arn });
    default:
      return UNKNOWN;
  }
}

function taggedInWords({
  reaches,
  savedAs,
  expression,
}: Extract<LakeResource, { kind: 'tagPolicy' }>): Sentence {
  const isTables = reaches === 'TABLE';
  if (savedAs !== undefined) {
    return sentence(
      isTables ? 'lake.resource.savedTables' : 'lake.resource.savedDatabases',
      { expression: savedAs },
    );
  }
  return sentence(
    isTables ? 'lake.resource.taggedTables' : 'lake.resource.taggedDatabases',
    { tags: tagsInWords(expression) },
  );
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
      return UNKNOWN.text;
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

export function columnsInWords(columns: ColumnSet): Sentence {
  if ('except' in columns) {
    return columns.except.length
      ? sentence('lake.columns.except', { names: names(columns.except) })
      : sentence('lake.columns.all');
  }
  return sentence('lake.columns.only', {
    count: columns.only.length,
    names: names(columns.only),
  });
}

const isNamedTable = (resource: LakeResource): resource is TableResource =>
  resource.kind === 'table';

const oneByOne = (resources: LakeResource[]): Sentence[] =>
  resources.length > NAMES_IN_A_SENTENCE
    ? [
        resourceInWords(resources[0]),
        sentence('list.more', { count: resources.length - 1 }),
      ]
    : resources.map(resourceInWords);

/** Several tables of one database are counted; all else is told one by one. */
export function resourcesInWords(resources: LakeResource[]): Sentence[] {
  const tables = resources.filter(isNamedTable);
  const [first] = tables;
  if (tables.length < 2) return oneByOne(resources);
  return [
    sentence('lake.resource.many', {
      tables: sentence('count.table', { count: tables.length }),
      database: first.database,
      names: names(tables.map(({ table }) => table)),
    }),
    ...oneByOne(resources.filter(resource => !isNamedTable(resource))),
  ];
}

/** One kind of access in a sentence; what it is on follows. */
interface Statement {
  resource: LakeResource;
  rights: Rights;
  option: 'none' | 'with' | 'only';
}

/** What may be passed on is told with the rest where it is the same. */
function statementsOf({ resource, access }: ResourceAccess): Statement[] {
  const { passOn, ...rights } = access;
  if (passOn && isSameRights(rights, passOn)) {
    return [{ resource, rights, option: 'with' }];
  }
  return [
    { resource, rights, option: 'none' },
    ...(passOn ? [{ resource, rights: passOn, option: 'only' as const }] : []),
  ];
}

function withOption(option: Statement['option'], access: Sentence): Sentence {
  if (option === 'none') return access;
  return option === 'with'
    ? sentence('lake.access.withOption', { access })
    : sentence('lake.access.optionOf', { access });
}

/**
 * What is held or wanted on some resources, as the middle of a sentence, like
 * ``SELECT on columns `a` and `b` of `sales.orders` ``.
 */
export function accessInWords(grants: readonly ResourceAccess[]): Sentence {
  const statements = grants.flatMap(statementsOf);
  const wholes = new Map<string, Statement[]>();
  for (const statement of statements) {
    const held = wholeNames(statement.rights);
    if (held.length === 0) continue;
    const key = JSON.stringify([held, statement.option]);
    wholes.set(key, [...(wholes.get(key) ?? []), statement]);
  }
  const byColumns = statements.filter(
    ({ rights }) => !isNoColumns(chosenColumns(rights)),
  );
  const columnLists = new Map<string, Statement[]>();
  for (const statement of byColumns) {
    const key =
      byColumns.length > COLUMN_LISTS_IN_A_SENTENCE
        ? statement.option
        : String(columnLists.size);
    columnLists.set(key, [...(columnLists.get(key) ?? []), statement]);
  }
  const on = (all: Statement[]) =>
    resourcesInWords(all.map(({ resource }) => resource));
  const parts = [
    ...[...wholes.values()].map(all => {
      const [{ rights, option }] = all;
      return withOption(
        option,
        sentence('lake.access.on', {
          rights: wholeNames(rights),
          resources: on(all),
        }),
      );
    }),
    ...[...columnLists.values()].map(all => {
      const [{ rights, option }] = all;
      const columns =
        all.length > 1
          ? sentence('lake.columns.chosen')
          : columnsInWords(rights.select);
      return withOption(
        option,
        sentence('lake.access.columns', { columns, resources: on(all) }),
      );
    }),
  ];
  return parts.length > 0 ? joined(parts) : sentence('lake.access.none');
}
