import type {
  Entitlement,
  EntitlementState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  endedEntitlementStates,
  liveEntitlementStates,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const DAY = 86_400_000;

/** Ends within so many days need attention. */
export const ENDING_SOON_DAYS = 14;

/** What is held now, or what is over. */
export type AccessView = 'active' | 'past';

/** The states of a view. */
export function statesOfView(view: AccessView): EntitlementState[] {
  return view === 'active'
    ? [...liveEntitlementStates]
    : [...endedEntitlementStates];
}

/** Entitlements to one product. */
export interface ProductGroup {
  productRef: string;
  productTitle: string;
  items: Entitlement[];
}

function urgency({ state, expiresAt, endedAt }: Entitlement): number {
  if (state === 'failed') return -Infinity;
  // What is over is sorted by its end, the latest first.
  if (endedAt) return -Date.parse(endedAt);
  return expiresAt ? Date.parse(expiresAt) : Infinity;
}

/**
 * Entitlements by product, the products by title. Within a product what failed
 * comes first, then what ends soonest.
 */
export function groupByProduct(items: readonly Entitlement[]): ProductGroup[] {
  const groups = new Map<string, ProductGroup>();
  for (const item of items) {
    const { productRef, productTitle } = item;
    const group = groups.get(productRef) ?? {
      productRef,
      productTitle,
      items: [],
    };
    group.items.push(item);
    groups.set(productRef, group);
  }
  return [...groups.values()]
    .map(group => ({
      ...group,
      items: [...group.items].sort((a, b) => {
        const [left, right] = [urgency(a), urgency(b)];
        return left === right ? a.id.localeCompare(b.id) : left - right;
      }),
    }))
    .sort((a, b) => a.productTitle.localeCompare(b.productTitle));
}

/** What needs attention: what failed, and what is in force and ends soon. */
export function needingAttention(
  items: readonly Entitlement[],
  now: number,
): { failed: Entitlement[]; endingSoon: Entitlement[] } {
  return {
    failed: items.filter(({ state }) => state === 'failed'),
    endingSoon: items
      .filter(
        ({ state, expiresAt }) =>
          state === 'active' &&
          expiresAt !== undefined &&
          Date.parse(expiresAt) - now <= ENDING_SOON_DAYS * DAY,
      )
      .sort(
        (a, b) => Date.parse(a.expiresAt ?? '') - Date.parse(b.expiresAt ?? ''),
      ),
  };
}

/** The entitlements that contain all words of a text. */
export function filterEntitlements(
  items: readonly Entitlement[],
  text: string,
): Entitlement[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(item => {
    const all = [
      item.productTitle,
      item.productRef,
      item.port,
      item.principal.name,
      item.principal.id,
      item.purpose,
      ...item.scope.tables.flatMap(table => [
        table.table,
        ...(table.columns ?? []),
      ]),
    ]
      .join(' ')
      .toLocaleLowerCase();
    return words.every(word => all.includes(word));
  });
}
