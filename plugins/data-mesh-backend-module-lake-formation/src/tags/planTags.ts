import {
  sentence,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  TagFinding,
  TagPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { stepId } from '../steps/stepId';
import { inBackticks } from './inBackticks';
import type { TagSubject } from './TagSubject';
import { differenceOf } from './tagStanding';

/** The kind of steps that change LF-Tags of a resource. */
export const ASSIGN_TAGS = 'assignTags';

/** AWS's limit of tags a call. */
const TAGS_IN_A_CALL = 50;

/** What becomes of one tag of the table or of one column. */
interface Change {
  column?: string;
  key: string;
  /** Own value before; absent for none of its own. */
  before?: string;
  /** Own value after; absent where it is taken away. */
  after?: string;
}

/** Wanted against found: what differs, and the steps that mend it. Pure. */
export function planTableTags(
  subject: TagSubject,
): Pick<TagPlan, 'findings' | 'steps'> {
  const findings: TagFinding[] = [];
  const changes: Change[] = [];
  for (const key of subject.wanted.keys) {
    const onTable = ofTable(subject, key);
    findings.push(...onTable.findings);
    changes.push(...onTable.changes);
    const above = onTable.will;
    const columns = new Set([
      ...subject.wanted.columns.keys(),
      ...subject.own.columns.keys(),
    ]);
    for (const column of columns) {
      const onColumn = ofColumn(subject, column, key, above);
      findings.push(...onColumn.findings);
      changes.push(...onColumn.changes);
    }
  }
  return { findings, steps: stepsOf(subject, changes) };
}

interface Decision {
  findings: TagFinding[];
  changes: Change[];
}

/** The table, and the value that it will have. */
function ofTable(
  subject: TagSubject,
  key: string,
): Decision & { will?: string } {
  const wanted = subject.wanted.table.get(key);
  const own = subject.own.table.get(key);
  const inherited = subject.inherited.get(key);
  const found = own ?? inherited;
  if (found === wanted) return { findings: [], changes: [], will: found };
  const finding = findingOf(subject, { key, wanted, found });
  if (wanted === undefined) {
    // What is inherited can only be taken away where it comes from.
    return {
      findings: [finding],
      changes: own === undefined ? [] : [{ key, before: own }],
      will: inherited,
    };
  }
  return {
    findings: [finding],
    changes:
      wanted === inherited
        ? [{ key, before: own }]
        : [{ key, before: own, after: wanted }],
    will: wanted,
  };
}

function ofColumn(
  subject: TagSubject,
  column: string,
  key: string,
  above: string | undefined,
): Decision {
  const wanted = subject.wanted.columns.get(column)?.get(key) ?? above;
  const before = subject.own.columns.get(column)?.get(key);
  const tableNow = subject.own.table.get(key) ?? subject.inherited.get(key);
  const found = before ?? tableNow;
  // It inherits what is wanted, or has it of its own.
  const isMended = (before ?? above) === wanted;
  const after = wanted === above ? undefined : wanted;
  const changes = isMended ? [] : [{ column, key, before, after }];
  // A column that only follows its table is told of by the table.
  const isOwn = before !== undefined || after !== undefined;
  return found !== wanted && isOwn
    ? {
        findings: [findingOf(subject, { column, key, wanted, found })],
        changes,
      }
    : { findings: [], changes };
}

function findingOf(
  { accountId, region, database, table }: TagSubject,
  {
    column,
    key,
    wanted,
    found,
  }: { column?: string; key: string; wanted?: string; found?: string },
): TagFinding {
  const kind = differenceOf(wanted, found);
  return {
    kind,
    words: sentence(`tags.finding.${kind}`, {
      resource: `\`${database}.${table}${column ? `.${column}` : ''}\``,
      key,
      wanted: wanted ?? '',
      found: found ?? '',
    }),
    accountId,
    region,
    database,
    table,
    ...(column && { column }),
    key,
    ...(wanted !== undefined && { wanted }),
    ...(found !== undefined && { found }),
  };
}

/** One step for the table, and one for all columns that change alike. */
function stepsOf(subject: TagSubject, changes: Change[]): PlanStep[] {
  const onTable = changes.filter(one => one.column === undefined);
  const steps = halves(onTable).flatMap(half => stepOf(subject, half, []));
  const byColumn = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.column === undefined) continue;
    byColumn.set(change.column, [
      ...(byColumn.get(change.column) ?? []),
      change,
    ]);
  }
  const alike = new Map<string, { columns: string[]; changes: Change[] }>();
  for (const [column, ofColumnOnly] of byColumn) {
    for (const half of halves(ofColumnOnly)) {
      const key = JSON.stringify(
        half.map(({ key: tag, before, after }) => [tag, before, after]),
      );
      const known = alike.get(key);
      if (known) known.columns.push(column);
      else alike.set(key, { columns: [column], changes: half });
    }
  }
  for (const { columns, changes: half } of alike.values()) {
    steps.push(...stepOf(subject, half, columns.sort()));
  }
  return steps;
}

