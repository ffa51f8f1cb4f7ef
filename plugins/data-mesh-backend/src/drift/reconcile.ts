import { InputError } from '@backstage/errors';
import {
  driftResolvePermission,
  type NewReconciliation,
  type Reconciliation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { concernedBy } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { Caller } from '../identity/Caller';
import { hasPermission } from '../permissions';
import type { DriftRow } from '../store/tables';
import type { ReconcileDeps } from './DriftDeps';
import { requireReapply } from './entitlementRights';

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
 *
 * Begins it, or tells what would be begun. Of a product, an account or
 * everything, only what lacks something and the caller may re-apply.
 *
 * @throws InputError where it is not said of what, or in two ways
 * @throws NotFoundError, NotAllowedError
 */
export async function reconcile(
  deps: ReconcileDeps,
  caller: Caller,
  wanted: NewReconciliation,
): Promise<Reconciliation> {
  const permitted = await hasPermission(
    deps.permissions,
    driftResolvePermission,
    caller,
  );
  const candidates = await candidatesOf(deps, wanted);
  const products = await deps.powers.among(
    caller,
    candidates.map(({ row }) => concernedBy(row)),
  );
  const allowed: typeof candidates = [];
  for (const one of candidates) {
    try {
      const mayResolve = permitted && products.has(one.row.product_ref);
      await requireReapply(deps.entitlements, caller, one.row, mayResolve);
      allowed.push(one);
    } catch (error) {
      // Of what was not named, not even that it exists.
      if (wanted.entitlementId !== undefined) throw error;
    }
  }
  return {
    items: await begin(deps, allowed, {
      actorRef: caller.userRef,
      dryRun: wanted.dryRun ?? false,
      perMinute: wanted.perMinute ?? deps.perMinute,
    }),
  };
}

/** The same without a person, for what scans have found. */
export async function reconcileMissing(
  deps: ReconcileDeps,
  rows: readonly DriftRow[],
  actorRef: string,
): Promise<Item[]> {
  return begin(deps, await withEntitlements(deps, rows), {
    actorRef,
    dryRun: false,
    perMinute: deps.perMinute,
  });
}

/** Begins what is due. Each is begun once, by one replica. */
export async function beginDueReapplications(
  deps: ReconcileDeps,
): Promise<number> {
  const due = await deps
    .knex<ReapplicationRow>('reapplications')
    .where('due_at', '<=', deps.clock().toISOString())
    .orderBy(['due_at', 'entitlement_id'])
    .limit(MOST);
  let begun = 0;
  for (const one of due) {
    const taken = await deps
      .knex<ReapplicationRow>('reapplications')
      .where({ entitlement_id: one.entitlement_id, due_at: one.due_at })
      .delete();
    if (taken !== 1) continue;
    try {
      const row = await deps.entitlements.store.get(one.entitlement_id);
      // It may have ended, or been applied again, in the meantime.
      if (row.state !== 'active') continue;
      await deps.repairer.reapply(row, {
        actorRef: one.actor_ref,
        dryRun: false,
      });
      begun += 1;
    } catch (error) {
      deps.logger.warn(
        `Entitlement ${one.entitlement_id} could not be applied again when its turn came`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
  return begun;
}

async function begin(
  deps: ReconcileDeps,
  candidates: ReadonlyArray<{ row: EntitlementRow; words: string[] }>,
  options: { actorRef: string; dryRun: boolean; perMinute: number },
): Promise<Item[]> {
  const { actorRef, dryRun, perMinute } = options;
  const now = deps.clock().getTime();
  const items: Item[] = [];
  for (const [index, { row, words }] of candidates.entries()) {
    const turn = Math.floor(index / perMinute);
    const startsAt = new Date(now + turn * MINUTE_MS).toISOString();
    const item: Item = { entitlementId: row.id, words, started: false };
    try {
      if (turn === 0 || dryRun) {
        const effects = await deps.repairer.reapply(row, {
          actorRef,
          dryRun,
        });
        if (words.length === 0) {
          item.words = effects.map(effect => effect.words.text);
        }
        item.started = !dryRun;
      } else {
        await deps
          .knex<ReapplicationRow>('reapplications')
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

async function candidatesOf(
  deps: ReconcileDeps,
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
  const rows: DriftRow[] = await deps
    .knex<DriftRow>('drift_items')
    .where({ kind: 'missing' })
    .whereNull('gone_at')
    .modify(query => {
      if (entitlementId) query.where({ entitlement_id: entitlementId });
      if (productRef) query.where({ product_ref: productRef });
      if (accountId) query.where({ account_id: accountId });
    })
    .orderBy(['since', 'id'])
    .limit(MOST);
  const found = await withEntitlements(deps, rows);
  if (entitlementId !== undefined && found.length === 0) {
    return [
      { row: await deps.entitlements.store.get(entitlementId), words: [] },
    ];
  }
  return found;
}

async function withEntitlements(
  deps: ReconcileDeps,
  rows: readonly DriftRow[],
): Promise<Array<{ row: EntitlementRow; words: string[] }>> {
  const entitlements = await deps.entitlements.store.getMany(
    rows.flatMap(row => row.entitlement_id ?? []),
  );
  const byId = new Map(entitlements.map(row => [row.id, row]));
  return rows.flatMap(({ entitlement_id: id, words }) => {
    const row = byId.get(id ?? '');
    return row ? [{ row, words: [words] }] : [];
  });
}
