import {
  nameSuggester,
  scopeInWords,
  type AccessScope,
  type Capabilities,
  type NameSuggester,
  type OutputPort,
  type Problem,
  type TableScope,
  type TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  duplicates,
  namedTwice,
  oneOf,
  unknownName,
  unknownNames,
} from './namesInReasons';
import { eachRowFilterProblems } from './rowFilterProblems';

/** What serves the port, as far as scopes depend on it. */
export interface ScopeServer {
  title: string;
  capabilities: Capabilities;
}

/**
 * What is wrong with a scope: its form, what the system does not offer, names
 * that the port does not have, and row filters that are none. Pure.
 *
 * @param server - without it nobody can tell what is offered
 */
export function scopeProblems(
  scope: AccessScope,
  port: OutputPort | undefined,
  server: ScopeServer | undefined,
): Problem[] {
  return [...eachScopeProblems(scope, port, server)].flat();
}

/** The same in parts, for what may name thousands of tables and columns. */
export function* eachScopeProblems(
  scope: AccessScope,
  port: OutputPort | undefined,
  server: ScopeServer | undefined,
): Generator<Problem[]> {
  // One for all names: what is spent on them stays bounded.
  const suggest = nameSuggester();
  if (server && !server.capabilities.levels.includes(scope.level)) {
    yield [
      {
        field: 'scope.level',
        reason: `'${scope.level}' is not offered by ${
          server.title
        }; there is ${oneOf(server.capabilities.levels)}`,
      },
    ];
  }
  yield formProblems(scope, server);
  yield expressionProblems(scope.tagExpression ?? []);
  yield* tableProblems(scope, port, server, suggest);
  yield* filterProblems(scope, port, server, suggest);
}

/** Exactly one form, and one that is offered. */
function formProblems(
  scope: AccessScope,
  server: ScopeServer | undefined,
): Problem[] {
  const { tables, allTables, tagExpression } = scope;
  const problems: Problem[] = [];
  const isByTag = Boolean(tagExpression?.length);
  const offers = {
    allTables: !server || Boolean(server.capabilities.allTables),
    tags: !server || Boolean(server.capabilities.tagExpressions),
  };
  if (allTables && !offers.allTables) {
    problems.push({
      field: 'scope.allTables',
      reason: `${server?.title} does not give all tables at once; choose tables`,
    });
  }
  if (isByTag && !offers.tags) {
    problems.push({
      field: 'scope.tagExpression',
      reason: 'access by tag expression is not offered; choose tables',
    });
  }
  if (tables.length > 0) {
    const chosen = scopeInWords({ level: scope.level, tables });
    if (allTables && offers.allTables) {
      problems.push({
        field: 'scope.allTables',
        reason: `cannot be asked for beside tables (${chosen}); choose one of the two`,
      });
    }
    if (isByTag && offers.tags) {
      problems.push({
        field: 'scope.tagExpression',
        reason: `cannot be asked for beside tables (${chosen}); choose one of the two`,
      });
    }
  } else if (allTables && isByTag && offers.allTables && offers.tags) {
    problems.push({
      field: 'scope.tagExpression',
      reason: 'cannot be asked for beside all tables; choose one of the two',
    });
  } else if (!allTables && !isByTag) {
    problems.push(
      tagExpression
        ? { field: 'scope.tagExpression', reason: 'names no tag' }
        : { field: 'scope.tables', reason: 'no table is chosen' },
    );
  }
  return problems;
}

function expressionProblems(expression: TagExpression): Problem[] {
  return [
    ...expression.flatMap(({ key, values }, index) => {
      const field = `scope.tagExpression[${index}]`;
      return [
        ...(key.trim() === ''
          ? [{ field: `${field}.key`, reason: 'is empty, expected a tag key' }]
          : []),
        ...(values.length === 0
          ? [
              {
                field: `${field}.values`,
                reason: `no value of '${key}' is chosen`,
              },
            ]
          : []),
        ...(values.some(value => value.trim() === '')
          ? [{ field: `${field}.values`, reason: 'a value is empty' }]
          : []),
        ...duplicates(values).map(value => ({
          field: `${field}.values`,
          reason: `value '${value}' is named more than once`,
        })),
      ];
    }),
    ...duplicates(expression.map(one => one.key)).map(key => ({
      field: 'scope.tagExpression',
      reason: `tag '${key}' is named more than once; put its values together`,
    })),
  ];
}

function* tableProblems(
  scope: AccessScope,
  port: OutputPort | undefined,
  server: ScopeServer | undefined,
  suggest: NameSuggester,
): Generator<Problem[]> {
  yield namedTwice(
    'table',
    scope.tables.map(one => one.table),
  ).map((reason): Problem => ({ field: 'scope.tables', reason }));
  if (!port) return;
  const names = port.tables.map(one => one.name);
  const columnsOf = new Map(port.tables.map(one => [one.name, one.columns]));
  const seen = new Map<string, KnownColumns>();
  for (const [index, wanted] of scope.tables.entries()) {
    const field = `scope.tables[${index}]`;
    const columns = columnsOf.get(wanted.table);
    if (!columns) {
      yield [
        {
          field: `${field}.table`,
          reason: unknownName('table', wanted.table, names, suggest),
        },
      ];
      continue;
    }
    const known = seen.get(wanted.table) ?? knownColumns(columns);
    seen.set(wanted.table, known);
    yield columnProblems(wanted, known, server, suggest).map(reason => ({
      field: `${field}.columns`,
      reason,
    }));
  }
}

/** Names of the columns of a table, in their order and to look up. */
interface KnownColumns {
  list: readonly string[];
  set: ReadonlySet<string>;
}

function knownColumns(columns: ReadonlyArray<{ name: string }>): KnownColumns {
  const list = columns.map(column => column.name);
  return { list, set: new Set(list) };
}

function columnProblems(
  wanted: TableScope,
  known: KnownColumns,
  server: ScopeServer | undefined,
  suggest: NameSuggester,
): string[] {
  if (!wanted.columns) return [];
  if (server && !server.capabilities.columns) {
    return [`${server.title} grants whole tables only; ask without columns`];
  }
  if (wanted.columns.length === 0) {
    return ['no column is chosen; choose some, or leave it out for all'];
  }
  return [
    ...unknownNames(
      `column of ${wanted.table}`,
      wanted.columns.filter(column => !known.set.has(column)),
      known.list,
      suggest,
    ),
    ...namedTwice('column', wanted.columns),
  ];
}

function* filterProblems(
  scope: AccessScope,
  port: OutputPort | undefined,
  server: ScopeServer | undefined,
  suggest: NameSuggester,
): Generator<Problem[]> {
  if (!server || server.capabilities.rowFilters) {
    yield* eachRowFilterProblems(scope, port, 'scope', suggest);
    return;
  }
  yield scope.tables.flatMap(({ rowFilter }, index) =>
    rowFilter === undefined
      ? []
      : [
          {
            field: `scope.tables[${index}].rowFilter`,
            reason: `${server.title} offers no row filters here`,
          },
        ],
  );
}
