import { DateTime } from 'luxon';
import type {
  BecauseKind,
  DriftKind,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What grants are grouped by. */
export type GrantsPivot = 'product' | 'principal' | 'account';

/** The pivots, the differences beside, and what would make plans fail. */
export type GrantsTab = GrantsPivot | 'drift' | 'doctor';

/** A question that the page answers instead of listing. */
export type GrantsQuestion =
  | ({ kind: 'who' } & Omit<WhoQuery, 'at'>)
  | { kind: 'what'; principal: string };

/** What the URL of the grants page says. */
export interface GrantsUrl {
  tab: GrantsTab;
  /** The product, principal or account that is open. */
  key?: string;
  /** The grant whose explanation is open, or the drift. */
  id?: string;
  /** What drift is filtered by. */
  kind?: DriftKind;
  text: string;
  because?: BecauseKind;
  question?: GrantsQuestion;
  /** A day, as 2026-11-25; absent means now. */
  at?: string;
}

/** The tabs in their order. */
export const GRANTS_TABS: readonly GrantsTab[] = [
  'product',
  'principal',
  'account',
  'drift',
  'doctor',
];

/** The reasons in the order in which they matter. */
export const BECAUSE_KINDS: readonly BecauseKind[] = [
  'unexplained',
  'approved-and-more',
  'entitlement',
  'before-us',
  'adopted',
  'administrator',
  'unrestricted',
];

/** The kinds of drift in the order in which they are told. */
export const DRIFT_KINDS: readonly DriftKind[] = [
  'excess',
  'missing',
  'identity',
  'residue',
];

const PLACE = ['catalogId', 'region', 'database', 'table'] as const;

function readQuestion(search: URLSearchParams): GrantsQuestion | undefined {
  const principal = search.get('what');
  if (principal) return { kind: 'what', principal };
  const [catalogId, region, database, table] = PLACE.map(part =>
    search.get(part),
  );
  if (!catalogId || !region || !database || !table) return undefined;
  const column = search.get('column') || undefined;
  return {
    kind: 'who',
    catalogId,
    region,
    database,
    table,
    ...(column && { column }),
  };
}

/** Reads the URL; what it does not understand falls back to the defaults. */
export function readGrantsUrl(search: URLSearchParams): GrantsUrl {
  const at = search.get('at') ?? '';
  return {
    tab: GRANTS_TABS.find(one => one === search.get('tab')) ?? 'product',
    key: search.get('key') || undefined,
    id: search.get('id') || undefined,
    kind: DRIFT_KINDS.find(one => one === search.get('kind')),
    text: search.get('q') ?? '',
    because: BECAUSE_KINDS.find(one => one === search.get('because')),
    question: readQuestion(search),
    at: /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : undefined,
  };
}

/** Writes the URL, without what is at its default. */
export function writeGrantsUrl(url: GrantsUrl): URLSearchParams {
  const { tab, key, id, kind, text, because, question, at } = url;
  const search = new URLSearchParams();
  if (tab !== 'product') search.set('tab', tab);
  if (key) search.set('key', key);
  if (id) search.set('id', id);
  if (kind) search.set('kind', kind);
  if (text) search.set('q', text);
  if (because) search.set('because', because);
  if (question?.kind === 'what') search.set('what', question.principal);
  if (question?.kind === 'who') {
    PLACE.forEach(part => search.set(part, question[part]));
    if (question.column) search.set('column', question.column);
  }
  if (at) search.set('at', at);
  return search;
}

const DAY = 'yyyy-MM-dd';

/** Today, where the reader is. */
export const today = (): string => DateTime.local().toFormat(DAY);

/**
 * The moment that a day stands for, where the reader is: its end, so that what
 * was granted on that day is seen; of today, now.
 */
export function endOfDay(day: string): string | undefined {
  const end = DateTime.fromFormat(day, DAY).endOf('day');
  return !end.isValid || end > DateTime.local()
    ? undefined
    : end.toUTC().toISO() ?? undefined;
}
