import {
  isOpenRequest,
  type AccessRequest,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DAY, ENDING_SOON_DAYS } from '../endingSoon';

/** What is held and asked for now, or what is over. */
export type AccessView = 'active' | 'past';

/** One line of My access: an access, or a request for one. */
export type AccessItem =
  | {
      kind: 'access';
      id: string;
      access: Entitlement;
      /** A renewal or change of it that is open. */
      pending?: AccessRequest;
    }
  | { kind: 'request'; id: string; request: AccessRequest };

/** The access or the request: both say of what, for whom and for what. */
export function aboutOf(item: AccessItem): Entitlement | AccessRequest {
  return item.kind === 'access' ? item.access : item.request;
}

/** The groups of the list, in their order. */
export interface AccessGroups {
  yourTurn: AccessItem[];
  working: AccessItem[];
  waiting: AccessItem[];
}

/** Why it is the caller's turn, the most urgent first. */
export const REASONS = ['broken', 'ending', 'asked'] as const;
export type Reason = (typeof REASONS)[number];

/** Whether not all that was approved is in force, or its product is gone. */
export function isBroken(access: Entitlement): boolean {
  return (
    access.state === 'failed' ||
    access.state === 'suspended' ||
    access.successor !== undefined ||
    access.change?.state === 'failed' ||
    (access.state === 'active' && access.health === 'degraded')
  );
}

function endsSoon({ state, expiresAt }: Entitlement, now: number): boolean {
  return (
    state === 'active' &&
    expiresAt !== undefined &&
    Date.parse(expiresAt) - now <= ENDING_SOON_DAYS * DAY
  );
}

/** Why it is the caller's turn, or undefined where it is not. */
export function reasonOf(item: AccessItem, now: number): Reason | undefined {
  const asked = item.kind === 'access' ? item.pending : item.request;
  if (item.kind === 'access' && isBroken(item.access)) return 'broken';
  if (asked?.state === 'changes-requested') return 'asked';
  // A renewal on its way is the answer to an end.
  return item.kind === 'access' &&
    endsSoon(item.access, now) &&
    item.pending?.kind !== 'renew'
    ? 'ending'
    : undefined;
}

function byTitle(one: AccessItem, other: AccessItem): number {
  return (
    aboutOf(one).productTitle.localeCompare(aboutOf(other).productTitle) ||
    one.id.localeCompare(other.id)
  );
}

function byUrgency(now: number) {
  const rank = (item: AccessItem) =>
    REASONS.indexOf(reasonOf(item, now) ?? 'asked');
  const end = (item: AccessItem) =>
    item.kind === 'access' && item.access.expiresAt
      ? Date.parse(item.access.expiresAt)
      : Infinity;
  return (one: AccessItem, other: AccessItem) => {
    const [left, right] = [end(one), end(other)];
    return (
      rank(one) - rank(other) ||
      (left === right ? 0 : left - right) ||
      byTitle(one, other)
    );
  };
}

/**
 * What is held and what was asked for, in one list: a renewal or a change
 * stands with the access that it is about.
 */
export function accessItems(
  held: readonly Entitlement[],
  requests: readonly AccessRequest[],
): AccessItem[] {
  const ids = new Set(held.map(({ id }) => id));
  const about = new Map(
    requests
      .filter(isOpenRequest)
      .flatMap(request =>
        request.amendsEntitlementId
          ? [[request.amendsEntitlementId, request] as const]
          : [],
      ),
  );
  return [
    ...held.map(access => ({
      kind: 'access' as const,
      id: access.id,
      access,
      pending: about.get(access.id),
    })),
    ...requests
      .filter(({ amendsEntitlementId: of }) => !of || !ids.has(of))
      .map(request => ({ kind: 'request' as const, id: request.id, request })),
  ];
}

/** By whose turn it is; what is urgent comes first, then products by name. */
export function groupByTurn(
  items: readonly AccessItem[],
  now: number,
): AccessGroups {
  const yourTurn = items.filter(item => reasonOf(item, now));
  const others = items.filter(item => !reasonOf(item, now));
  return {
    yourTurn: [...yourTurn].sort(byUrgency(now)),
    working: others.filter(({ kind }) => kind === 'access').sort(byTitle),
    waiting: others.filter(({ kind }) => kind === 'request').sort(byTitle),
  };
}

/** What is over, the latest first. */
export function pastFirst(items: readonly AccessItem[]): AccessItem[] {
  const end = (item: AccessItem) =>
    Date.parse(
      item.kind === 'access'
        ? item.access.endedAt ?? item.access.updatedAt
        : item.request.decidedAt ?? item.request.updatedAt,
    );
  return [...items].sort((one, other) => end(other) - end(one));
}

/** The items that contain all words of a text. */
export function filterItems(
  items: readonly AccessItem[],
  text: string,
): AccessItem[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(item => {
    const about = aboutOf(item);
    const all = [
      about.productTitle,
      about.productRef,
      about.port,
      about.principal.name,
      about.principal.id,
      about.purpose,
      ...about.scope.tables.flatMap(table => [
        table.table,
        ...(table.columns ?? []),
      ]),
    ]
      .join(' ')
      .toLocaleLowerCase();
    return words.every(word => all.includes(word));
  });
}

/** What of the items is shown. */
export interface Shown {
  view: AccessView;
  text: string;
  /** Only what is about this product. */
  productRef?: string;
}

/** The groups that are shown, in their order, each in its own. */
export function groupsShown(
  items: readonly AccessItem[],
  { view, text, productRef }: Shown,
  now: number,
): Array<{ of?: keyof AccessGroups; items: AccessItem[] }> {
  const found = filterItems(items, text).filter(
    item => !productRef || aboutOf(item).productRef === productRef,
  );
  if (view === 'past') return [{ items: pastFirst(found) }];
  const groups = groupByTurn(found, now);
  return (['yourTurn', 'working', 'waiting'] as const).map(of => ({
    of,
    items: groups[of],
  }));
}