/**
 * What is assigned and what is taken away are two calls; and the inverse of
 * what replaces a value is another one than of what is new.
 */
function halves(changes: Change[]): Change[][] {
  const groups = [
    changes.filter(one => one.after !== undefined && one.before === undefined),
    changes.filter(one => one.after !== undefined && one.before !== undefined),
    changes.filter(one => one.after === undefined),
  ];
  return groups.flatMap(group => {
    const parts: Change[][] = [];
    for (let from = 0; from < group.length; from += TAGS_IN_A_CALL) {
      parts.push(group.slice(from, from + TAGS_IN_A_CALL));
    }
    return parts;
  });
}

function stepOf(
  subject: TagSubject,
  changes: Change[],
  columns: string[],
): PlanStep[] {
  const [first] = changes;
  if (!first) return [];
  const { accountId, region, catalogId, database, table } = subject;
  const place = { CatalogId: catalogId, DatabaseName: database, Name: table };
  const Resource =
    columns.length > 0
      ? { TableWithColumns: { ...place, ColumnNames: columns } }
      : { Table: place };
  const call = (
    operation: 'AddLFTagsToResource' | 'RemoveLFTagsFromResource',
    values: Array<[key: string, value: string | undefined]>,
  ): PlanStep['call'] => ({
    service: 'LakeFormation',
    operation,
    input: {
      CatalogId: accountId,
      Resource,
      LFTags: values.flatMap(([key, value]) =>
        value === undefined ? [] : [{ TagKey: key, TagValues: [value] }],
      ),
    },
  });
  const before = changes.map((one): [string, string | undefined] => [
    one.key,
    one.before,
  ]);
  const after = changes.map((one): [string, string | undefined] => [
    one.key,
    one.after,
  ]);
  const removes = first.after === undefined;
  const replaces = first.before !== undefined;
  const name = `${database}.${table}`;
  const resource =
    columns.length > 0
      ? sentence('tags.columns', { columns: inBackticks(columns), table: name })
      : `\`${name}\``;
  const tags = (values: Array<[string, string | undefined]>) =>
    values.map(([key, value]) => `\`${key}\` = \`${value}\``);
  const assign = (values: Array<[string, string | undefined]>) => ({
    words: sentence('tags.assign', { tags: tags(values), resource }),
    call: call('AddLFTagsToResource', values),
  });
  const remove = (values: Array<[string, string | undefined]>) => ({
    words: sentence('tags.remove', { tags: tags(values), resource }),
    call: call('RemoveLFTagsFromResource', values),
  });
  const forward = removes ? remove(before) : assign(after);
  return [
    {
      id: stepId(ASSIGN_TAGS, { accountId, region, call: forward.call }),
      kind: ASSIGN_TAGS,
      words: forward.words,
      accountId,
      region,
      call: forward.call,
      undo: replaces ? assign(before) : remove(after),
      needs: [],
      locks: [
        `lake-formation:${region}:tags:${catalogId}:${database}.${table}`,
      ],
    },
  ];
}
