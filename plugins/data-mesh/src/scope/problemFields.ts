import type {
  Problem,
  RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Places of the form at which a problem can be shown. */
export type FormField =
  | 'port'
  | 'level'
  | 'tags'
  | 'columns'
  | 'rows'
  | 'principals'
  | 'consumer'
  | 'purpose'
  | 'duration'
  | 'reason'
  | 'form';

/** A problem at its place. */
export interface PlacedProblem {
  field: FormField;
  /** The table it is about, where it is about one. */
  table?: string;
  reason: string;
}

const places: Array<[RegExp, FormField]> = [
  [/^scope\.tables\[\d+\]\.rowFilter/, 'rows'],
  [/^scope\.level/, 'level'],
  [/^scope\.tagExpression/, 'tags'],
  [/^(scope|tables|columns)\b/, 'columns'],
  [/^(port|portType)\b/, 'port'],
  [/^principals?\b/, 'principals'],
  [/^consumerRef\b/, 'consumer'],
  [/^purpose\b/, 'purpose'],
  [/^(durationDays|duration|end)\b/, 'duration'],
  [/^(justification|reason|comment)\b/, 'reason'],
];

/** The place of a problem by the path that the backend names. */
export function placeProblem(
  problem: Problem,
  draft: Pick<RequestDraft, 'scope'>,
): PlacedProblem {
  const { reason } = problem;
  // What a plan cannot do is told of the port; the field stands in its words.
  const inWords =
    problem.field === 'port'
      ? /\bscope\.(?:level|tagExpression|allTables|tables(?:\[\d+\]\.(?:columns|rowFilter))?)/.exec(
          reason,
        )?.[0]
      : undefined;
  // The validator of the API names paths like /body/purpose.
  const path = (inWords ?? problem.field)
    .replace(/^\/?(body|requestBody)[./]/, '')
    .replace(/^\//, '')
    .replace(/\/(\d+)/g, '[$1]')
    .replace(/\//g, '.');
  const field = places.find(([pattern]) => pattern.test(path))?.[1] ?? 'form';
  const index = /^scope\.tables\[(\d+)\]/.exec(path)?.[1];
  const table =
    index === undefined ? undefined : draft.scope?.tables[Number(index)]?.table;
  return table === undefined ? { field, reason } : { field, reason, table };
}

/** Whether the draft says anything in a field. */
function isFilled(field: FormField, draft: RequestDraft): boolean {
  switch (field) {
    case 'port':
      return Boolean(draft.port);
    case 'level':
    case 'tags':
    case 'columns':
    case 'rows':
      return Boolean(draft.scope);
    case 'principals':
      return Boolean(draft.principals?.length);
    case 'consumer':
      return Boolean(draft.consumerRef);
    case 'purpose':
      return Boolean(draft.purpose);
    case 'duration':
      return draft.durationDays !== undefined;
    case 'reason':
      return Boolean(draft.justification);
    default:
      return true;
  }
}

/**
 * Problems at their places, each once. What is merely not filled in yet is no
 * reproach while the form is being filled in: the blocked button says it.
 */
export function placeProblems(
  problems: readonly Problem[],
  draft: RequestDraft,
  options: { untouched: boolean } = { untouched: false },
): PlacedProblem[] {
  const seen = new Set<string>();
  return problems
    .map(problem => placeProblem(problem, draft))
    .filter(placed => !options.untouched || isFilled(placed.field, draft))
    .filter(({ field, table, reason }) => {
      const key = `${field} ${table} ${reason}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** The problems at one place; with a table, also those about no table. */
export function problemsAt(
  problems: readonly PlacedProblem[],
  field: FormField,
  table?: string,
): PlacedProblem[] {
  return problems.filter(
    one =>
      one.field === field &&
      (table === undefined || one.table === undefined || one.table === table),
  );
}
