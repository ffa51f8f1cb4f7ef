import type { AccessAnswer } from '@lakemesh/backstage-plugin-data-mesh-common';

export type AnswerItem = AccessAnswer['items'][number];

/** Why somebody can see something, those to look at first. */
export const ANSWER_STATES = [
  'unexplained',
  'approved-and-more',
  'unrestricted',
  'entitlement',
  'before-us',
  'adopted',
  'tags',
  'others',
  'administrator',
] as const;

export type AnswerState = (typeof ANSWER_STATES)[number];

/** The state of one item: by the grants behind it, or by what it comes of. */
export function stateOf({ because, reasons }: AnswerItem): AnswerState {
  if (because) return because.kind;
  return reasons.some(({ kind }) => kind === 'tag-expression')
    ? 'tags'
    : 'others';
}

/** Items with their states, those to look at first, and how many each has. */
export function sortedAnswer(items: readonly AnswerItem[]) {
  const counts = new Map<AnswerState, number>();
  const rows = items.map((item, index) => {
    const state = stateOf(item);
    counts.set(state, (counts.get(state) ?? 0) + 1);
    return { item, state, index };
  });
  const rank = (state: AnswerState) => ANSWER_STATES.indexOf(state);
  return {
    rows: rows.sort(
      (a, b) => rank(a.state) - rank(b.state) || a.index - b.index,
    ),
    counts: ANSWER_STATES.flatMap(state => {
      const count = counts.get(state);
      return count ? [{ state, count }] : [];
    }),
    principals: new Set(items.map(({ principal }) => principal.id)).size,
    resources: new Set(items.map(({ resource }) => placeOf(resource))).size,
  };
}

function placeOf({
  catalogId,
  region,
  database,
  table,
  words,
}: AnswerItem['resource']): string {
  return JSON.stringify([
    catalogId,
    region,
    database,
    table,
    table === undefined ? words : '',
  ]);
}

/** How many columns nobody approved; undefined where it is more than columns. */
export function columnsTooMany({ because }: AnswerItem): number | undefined {
  const more = because?.more ?? [];
  const columns = new Set(
    more.flatMap(({ resource }) => resource.columns ?? []),
  );
  return more.length > 0 && more.every(({ resource }) => resource.columns)
    ? columns.size
    : undefined;
}
