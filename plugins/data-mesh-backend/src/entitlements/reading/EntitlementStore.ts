import type { Knex } from 'knex';
import { NotFoundError } from '@backstage/errors';
import {
  liveEntitlementStates,
  type Entitlement,
  type EntitlementPage,
  type EntitlementState,
  type Health,
  type Plan,
  type Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import { readInParts } from '../../store/inParts';
import type { EntitlementReader, FoundEntitlement } from './EntitlementReader';
import {
  largeEntitlements,
  listedEntitlements as listed,
  portOf,
  toEntitlement,
} from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { planChange } from './planChange';
import {
  type EntitlementFilter,
  listEntitlements,
  whereHeldBy,
  type ProductPort,
} from '../../store/entitlements/entitlementList';
import { readLargeItems } from '../../store/page';

/** Placeholders in one statement: SQLite takes some thousands at most. */
const BATCH = 400;

const asRead = (row: EntitlementRow): EntitlementRow => row;

/** Reads entitlements. */
export class EntitlementStore implements EntitlementReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @throws NotFoundError where there is none of the id */
  async get(
    id: string,
    connection: Knex = this.#knex,
  ): Promise<EntitlementRow> {
    const row = await connection<EntitlementRow>('entitlements')
      .where({ id })
      .first();
    if (!row) throw new NotFoundError(`No entitlement has the id '${id}'`);
    return row;
  }

  /** The entity that led from its requester to its principal, where one did. */
  async askedThrough({
    request_id: id,
  }: Pick<EntitlementRow, 'request_id'>): Promise<string | undefined> {
    const row: { via: string | null } | undefined = await this.#knex(
      'access_requests',
    )
      .where({ id })
      .first({ via: 'principal_via' });
    return row?.via ?? undefined;
  }

  async getMany(ids: readonly string[]): Promise<EntitlementRow[]> {
    return readInParts(
      this.#knex,
      largeEntitlements,
      query => query.whereIn('id', [...ids]),
      asRead,
    );
  }

  /** A page, newest first. */
  async list(
    filter: EntitlementFilter,
    page: { limit: number; cursor?: string },
  ): Promise<EntitlementPage> {
    const keys = await listEntitlements(this.#knex, filter, page);
    return readLargeItems(this.#knex, listed, keys, toEntitlement);
  }

  async findLive(
    query: {
      productRef: string;
      port: string;
      principals: readonly string[];
    },
    db: Knex = this.#knex,
  ): Promise<Entitlement[]> {
    return readInParts(
      db,
      listed,
      live =>
        live
          .where({ product_ref: query.productRef, port: query.port })
          .whereIn('principal', [...query.principals])
          .whereIn('state', [...liveEntitlementStates])
          .orderBy('created_at'),
      toEntitlement,
    );
  }

  asChange(
    provisioner: Provisioner,
    change: { id: string; plan: Plan; signal?: AbortSignal },
  ): Promise<Plan> {
    return planChange(this.#knex, provisioner, change);
  }

  async find(id: string): Promise<FoundEntitlement | undefined> {
    const row = await this.#knex<EntitlementRow>('entitlements')
      .where({ id })
      .first();
    if (!row) return undefined;
    return {
      entitlement: toEntitlement(row),
      port: portOf(row),
      ...(row.protected_reach !== null && {
        approvedReach: JSON.parse(row.protected_reach) as string[],
      }),
    };
  }

  /** Live entitlements of a product, on any port. */
  async liveOfProduct(productRef: string): Promise<EntitlementRow[]> {
    return readInParts(
      this.#knex,
      largeEntitlements,
      query =>
        query
          .where({ product_ref: productRef })
          .whereIn('state', [...liveEntitlementStates])
          .orderBy('created_at'),
      asRead,
    );
  }

  async statesOf(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, EntitlementState>> {
    const rows = await this.#knex<EntitlementRow>('entitlements')
      .whereIn('id', [...ids])
      .select('id', 'state');
    return new Map(rows.map(row => [row.id, row.state]));
  }

  async usage(holder: {
    userRef: string;
    principals: readonly string[];
  }): ReturnType<EntitlementReader['usage']> {
    const counts: Array<{ product_ref: string; consumers: number | string }> =
      await this.#knex('entitlements')
        .where({ state: 'active' })
        .groupBy('product_ref')
        .select('product_ref')
        .countDistinct({ consumers: 'principal' });
    const own = await this.#knex<EntitlementRow>('entitlements')
      .where({ state: 'active' })
      .where(query => whereHeldBy(query, holder))
      .orderBy('expires_at', 'desc')
      .select('id', 'state', 'product_ref', 'expires_at');
    return counts.map(count => {
      const mine = own.find(row => row.product_ref === count.product_ref);
      return {
        productRef: count.product_ref,
        consumers: Number(count.consumers),
        myEntitlement: mine && {
          id: mine.id,
          state: mine.state,
          expiresAt: mine.expires_at ?? undefined,
        },
      };
    });
  }

  /** Products with live access whose owner was last one of the references. */
  async productsLastOwnedBy(refs: readonly string[]): Promise<string[]> {
    const rows: Array<{ product_ref: string }> = await this.#knex(
      'entitlements',
    )
      .whereIn('product_owner_ref', [...refs])
      .whereIn('state', [...liveEntitlementStates])
      .distinct('product_ref');
    return rows.map(row => row.product_ref);
  }

  /** What is suspended, or is being suspended. */
  async suspended(db: Knex = this.#knex): Promise<Entitlement[]> {
    return readInParts(
      db,
      listed,
      query =>
        query
          .where({ end_kind: 'suspended' })
          .whereIn('state', ['revoking', 'suspended', 'failed'])
          .orderBy('id'),
      toEntitlement,
    );
  }

  /** Ports of the products that live access is of. */
  async livePorts(productRefs: readonly string[]): Promise<ProductPort[]> {
    const found: ProductPort[] = [];
    for (let start = 0; start < productRefs.length; start += BATCH) {
      const rows: Array<Pick<EntitlementRow, 'product_ref' | 'port'>> =
        await this.#knex<EntitlementRow>('entitlements')
          .whereIn('product_ref', productRefs.slice(start, start + BATCH))
          .whereIn('state', [...liveEntitlementStates])
          .distinct('product_ref', 'port')
          .orderBy(['product_ref', 'port']);
      found.push(
        ...rows.map(row => ({ productRef: row.product_ref, port: row.port })),
      );
    }
    return found;
  }

  /** All that may hold something, for what looks at the whole mesh. */
  async live(): Promise<EntitlementRow[]> {
    return readInParts(
      this.#knex,
      largeEntitlements,
      query =>
        query
          .whereIn('state', [...liveEntitlementStates])
          .orderBy('created_at'),
      asRead,
    );
  }

  /**
   * Entitlements whose time is over: active and suspended ones, and those that
   * are being re-applied or have failed at that.
   */
  async expiredIds(now: Date): Promise<string[]> {
    const rows = await this.#knex<EntitlementRow>('entitlements')
      .whereIn('state', ['active', 'suspended', 'provisioning', 'failed'])
      .where('expires_at', '<=', now.toISOString())
      .where(query =>
        query.whereNull('failed_from').orWhereNot({ failed_from: 'revoking' }),
      )
      .select('id');
    return rows.map(row => row.id);
  }

  /**
   * Notes whether its principal can query. Not a change of the decided state,
   * so the version stays.
   */
  async setReadiness(id: string, readiness: Readiness): Promise<void> {
    await this.#knex<EntitlementRow>('entitlements')
      .where({ id })
      .update({ readiness: JSON.stringify(readiness) });
  }

  /**
   * Notes what a look at the system has seen. Not a change of the decided
   * state, so the version stays.
   *
   * @returns whether it was news
   */
  async setHealth(
    id: string,
    health: Health,
    reason: string | undefined,
  ): Promise<boolean> {
    const changed = await this.#knex<EntitlementRow>('entitlements')
      .where({ id, state: 'active' })
      .where(query =>
        query
          .whereNot({ health })
          .orWhereRaw(`coalesce(health_reason, '') <> ?`, [reason ?? '']),
      )
      .update({ health, health_reason: reason ?? null });
    return changed > 0;
  }
}
