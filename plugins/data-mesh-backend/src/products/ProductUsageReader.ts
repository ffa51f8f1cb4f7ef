import type { ProductUsage } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { EntitlementReader } from '../entitlements/reading/EntitlementReader';
import type { Caller } from '../identity/Caller';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import { medianDecisionHours } from '../requests/submission/medianDecisionHours';
import type { Publications } from '../publication';
import type { RequestStore } from '../store/requests/RequestStore';
import type { Sight } from '../sight';

/** Decisions that medians are made of: enough for all, bounded for the query. */
const RECENT_DECISIONS = 5000;

function byProduct<T extends { productRef: string }>(
  items: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.productRef);
    if (group) group.push(item);
    else groups.set(item.productRef, [item]);
  }
  return groups;
}

/** How much each product is used, and how the caller stands to it. */
export class ProductUsageReader {
  readonly #requests: RequestStore;
  readonly #entitlements: EntitlementReader;
  readonly #principals: PrincipalDirectory;
  readonly #catalog: MeshCatalog;
  readonly #sight: Pick<Sight, 'requests'>;
  readonly #publications: Pick<Publications['reader'], 'standings'>;

  constructor(options: {
    requests: RequestStore;
    entitlements: EntitlementReader;
    principals: PrincipalDirectory;
    catalog: MeshCatalog;
    sight: Pick<Sight, 'requests'>;
    publications: Pick<Publications['reader'], 'standings'>;
  }) {
    this.#requests = options.requests;
    this.#entitlements = options.entitlements;
    this.#principals = options.principals;
    this.#catalog = options.catalog;
    this.#sight = options.sight;
    this.#publications = options.publications;
  }

  /**
   * Products that the caller may see in the catalog, by reference. Consumers are
   * counted for everybody; requests as far as the caller may read them.
   */
  async list(caller: Caller): Promise<ProductUsage[]> {
    const [principals, readable] = await Promise.all([
      this.#principals.availableTo(caller),
      this.#sight.requests.filter(caller),
    ]);
    const [used, open, mine, decided, standings] = await Promise.all([
      this.#entitlements.usage({
        userRef: caller.userRef,
        principals: principals.map(one => one.id),
      }),
      this.#requests.openByProduct(readable),
      this.#requests.openOf(caller.userRef),
      this.#requests.recentDecisions({ readable, limit: RECENT_DECISIONS }),
      this.#publications.standings(),
    ]);
    const usage = new Map(used.map(one => [one.productRef, one]));
    const decisions = byProduct(decided);
    const myRequests = byProduct(mine);
    const refs = await this.#catalog.visible(
      [
        ...new Set([
          ...usage.keys(),
          ...open.keys(),
          ...decisions.keys(),
          ...standings.keys(),
        ]),
      ],
      caller.credentials,
    );
    return refs.sort().map(productRef => {
      const median = medianDecisionHours(decisions.get(productRef) ?? []);
      const myEntitlement = usage.get(productRef)?.myEntitlement;
      const [myRequest] = myRequests.get(productRef) ?? [];
      const publication = standings.get(productRef);
      return {
        productRef,
        consumers: usage.get(productRef)?.consumers ?? 0,
        openRequests: open.get(productRef) ?? 0,
        ...(publication && { publication }),
        ...(median !== undefined && { medianDecisionHours: median }),
        ...(myEntitlement && { myEntitlement }),
        ...(myRequest && {
          myRequest: {
            id: myRequest.id,
            state: myRequest.state,
            createdAt: myRequest.createdAt,
          },
        }),
      };
    });
  }
}
