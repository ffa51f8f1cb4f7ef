import type { Knex } from 'knex';
import type { Health } from '@lakemesh/backstage-plugin-data-mesh-common';
import { heldInWords } from '../grants/heldInWords';
import {
  closeDrift,
  openSubjects,
  reportDrift,
} from '../store/drift/driftItems';
import { byIds } from '../store/grants/observedGrants';
import { excessOf as partsOf } from '../store/grants/ObservedGrantRow';
import { findingsOf } from '../store/steps/stepFindings';
import type {
  EntitlementRow,
  FindingRow,
  ObservedGrantRow,
} from '../store/tables';
import { inTurns } from '../turns';
import { identityWordsOf } from './identities';
import type { JudgeDeps } from './JudgedScan';

/** Grants that are too much, told of one entitlement. */
const MOST_TOLD = 3;

/**
 * Health of active entitlements by all that was found of them, and their open
 * drift.
 */
export async function settleHealth(
  deps: JudgeDeps,
  rows: readonly EntitlementRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const found = await foundOf(
    deps.knex,
    rows.map(row => row.id),
  );
  for await (const row of inTurns(rows)) {
    const findings = found.findings.get(row.id) ?? [];
    const missing = [...new Set(findings.map(one => one.words))].join('; ');
    if (findings.length > 0) {
      await reportDrift(
        deps.knex,
        {
          kind: 'missing',
          subject: row.id,
          targetId: findings[0].target_id ?? undefined,
          accountId: await accountOf(deps.knex, findings[0].target_id),
          entitlementId: row.id,
          productRef: row.product_ref,
          words: missing,
        },
        deps.clock(),
      );
    } else if (found.open.has(row.id)) {
      await closeDrift(deps.knex, 'missing', row.id, deps.clock());
    }
    const changed = found.identities.get(row.id);
    const reasons = [changed ?? '', missing].filter(words => words !== '');
    const { health, reason } = healthOf(reasons, found.excess.get(row.id));
    // Asked first: what is as it was is not written.
    const isNews =
      row.health !== health || (row.health_reason ?? undefined) !== reason;
    if (isNews && (await deps.store.setHealth(row.id, health, reason))) {
      deps.healthChanged(row.id);
    }
  }
}

/** All that health goes by, of some entitlements. */
async function foundOf(knex: Knex, ids: readonly string[]) {
  const findings = new Map<string, FindingRow[]>();
  for (const row of await findingsOf(knex, ids)) {
    const list = findings.get(row.entitlement_id) ?? [];
    list.push(row);
    findings.set(row.entitlement_id, list);
  }
  return {
    findings,
    open: await openSubjects(knex, 'missing', ids),
    identities: await identityWordsOf(knex, ids),
    excess: await excessOf(knex, ids),
  };
}

/** What is held beyond what was approved, in words. */
async function excessOf(
  knex: Knex,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows: Array<Pick<ObservedGrantRow, 'id' | 'entitlement_id'>> =
    await knex('observed_grants')
      .whereIn('entitlement_id', [...ids])
      .where({ because: 'approved-and-more' })
      .whereNull('gone_at')
      .whereNotNull('excess')
      .orderBy('id')
      .select('id', 'entitlement_id');
  const told = firstOfEach(rows, row => row.entitlement_id ?? '', MOST_TOLD);
  const words = new Map<string, string[]>();
  for await (const grants of byIds(
    knex,
    told.map(row => row.id),
  )) {
    for (const row of grants) {
      const id = row.entitlement_id ?? '';
      const known = words.get(id) ?? [];
      words.set(id, [...known, ...partsOf(row).map(heldInWords)]);
    }
  }
  return new Map(
    Array.from(words, ([id, parts]) => [
      id,
      `Holds more than was approved: ${parts.join('; ')}`,
    ]),
  );
}

async function accountOf(
  knex: Knex,
  targetId: string | null,
): Promise<string | undefined> {
  if (targetId === null) return undefined;
  const row = await knex('scan_targets')
    .where({ id: targetId })
    .first('account_id');
  return row?.account_id ?? undefined;
}

/** The first items that have each key. */
function firstOfEach<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  most: number,
): T[] {
  const counts = new Map<string, number>();
  return items.filter(item => {
    const count = (counts.get(keyOf(item)) ?? 0) + 1;
    counts.set(keyOf(item), count);
    return count <= most;
  });
}

/** What lacks weighs more than what is too much. */
function healthOf(
  reasons: readonly string[],
  excess: string | undefined,
): { health: Health; reason?: string } {
  if (reasons.length > 0) {
    return { health: 'degraded', reason: reasons.join('; ') };
  }
  return excess ? { health: 'excess', reason: excess } : { health: 'ok' };
}
