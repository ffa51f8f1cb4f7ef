import type { Knex } from 'knex';
import { byIds, liveInGroups } from '../store/grants/observedGrants';
import { readAll } from '../store/page';
import { inTurns, mapInTurns } from '../turns';
import { insertProducts } from './insertProducts';
import { ChangedGroups } from './GrantCounts';
import {
  reasonsFor,
  type ReasonColumns,
  type ReasonContext,
} from './reasonsFor';
import type { StepGroups } from './StepGroups';
import { explainedOnly, keepParts, leftByRecords } from './takenBack';
import { grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';

/** Whether a scan has just looked, or only the records have changed. */
export type Occasion = 'scan' | 'record';

/**
 * Keeps the reasons of the grants that are stored up to date. Writes only what
 * is different.
 */
export class GrantExplainer {
  readonly #knex: Knex;
  readonly #groups: StepGroups;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; groups: StepGroups; clock: () => Date }) {
    this.#knex = options.knex;
    this.#groups = options.groups;
    this.#clock = options.clock;
  }

  /** All grants of a target, after a scan. */
  async explainTarget(
    context: ReasonContext,
    groups: ChangedGroups,
    options: { onBatch?(): Promise<void> } = {},
  ): Promise<void> {
    const keys = readAll<Pick<ObservedGrantRow, 'id' | 'grant_key'>>(
      this.#knex,
      {
        order: ['grant_key'],
        keyOf: row => [row.grant_key],
        source: () =>
          this.#knex('observed_grants')
            .where({ target_id: context.target.id })
            .whereNull('gone_at')
            .select('id', 'grant_key'),
      },
    );
    for await (const batch of keys) {
      const ids = batch.map(row => row.id);
      for await (const rows of byIds(this.#knex, ids)) {
        await this.explainRows(context, rows, 'scan', groups);
      }
      await options.onBatch?.();
    }
  }

  /**
   * Grants of some groups, after what was decided or recorded about them has
   * changed. What was seen is older than that: it makes nobody's grant drift,
   * only the next scan does.
   */
  async explainGroups(
    context: ReasonContext,
    groupKeys: readonly string[],
    groups: ChangedGroups,
  ): Promise<void> {
    const rows = await liveInGroups(this.#knex, context.target.id, groupKeys);
    await this.explainRows(context, rows, 'record', groups);
  }

  /**
   * Some grants of a target.
   *
   * @returns their reasons, in their order
   */
  async explainRows(
    context: ReasonContext,
    rows: readonly ObservedGrantRow[],
    occasion: Occasion,
    groups: ChangedGroups,
  ): Promise<ReasonColumns[]> {
    const reasons = await reasonsFor(
      this.#groups,
      this.#knex,
      context,
      await mapInTurns(rows, row => ({
        ...row,
        grant: grantOf(row),
        stored: row,
      })),
    );
    for await (const [index, row] of inTurns(rows.entries())) {
      const reason = reasons[index];
      const isNews = (Object.keys(reason) as Array<keyof ReasonColumns>).some(
        column => reason[column] !== row[column],
      );
      if (!isNews) continue;
      if (occasion === 'record' && isWorse(row, reason)) {
        await this.#takeBack(context, row, reason, groups);
        continue;
      }
      await this.#write(row, reason, groups);
    }
    return reasons;
  }

  async #write(
    row: ObservedGrantRow,
    reason: ReasonColumns,
    groups: ChangedGroups,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const written = await tx<ObservedGrantRow>('observed_grants')
        .where({ id: row.id })
        .whereNull('gone_at')
        .update(reason);
      if (written !== 1 || reason.products === row.products) return;
      await tx('observed_grant_products').where({ grant_id: row.id }).delete();
      await insertProducts(tx, [{ ...row, ...reason }]);
    });
    groups.add(
      row,
      ...(JSON.parse(row.products) as string[]),
      ...(JSON.parse(reason.products) as string[]),
    );
  }

  /**
   * Less of it is approved than before: the worker has taken that back, and
   * verified it, after the scan saw it.
   */
  async #takeBack(
    { provisioner }: ReasonContext,
    row: ObservedGrantRow,
    reason: ReasonColumns,
    groups: ChangedGroups,
  ): Promise<void> {
    // Of what it found there, an entitlement takes nothing back.
    if (row.because !== 'entitlement' || row.excess !== null) return;
    const left = leftByRecords(provisioner, grantOf(row), reason);
    const at = this.#clock().toISOString();
    if (left.length > 0) {
      const stays = explainedOnly({ ...row, ...reason });
      await keepParts(this.#knex, stays, left, at);
    } else {
      await endGrant(this.#knex, row, at);
    }
    groups.add(row, ...(JSON.parse(row.products) as string[]));
  }
}

/** Notes that a grant is gone, before a scan has seen it. */
export async function endGrant(
  knex: Knex,
  row: Pick<ObservedGrantRow, 'id' | 'target_id' | 'grant_key'>,
  at: string,
): Promise<void> {
  await knex.transaction(async tx => {
    const target = await tx('scan_targets')
      .where({ id: row.target_id })
      .first('seen_at');
    await tx<ObservedGrantRow>('observed_grants')
      .where({ id: row.id })
      .whereNull('gone_at')
      .update({ gone_at: at, last_seen_at: target?.seen_at ?? at });
    await tx('observed_grant_products')
      .where({ grant_id: row.id })
      .whereNull('gone_at')
      .update({ gone_at: at });
    await tx('adopted_grants')
      .where({ target_id: row.target_id, grant_key: row.grant_key })
      .whereNull('gone_at')
      .update({ gone_at: at });
  });
}

type Reason = Pick<ReasonColumns, 'because' | 'excess'>;

/** Whether more of it would be unexplained than before. */
function isWorse(before: Reason, after: Reason): boolean {
  const open = ({ because, excess }: Reason) => {
    if (because === 'unexplained') return 2;
    return excess === null ? 0 : 1;
  };
  return open(after) > open(before);
}
