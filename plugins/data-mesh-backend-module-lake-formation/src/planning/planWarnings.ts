import {
  quotedNames,
  sentence,
  type AccessScope,
  type OutputPort,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortLocation, glueName } from '../lake/PortLocation';
import { effectiveAccess } from '../lake/access';
import { isAllColumns, isNoColumns } from '../lake/columns';
import { resourceInWords } from '../lake/words';
import { ObservedPort } from './ObservedPort';
import { Reach } from './Reach';
import { MOST_TAGGED, asksForOptIn } from './hybridMode';
import { PlannedScope } from './wants/scopeWants';
import { PlannedTable } from './wants/tableWants';

/** What a plan's warnings are made of. */
export interface WarningFacts {
  port: OutputPort;
  scope: AccessScope;
  location: PortLocation;
  observed: ObservedPort;
  planned: PlannedScope;
  reach: Reach;
  /** Whom it is for, with names in backticks. */
  principal: Sentence;
  /** A step of the plan revokes from IAM_ALLOWED_PRINCIPALS. */
  closes: boolean;
  /** Whom steps of the plan opt in to Lake Formation. */
  optsIn?: Sentence;
}

/** What whoever decides should know although no step shows it. */
export function planWarnings(facts: WarningFacts): Sentence[] {
  const { port, planned } = facts;
  return [
    ...unrestricted(facts),
    ...missingPrincipal(facts),
    ...heldOnAllTables(facts),
    ...passingOn(facts),
    ...tagged(facts),
    ...taggedInHybridMode(facts),
    ...growing(facts),
    ...unknownLocations(facts),
    ...planned.tables.flatMap(one => wholeBesideRows(one, facts)),
    ...planned.tables.flatMap(one => partitionKeys(one)),
    ...planned.tables.flatMap(one => undeclaredColumns(one, port)),
  ];
}

function unrestricted(facts: WarningFacts): Sentence[] {
  const { planned, closes, observed, optsIn } = facts;
  const unheld = planned.tables.filter(one => one.observed.unrestricted);
  const hybrid = optsIn
    ? unheld.filter(({ table }) => asksForOptIn(table, observed))
    : [];
  const open = unheld.filter(one => !hybrid.includes(one));
  return [
    ...(hybrid.length > 0 && optsIn
      ? [
          sentence('warning.hybrid', {
            tables: namesOf(hybrid),
            grantee: optsIn,
          }),
        ]
      : []),
    ...openTables(open, closes),
  ];
}

function openTables(open: PlannedTable[], closes: boolean): Sentence[] {
  return open.length > 0
    ? [
        sentence(closes ? 'warning.closes' : 'warning.open', {
          tables: namesOf(open),
        }),
      ]
    : [];
}

/** Grants survive whom they are to, and wait for whoever takes the name. */
function missingPrincipal({ observed, principal }: WarningFacts): Sentence[] {
  return observed.principalIsMissing
    ? [sentence('warning.noPrincipal', { principal })]
    : [];
}

function heldOnAllTables({
  scope,
  observed: { heldOnAllTables: held },
  location,
  principal,
  reach,
}: WarningFacts): Sentence[] {
  if (
    scope.tables.length === 0 ||
    reach.by !== 'direct' ||
    isNoColumns(effectiveAccess(held).select)
  ) {
    return [];
  }
  return [
    sentence('warning.heldOnAllTables', {
      principal,
      database: location.database,
    }),
  ];
}

function passingOn({ reach, principal }: WarningFacts): Sentence[] {
  const account = reach.consumer?.accountId ?? '';
  switch (reach.by) {
    case 'account':
      return [sentence('warning.passedOn.account', { account })];
    case 'organization':
      return [sentence('warning.passedOn.organization', { principal })];
    case 'passed-on':
      return [sentence('warning.passedOn.through', { principal, account })];
    default:
      return [];
  }
}

