import type { Knex } from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import type { EntitlementRow } from '../../store/tables';
import type { EntitlementStore } from '../reading/EntitlementStore';
import { beginEnding } from './ending';
import type { EntitlementChange } from './EntitlementChange';
import type { LifecycleDeps } from './LifecycleDeps';
import { lockEntitlement } from './lockEntitlement';

/**
 * Begins to end the entitlements whose time is over. Each in a transaction of
 * its own: one that cannot be ended does not keep the others.
 */
export async function endExpired(options: {
  knex: Knex;
  store: EntitlementStore;
  lifecycle: LifecycleDeps;
  logger: LoggerService;
  changed(change: EntitlementChange): void;
}): Promise<void> {
  const { knex, store, lifecycle, logger, changed } = options;
  const now = lifecycle.clock();
  for (const id of await store.expiredIds(now)) {
    try {
      const change = await knex.transaction(async tx => {
        const before = await lockEntitlement(tx, id);
        const over =
          ['active', 'suspended', 'provisioning', 'failed'].includes(
            before.state,
          ) &&
          before.failed_from !== 'revoking' &&
          before.expires_at !== null &&
          before.expires_at <= now.toISOString();
        // Another replica may have been first.
        if (!over) return undefined;
        const after = await beginEnding(lifecycle, tx, before, {
          kind: 'expired',
          reason: reasonOf(before),
          actorRef: SYSTEM_ACTOR,
        });
        return { before, after };
      });
      if (change) changed(change);
    } catch (error) {
      logger.error(
        `Entitlement ${id} is over and could not be ended`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

/** An end that was moved forward is no number of days. */
function reasonOf(row: EntitlementRow): string {
  const days =
    (Date.parse(row.expires_at ?? '') - Date.parse(row.activated_at ?? '')) /
    864e5;
  return days === row.duration_days
    ? `Its ${row.duration_days} days are over`
    : `Its time was over at ${row.expires_at}`;
}
