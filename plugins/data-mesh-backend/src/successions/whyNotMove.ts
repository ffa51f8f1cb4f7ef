import {
  diffFacts,
  foldedName,
  isColumnNamed,
  scopeForm,
  type AccessScope,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Access as far as moving it depends on it. */
export interface MovedAccess {
  scope: AccessScope;
  purpose: string;
  /** Absent where its time has not begun. */
  expiresAt?: string;
  durationDays: number;
}

/** What was published of the vanished port, and what is of its successor. */
export interface MoveFacts {
  lost: PortFacts;
  successor: PortFacts;
  /** Whether the successor's domain holds a tag of the scope. */
  holdsATag: boolean;
}

/**
 * Why access cannot go over to a successor as it stands: what is stricter there
 * than what it was approved by, as far as the access has to do with it. Whoever
 * wants it nevertheless asks for it anew, and those decide who have to. Pure.
 */
export function whyNotMove(
  access: MovedAccess,
  { lost, successor, holdsATag }: MoveFacts,
  now: Date,
): string[] {
  return [
    ...diffFacts(lost, successor)
      .filter(
        ({ loosens, kind, table, column }) =>
          !loosens &&
          // Told below, where they have to do with the access.
          !['purpose', 'duration', 'never-shared'].includes(kind) &&
          touches(access.scope, table, column),
      )
      .map(({ words }) => words),
    ...neverShared(access.scope, lost, successor),
    ...limits(access, lost, successor, now),
    ...(scopeForm(access.scope) === 'tag-expression' && !holdsATag
      ? ['Its domain holds none of the tags by which the access was given']
      : []),
  ];
}

const readsColumn = (columns: readonly string[] | undefined, column: string) =>
  !columns || columns.some(one => foldedName(one) === foldedName(column));

function touches(
  scope: AccessScope,
  table: string | undefined,
  column: string | undefined,
): boolean {
  if (table === undefined || scopeForm(scope) !== 'tables') return true;
  return scope.tables.some(
    wanted =>
      foldedName(wanted.table) === foldedName(table) &&
      (column === undefined ||
        // Filtering by a column is reading it.
        wanted.rowFilter !== undefined ||
        readsColumn(wanted.columns, column)),
  );
}

/** What is newly on the list of what is never shared, declared or not. */
function neverShared(
  scope: AccessScope,
  lost: PortFacts,
  successor: PortFacts,
): string[] {
  const known = new Set(lost.neverShared.map(foldedName));
  return successor.neverShared
    .filter(name => !known.has(foldedName(name)) && reachesName(scope, name))
    .map(name => `Never shares \`${name}\``);
}

function reachesName(scope: AccessScope, name: string): boolean {
  if (scopeForm(scope) !== 'tables') return true;
  const dot = name.lastIndexOf('.');
  return scope.tables.some(({ table, columns, rowFilter }) => {
    const isOfTable =
      dot < 0 || foldedName(name.slice(0, dot)) === foldedName(table);
    if (!columns || rowFilter !== undefined) return isOfTable;
    return columns.some(column => isColumnNamed([name], table, column));
  });
}

function limits(
  { purpose, expiresAt, durationDays }: MovedAccess,
  lost: PortFacts,
  successor: PortFacts,
  now: Date,
): string[] {
  const allows = ({ purposes }: PortFacts) =>
    !purposes || purposes.includes(purpose);
  const { maxDurationDays: most = Infinity } = successor;
  const left = expiresAt
    ? (Date.parse(expiresAt) - now.getTime()) / DAY_MS
    : durationDays;
  return [
    ...(allows(lost) && !allows(successor)
      ? [`Does not allow the purpose \`${purpose}\``]
      : []),
    ...(most < (lost.maxDurationDays ?? Infinity) && left > most
      ? [`Lets access last ${most} days at most`]
      : []),
  ];
}
