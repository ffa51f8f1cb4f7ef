import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  driftResolvePermission,
  type NewReconciliation,
  type Reconciliation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { concernedBy } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import type { Caller } from '../identity/Caller';
import type { ProductPowers } from '../people';
import { hasPermission } from '../permissions';
import type { DriftRow } from '../store/tables';
import type { EntitlementRights } from './EntitlementRights';
import type { Repairer } from './Repairer';

const MINUTE_MS = 60_000;
const MOST = 1000;

interface ReapplicationRow {
  entitlement_id: string;
  due_at: string;
  actor_ref: string;
}

type Item = Reconciliation['items'][number];

/**
 * Has what was approved and is lacking applied again: of one entitlement, a
 * product, an account, or everywhere, at a pace that systems bear.
 */
export class Reconciler {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #repairer: Repairer;
  readonly #rights: EntitlementRights;
  readonly #permissions: PermissionsService;
  readonly #powers: ProductPowers;
  readonly #clock: () => Date;
  readonly #perMinute: number;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    repairer: Repairer;
    rights: EntitlementRights;
    permissions: PermissionsService;
    powers: ProductPowers;
    clock: () => Date;
    perMinute: number;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#repairer = options.repairer;
    this.#rights = options.rights;
    this.#permissions = options.permissions;
    this.#powers = options.powers;
    this.#clock = options.clock;
    this.#perMinute = options.perMinute;
    this.#logger = options.logger;
  }

  /**
   * Begins it, or tells what would be begun. Of a product, an account or
   * everything, only what lacks something and the caller may re-apply.
   *
   * @throws InputError where it is not said of what, or in two ways
   * @throws NotFoundError, NotAllowedError
   */
  async reconcile(
    caller: Caller,
    wanted: NewReconciliation,
  ): Promise<Reconciliation> {
    const permitted = await hasPermission(
      this.#permissions,
      driftResolvePermission,
      caller,
    );
    const candidates = await this.#candidates(wanted);
    const products = await this.#powers.among(
      caller,
      candidates.map(({ row }) => concernedBy(row)),
    );
    const allowed: typeof candidates = [];
    for (const one of candidates) {
      try {
        const mayResolve = permitted && products.has(one.row.product_ref);
        await this.#rights.requireReapply(caller, one.row, mayResolve);
        allowed.push(one);
      } catch (error) {
        // Of what was not named, not even that it exists.
        if (wanted.entitlementId !== undefined) throw error;
      }
    }
    return {
      items: await this.#begin(allowed, {
        actorRef: caller.userRef,
        dryRun: wanted.dryRun ?? false,
        perMinute: wanted.perMinute ?? this.#perMinute,
      }),
    };
  }

  /** The same without a person, for what scans have found. */
  async reconcileMissing(
    rows: readonly DriftRow[],
    actorRef: string,
  ): Promise<Item[]> {
    return this.#begin(await this.#withEntitlements(rows), {
      actorRef,
      dryRun: false,
      perMinute: this.#perMinute,
    });
  }

  /** Begins what is due. Each is begun once, by one replica. */
  async beginDue(): Promise<number> {
    const due = await this.#knex<ReapplicationRow>('reapplications')
      .where('due_at', '<=', this.#clock().toISOString())
      .orderBy(['due_at', 'entitlement_id'])
      .limit(MOST);
    let begun = 0;
    for (const one of due) {
      const taken = await this.#knex<ReapplicationRow>('reapplications')
        .where({ entitlement_id: one.entitlement_id, due_at: one.due_at })
        .delete();
      if (taken !== 1) continue;
      try {
        const row = await this.#store.get(one.entitlement_id);
        // It may have ended, or been applied again, in the meantime.
        if (row.state !== 'active') continue;
        await this.#repairer.reapply(row, {
          actorRef: one.actor_ref,
          dryRun: false,
        });
        begun += 1;
      } catch (error) {
        this.#logger.warn(
          `Entitlement ${one.entitlement_id} could not be applied again when its turn came`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
    return begun;
  }

  async #begin(
    candidates: ReadonlyArray<{ row: EntitlementRow; words: string[] }>,
    options: { actorRef: string; dryRun: boolean; perMinute: number },
  ): Promise<Item[]> {
    const { actorRef, dryRun, perMinute } = options;
    const now = this.#clock().getTime();
    const items: Item[] = [];
    for (const [index, { row, words }] of candidates.entries()) {
      const turn = Math.floor(index / perMinute);
      const startsAt = new Date(now + turn * MINUTE_MS).toISOString();
      const item: Item = { entitlementId: row.id, words, started: false };
      try {
        if (turn === 0 || dryRun) {
          const effects = await this.#repairer.reapply(row, {
            actorRef,
            dryRun,
          });
          if (words.length === 0) {
            item.words = effects.map(effect => effect.words.text);
          }
          item.started = !dryRun;
        } else {
          await this.#knex<ReapplicationRow>('reapplications')
            .insert({
              entitlement_id: row.id,
              due_at: startsAt,
              actor_ref: actorRef,
            })
            .onConflict('entitlement_id')
            .ignore();
        }
        if (!item.started) item.startsAt = startsAt;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        item.error = error.message;
      }
      items.push(item);
    }
    return items;
  }

  async #candidates(
    wanted: NewReconciliation,
  ): Promise<Array<{ row: EntitlementRow; words: string[] }>> {
    const { entitlementId, productRef, accountId, everything } = wanted;
    const ways = [
      entitlementId !== undefined,
      productRef !== undefined,
      accountId !== undefined,
      everything === true,
    ].filter(Boolean).length;
    if (ways !== 1) {
      throw new InputError(
        `Exactly one of entitlementId, productRef, accountId and everything is expected, found ${ways}`,
      );
    }
    const rows: DriftRow[] = await this.#knex<DriftRow>('drift_items')
      .where({ kind: 'missing' })
      .whereNull('gone_at')
      .modify(query => {
        if (entitlementId) query.where({ entitlement_id: entitlementId });
        if (productRef) query.where({ product_ref: productRef });
        if (accountId) query.where({ account_id: accountId });
      })
      .orderBy(['since', 'id'])
      .limit(MOST);
    const found = await this.#withEntitlements(rows);
    if (entitlementId !== undefined && found.length === 0) {
      return [{ row: await this.#store.get(entitlementId), words: [] }];
    }
    return found;
  }

  async #withEntitlements(
    rows: readonly DriftRow[],
  ): Promise<Array<{ row: EntitlementRow; words: string[] }>> {
    const entitlements = await this.#store.getMany(
      rows.flatMap(row => row.entitlement_id ?? []),
    );
    const byId = new Map(entitlements.map(row => [row.id, row]));
    return rows.flatMap(({ entitlement_id: id, words }) => {
      const row = byId.get(id ?? '');
      return row ? [{ row, words: [words] }] : [];
    });
  }
}