function tagged({ scope, observed, location }: WarningFacts): Sentence[] {
  if (!scope.tagExpression?.length) return [];
  const { tables = [], more = false } = observed.tagged ?? {};
  const elsewhere = tables.filter(
    one => !one.startsWith(`${location.database}.`),
  );
  const { catalogId: catalog, database } = location;
  return [
    sentence('warning.tags', { catalog, tables: reachedNow(tables, more) }),
    ...(elsewhere.length > 0
      ? [
          sentence('warning.tags.elsewhere', {
            tables: quotedNames(elsewhere),
            database,
          }),
        ]
      : []),
  ];
}

function reachedNow(tables: string[], more: boolean) {
  if (more) {
    return sentence('warning.tags.moreThan', {
      tables: sentence('count.table', { count: tables.length }),
    });
  }
  return tables.length > 0
    ? quotedNames(tables)
    : sentence('warning.tags.none');
}

/** Lake Formation opts in to databases and tables, not to LF-Tags. */
function taggedInHybridMode({ observed, optsIn }: WarningFacts): Sentence[] {
  const { hybrid = [], tooMany = false } = observed.tagged ?? {};
  if (tooMany) {
    return [
      sentence('warning.tags.tooMany', {
        tables: sentence('count.table', { count: MOST_TAGGED }),
      }),
    ];
  }
  const open = hybrid.filter(table => asksForOptIn(table, observed));
  if (open.length === 0 || !optsIn) return [];
  return [
    sentence('warning.tags.hybrid', {
      tables: quotedNames(
        open.map(({ database, table }) => `${database}.${table}`),
      ),
      grantee: optsIn,
    }),
  ];
}

/**
 * Who may alter a table at a registered location needs access to that, which
 * can be granted only where it is known.
 */
function unknownLocations({
  scope,
  observed,
  location,
}: WarningFacts): Sentence[] {
  if (scope.level !== 'modify' || !observed.registersLocations) return [];
  if (scope.tagExpression?.length) {
    return [sentence('warning.locations.tags')];
  }
  if (!scope.allTables) return [];
  const { locations = [] } = observed;
  const { database } = location;
  return [
    locations.length > 0
      ? sentence('warning.locations.granted', {
          locations: quotedNames(locations),
          database,
        })
      : sentence('warning.locations.none', { database }),
  ];
}

function growing({ scope, location }: WarningFacts): Sentence[] {
  return scope.allTables
    ? [sentence('warning.growing', { database: location.database })]
    : [];
}

/** Whoever holds the whole table reads it past every filter. */
function wholeBesideRows(
  { table, filter, observed: { held } }: PlannedTable,
  { principal, reach }: WarningFacts,
): Sentence[] {
  if (!filter || reach.by !== 'direct') return [];
  const { select } = effectiveAccess(held);
  if (isNoColumns(select)) return [];
  return [
    sentence(
      isAllColumns(select) ? 'warning.wholeTable' : 'warning.wholeColumns',
      { principal, table: resourceInWords(table) },
    ),
  ];
}

function partitionKeys({
  want,
  table,
  filter,
  observed,
}: PlannedTable): Sentence[] {
  const select = filter?.content.columns ?? want.access.select;
  if (!('only' in select)) return [];
  const seen = observed.partitionKeys.filter(key => !select.only.includes(key));
  if (seen.length === 0) return [];
  return [
    sentence('warning.partitionKeys', {
      table: resourceInWords(table),
      keys: quotedNames(seen),
    }),
  ];
}

function undeclaredColumns(
  { want, table, filter, observed }: PlannedTable,
  port: OutputPort,
): Sentence[] {
  const select = filter?.content.columns ?? want.access.select;
  if (!isAllColumns(select)) return [];
  const declared = new Set(
    port.tables
      .find(one => glueName(one.name) === glueName(observed.name))
      ?.columns.map(column => glueName(column.name)),
  );
  const undeclared = [...observed.columns, ...observed.partitionKeys].filter(
    column => !declared.has(glueName(column)),
  );
  if (undeclared.length === 0) return [];
  return [
    sentence('warning.undeclared', {
      table: resourceInWords(table),
      port: port.name,
      columns: quotedNames(undeclared),
    }),
  ];
}

function namesOf(planned: PlannedTable[]) {
  return quotedNames(
    planned.map(({ table }) => `${table.database}.${table.table}`),
  );
}
