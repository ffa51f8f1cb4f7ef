import type {
  AuditEvent,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ShownLine } from '../plan/DeltaLines';

type Said = AuditEvent['before'];

interface TableScope {
  table: string;
  columns?: string[];
  rowFilter?: string;
}

const isObject = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** Tables of a scope, as far as an entry names them. */
function tablesOf(said: Said): Map<string, TableScope> | undefined {
  const scope = said?.scope;
  if (!isObject(scope) || !Array.isArray(scope.tables)) return undefined;
  return new Map(
    (scope.tables as unknown[]).flatMap(one =>
      isObject(one) && typeof one.table === 'string'
        ? [[one.table, one as unknown as TableScope] as const]
        : [],
    ),
  );
}

const inWords = ({ table }: TableScope, columns: readonly string[]) =>
  `${columns.map(column => `\`${column}\``).join(', ')} of \`${table}\``;

function wholeTable(scope: TableScope, sign: ShownLine['sign']): ShownLine {
  const words = scope.columns
    ? inWords(scope, scope.columns)
    : `all of \`${scope.table}\``;
  return {
    sign,
    words: scope.rowFilter ? `${words}, rows where ${scope.rowFilter}` : words,
  } as ShownLine;
}

function ofTable(
  before: TableScope | undefined,
  after: TableScope | undefined,
): ShownLine[] {
  if (!before) return after ? [wholeTable(after, 'add')] : [];
  if (!after) return [wholeTable(before, 'remove')];
  const lines: ShownLine[] = [];
  if (before.columns && after.columns) {
    const had = new Set(before.columns);
    const has = new Set(after.columns);
    const added = after.columns.filter(column => !had.has(column));
    const removed = before.columns.filter(column => !has.has(column));
    const kept = after.columns.filter(column => had.has(column));
    if (added.length > 0) {
      lines.push({ sign: 'add', words: inWords(after, added) });
    }
    if (removed.length > 0) {
      lines.push({ sign: 'remove', words: inWords(before, removed) });
    }
    if (kept.length > 0) {
      lines.push({ sign: 'keep', words: inWords(after, kept) });
    }
  } else if (Boolean(before.columns) === Boolean(after.columns)) {
    lines.push(wholeTable(after, 'keep'));
  } else {
    lines.push(wholeTable(before, 'remove'), wholeTable(after, 'add'));
  }
  if (before.rowFilter !== after.rowFilter) {
    lines.push({
      sign: 'change',
      words: `rows where ${before.rowFilter ?? 'all'} → ${
        after.rowFilter ?? 'all'
      }`,
    });
  }
  return lines;
}

/** Facts that change by their values. */
const VALUES = ['state', 'durationDays', 'purpose', 'expiresAt'] as const;

function ofValues(before: Said, after: Said): ShownLine[] {
  if (!before || !after) return [];
  return VALUES.flatMap((name): ShownLine[] => {
    const [was, is] = [before[name], after[name]];
    return is === undefined || was === undefined || was === is
      ? []
      : [{ sign: 'change', words: `${name}: ${was} → ${is}` }];
  });
}

function ofParts({ action, after }: AuditEvent): ShownLine[] {
  if (!Array.isArray(after?.parts)) return [];
  const sign = action === 'drift.adopted' ? 'keep' : 'remove';
  return (after.parts as unknown as ObservedGrant[]).map(
    ({ permissions, resource }): ShownLine => ({
      sign,
      words: `${permissions.join(', ')} on ${resource.words}`,
    }),
  );
}

/**
 * What an entry says that changed, line by line, by what it was before and is
 * after. Pure.
 */
export function auditDelta(event: AuditEvent): ShownLine[] {
  const before = tablesOf(event.before);
  const after = tablesOf(event.after);
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [
    ...ofParts(event),
    ...[...names].flatMap(name => ofTable(before?.get(name), after?.get(name))),
    ...ofValues(event.before, event.after),
  ];
}

/** What the person who did it gave as the reason. */
export function wordsOf({ after }: AuditEvent): string | undefined {
  const said = ['comment', 'reason', 'justification'].flatMap(name => {
    const value = after?.[name];
    return typeof value === 'string' && value ? [value] : [];
  });
  return said[0];
}

/** What AWS was asked, and how it answered. */
export function awsOf({ action, after }: AuditEvent): string | undefined {
  if (!action.startsWith('step.') || !isObject(after)) return undefined;
  const { words, call, error } = after;
  const made = isObject(call) ? `${call.service} ${call.operation}` : undefined;
  const failed = isObject(error)
    ? `${error.code}: ${error.message}`
    : undefined;
  // Entries from before sentences had codes say the text itself.
  const said = isObject(words) ? words.text : words;
  return [said, made, failed]
    .filter((one): one is string => typeof one === 'string')
    .join(' · ');
}
