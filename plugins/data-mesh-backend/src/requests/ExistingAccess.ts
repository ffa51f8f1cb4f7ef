import {
  scopeCovers,
  scopesOverlap,
  type AccessScope,
  type Entitlement,
  type ExistingAccess,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementReader } from '../entitlements/EntitlementReader';
import type { Knex } from 'knex';
import type { RequestStore } from './RequestStore';

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

function relation(
  held: AccessScope,
  wanted: AccessScope,
): ExistingAccess['relation'] | undefined {
  if (scopeCovers(held, wanted)) return 'covers';
  return scopesOverlap(held, wanted) ? 'overlaps' : undefined;
}

/** An ending that is under way gives no access any more. */
function isEnding({ state, failedFrom }: Entitlement): boolean {
  return (
    state === 'revoking' || (state === 'failed' && failedFrom === 'revoking')
  );
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

  /** @param tx - transaction to read in */
  async find(
    query: AccessQuery,
    tx?: Knex.Transaction,
  ): Promise<ExistingAccess[]> {
    if (query.principals.length === 0) return [];
    // In this order: a request that is approved meanwhile is seen as the
    // entitlement that it became.
    const requests = await this.#requests.findOpen(query, tx);
    const entitlements = await this.#entitlements.findLive(query, tx);
    const found: Array<Omit<ExistingAccess, 'relation'>> = [
      ...entitlements
        .filter(one => !isEnding(one))
        .filter(one => one.requestId !== query.exceptRequestId)
        .filter(one => one.id !== query.exceptEntitlementId)
        .map(one => ({
          type: 'entitlement' as const,
          id: one.id,
          state: one.state,
          principal: one.principal.id,
          scope: one.scope,
          ...(one.expiresAt && { expiresAt: one.expiresAt }),
        })),
      ...requests
        .filter(one => one.id !== query.exceptRequestId)
        .map(one => ({
          type: 'request' as const,
          id: one.id,
          state: one.state,
          principal: one.principal.id,
          scope: one.scope,
        })),
    ];
    return found.flatMap(one => {
      const how = relation(one.scope, query.scope);
      return how ? [{ ...one, relation: how }] : [];
    });
  }
}
