import {
  namesInWords,
  type AccessScope,
  type OutputPort,
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
  /** Whom it is for, in words with names in backticks. */
  principal: string;
  /** A step of the plan revokes from IAM_ALLOWED_PRINCIPALS. */
  closes: boolean;
  /** Whom steps of the plan opt in to Lake Formation, in words. */
  optsIn?: string;
}

/** What whoever decides should know although no step shows it. */
export function planWarnings(facts: WarningFacts): string[] {
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

function unrestricted(facts: WarningFacts): string[] {
  const { planned, closes, observed, optsIn } = facts;
  const unheld = planned.tables.filter(one => one.observed.unrestricted);
  const hybrid = optsIn
    ? unheld.filter(({ table }) => asksForOptIn(table, observed))
    : [];
  const open = unheld.filter(one => !hybrid.includes(one));
  return [
    ...(hybrid.length > 0
      ? [
          `${namesOf(
            hybrid,
          )} can be read by everybody whose IAM policy allows it, since IAM_ALLOWED_PRINCIPALS holds permissions there, in hybrid access mode. This plan holds only ${optsIn} to what Lake Formation grants there: what its IAM policies allowed it beside that, it loses.`,
        ]
      : []),
    ...openTables(open, closes),
  ];
}

function openTables(open: PlannedTable[], closes: boolean): string[] {
  if (open.length === 0) return [];
  if (closes) {
    return [
      `${namesOf(
        open,
      )} can be read now by everybody whose IAM policy allows it, since IAM_ALLOWED_PRINCIPALS holds permissions there. This plan ends that: look who relies on it before you approve.`,
    ];
  }
  return [
    `Lake Formation does not restrict ${namesOf(
      open,
    )}: IAM_ALLOWED_PRINCIPALS holds permissions there, so everybody whose IAM policy allows it reads all columns. This plan does not change that.`,
  ];
}

/** Grants survive whom they are to, and wait for whoever takes the name. */
function missingPrincipal({ observed, principal }: WarningFacts): string[] {
  return observed.principalIsMissing
    ? [
        `There is nobody of the name ${principal} in IAM now: whatever Lake Formation takes for it goes to whoever is created under that name.`,
      ]
    : [];
}

function heldOnAllTables({
  scope,
  observed: { heldOnAllTables: held },
  location,
  principal,
  reach,
}: WarningFacts): string[] {
  if (
    scope.tables.length === 0 ||
    reach.by !== 'direct' ||
    isNoColumns(effectiveAccess(held).select)
  ) {
    return [];
  }
  return [
    `${principal} reads all tables of \`${location.database}\` already, by a grant on all tables. That grant stays when this access ends.`,
  ];
}

function passingOn({ reach, principal }: WarningFacts): string[] {
  switch (reach.by) {
    case 'account':
      return [
        `The administrators of account ${reach.consumer?.accountId} may pass this on to anybody in it.`,
      ];
    case 'organization':
      return [
        `The administrators of every account in ${principal} may pass this on to anybody in it.`,
      ];
    case 'passed-on':
      return [
        `Lake Formation reaches ${principal} through account ${reach.consumer?.accountId} only, whose administrators may pass this on to others in it.`,
      ];
    default:
      return [];
  }
}

function tagged({ scope, observed, location }: WarningFacts): string[] {
  if (!scope.tagExpression?.length) return [];
  const { tables = [], more = false } = observed.tagged ?? {};
  const elsewhere = tables.filter(
    one => !one.startsWith(`${location.database}.`),
  );
  const now = more
    ? `now more than ${tables.length} tables`
    : `now ${tables.length > 0 ? namesInWords(tables) : 'no table'}`;
  return [
    `Reaches whatever carries these LF-Tags in catalog \`${location.catalogId}\`, also later and also outside of this port: ${now}.`,
    ...(elsewhere.length > 0
      ? [
          `${namesInWords(elsewhere)} are tables of other databases than \`${
            location.database
          }\`.`,
        ]
      : []),
  ];
}

/** Lake Formation opts in to databases and tables, not to LF-Tags. */
function taggedInHybridMode({ observed, optsIn }: WarningFacts): string[] {
  const { hybrid = [], tooMany = false } = observed.tagged ?? {};
  if (tooMany) {
    return [
      `These LF-Tags reach more than ${MOST_TAGGED} tables, and Lake Formation opts in table by table: this plan opts nobody in. Where they lie at locations in hybrid access mode and IAM_ALLOWED_PRINCIPALS holds permissions, IAM goes on deciding.`,
    ];
  }
  const open = hybrid.filter(table => asksForOptIn(table, observed));
  if (open.length === 0 || !optsIn) return [];
  return [
    `${namesInWords(
      open.map(({ database, table }) => `${database}.${table}`),
    )} can be read by everybody whose IAM policy allows it, in hybrid access mode. This plan holds only ${optsIn} to what Lake Formation grants there: what its IAM policies allowed it beside that, it loses. Lake Formation opts in to tables, not to LF-Tags: on tables that get these LF-Tags later IAM goes on deciding until this access is planned again.`,
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
}: WarningFacts): string[] {
  if (scope.level !== 'modify' || !observed.registersLocations) return [];
  const needed =
    'Lake Formation lets tables at registered locations be altered only with DATA_LOCATION_ACCESS there';
  if (scope.tagExpression?.length) {
    return [
      `${needed}, and where the tables lie that these LF-Tags reach is not known ahead: this plan grants none. Ask for tables by name to alter them at registered locations.`,
    ];
  }
  if (!scope.allTables) return [];
  const { locations = [] } = observed;
  return [
    locations.length > 0
      ? `${needed}: this plan grants it at ${namesInWords(
          locations,
        )}, where database \`${
          location.database
        }\` lies. Tables of it that lie elsewhere are to be asked for by name.`
      : `${needed}, and database \`${location.database}\` names no location that is registered: this plan grants none. Ask for tables by name to alter them at registered locations.`,
  ];
}

function growing({ scope, location }: WarningFacts): string[] {
  return scope.allTables
    ? [`Includes tables that are added to \`${location.database}\` later.`]
    : [];
}

/** Whoever holds the whole table reads it past every filter. */
function wholeBesideRows(
  { table, filter, observed: { held } }: PlannedTable,
  { principal, reach }: WarningFacts,
): string[] {
  if (!filter || reach.by !== 'direct') return [];
  const { select } = effectiveAccess(held);
  if (isNoColumns(select)) return [];
  return [
    `${principal} holds SELECT on ${
      isAllColumns(select) ? 'the whole of ' : 'columns of '
    }${resourceInWords(
      table,
    )} already: Lake Formation shows them all rows there, past the filter.`,
  ];
}

function partitionKeys({
  want,
  table,
  filter,
  observed,
}: PlannedTable): string[] {
  const select = filter?.content.columns ?? want.access.select;
  if (!('only' in select)) return [];
  const seen = observed.partitionKeys.filter(key => !select.only.includes(key));
  if (seen.length === 0) return [];
  return [
    `Whoever reads columns of ${resourceInWords(
      table,
    )} sees its partition keys as well (${namesInWords(
      seen,
    )}): Lake Formation cannot hide them.`,
  ];
}

function undeclaredColumns(
  { want, table, filter, observed }: PlannedTable,
  port: OutputPort,
): string[] {
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
    `${resourceInWords(table)} has columns in Glue that port \`${
      port.name
    }\` does not declare: ${namesInWords(
      undeclared,
    )}. Access to the whole table includes them.`,
  ];
}

function namesOf(planned: PlannedTable[]) {
  return namesInWords(
    planned.map(({ table }) => `${table.database}.${table.table}`),
  );
}
