import {
  isEnding,
  scopeCovers,
  scopesOverlap,
  type AccessScope,
  type ExistingAccess,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementReader } from '../../entitlements/reading/EntitlementReader';
import type { Knex } from 'knex';
import type { Seen } from '../../sight';
import { inTurns } from '../../turns';
import { toResource } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';

/** The port that access is looked for on, and for whom. */
export interface AccessQuery {
  productRef: string;
  port: string;
  principals: readonly string[];
  scope: AccessScope;
  /** Request that does not count: the one that is looked at. */
  exceptRequestId?: string;
  /** Entitlement that does not count: the one that is amended. */
  exceptEntitlementId?: string;
}

/** What exists already, as far as a caller may know. */
export interface VisibleAccess {
  existing: ExistingAccess[];
  /** How many more there are that the caller may not read. */
  hiddenExisting: number;
}

interface Found {
  access: ExistingAccess;
  isReadable: boolean;
}

function relation(
  held: AccessScope,
  wanted: AccessScope,
): ExistingAccess['relation'] | undefined {
  if (scopeCovers(held, wanted)) return 'covers';
  return scopesOverlap(held, wanted) ? 'overlaps' : undefined;
}

/** Finds open requests and live entitlements for the same. */
export class ExistingAccessFinder {
  readonly #requests: RequestStore;
  readonly #entitlements: EntitlementReader;

  constructor(options: {
    requests: RequestStore;
    entitlements: EntitlementReader;
  }) {
    this.#requests = options.requests;
    this.#entitlements = options.entitlements;
  }

  /** What a caller may read of it, and how many more there are. */
  async find(query: AccessQuery, seen: Seen): Promise<VisibleAccess> {
    const found = await this.#find(query, seen);
    return {
      existing: found.flatMap(({ access, isReadable }) =>
        isReadable ? [access] : [],
      ),
      hiddenExisting: found.filter(({ isReadable }) => !isReadable).length,
    };
  }

  /**
   * Why the same need not be asked for, in words that tell no more than the
   * caller may read.
   *
   * @param tx - transaction to read in
   * @returns undefined where nothing covers it
   */
  async whyNotAgain(
    query: AccessQuery,
    seen: Seen,
    tx?: Knex.Transaction,
  ): Promise<string | undefined> {
    const found = await this.#find(query, seen, tx);
    const covering = found.filter(({ access }) => access.relation === 'covers');
    const best = covering.find(({ isReadable }) => isReadable) ?? covering[0];
    if (!best) return undefined;
    const { type, id, state, principal } = best.access;
    if (!best.isReadable) {
      return type === 'request'
        ? `This is asked for ${principal} already, by a request that you may not see`
        : `${principal} has this already, by an entitlement that you may not see`;
    }
    return type === 'request'
      ? `The request ${id} asks for this for ${principal} already; it is ${state}`
      : `${principal} has this already by the entitlement ${id}, which is ${state}; renew it for more time`;
  }

  async #find(
    query: AccessQuery,
    seen: Seen,
    tx?: Knex.Transaction,
  ): Promise<Found[]> {
    if (query.principals.length === 0) return [];
    // In this order: a request that is approved meanwhile is seen as the
    // entitlement that it became.
    const requests = await this.#requests.findOpen(query, tx);
    const entitlements = await this.#entitlements.findLive(query, tx);
    const all: Array<{
      access: Omit<ExistingAccess, 'relation'>;
      isReadable: boolean;
    }> = [
      ...entitlements
        // An ending that is under way gives no access any more.
        .filter(one => !isEnding(one))
        .filter(one => one.requestId !== query.exceptRequestId)
        .filter(one => one.id !== query.exceptEntitlementId)
        .map(one => ({
          access: {
            type: 'entitlement' as const,
            id: one.id,
            state: one.state,
            principal: one.principal.id,
            scope: one.scope,
            ...(one.expiresAt && { expiresAt: one.expiresAt }),
          },
          isReadable: seen.entitlement({ ...one, principal: one.principal.id }),
        })),
      ...requests
        .filter(one => one.id !== query.exceptRequestId)
        .map(one => ({
          access: {
            type: 'request' as const,
            id: one.id,
            state: one.state,
            principal: one.principal.id,
            scope: one.scope,
          },
          isReadable: seen.request(toResource(one)),
        })),
    ];
    const found: Found[] = [];
    // Scopes may name thousands of columns each.
    for await (const { access, isReadable } of inTurns(all)) {
      const how = relation(access.scope, query.scope);
      if (how) found.push({ access: { ...access, relation: how }, isReadable });
    }
    return found;
  }
}
