import type { Knex } from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Health,
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  Provisioner,
  StepJudgement,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  portOf,
  principalOf,
  type EntitlementRow,
} from '../entitlements/EntitlementRow';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import { grantOf } from '../grants/ObservedGrantRow';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioning/ProvisionerFailure';
import { planStepOf, type StepRow } from '../provisioning/StepRow';
import type { ScanClaim } from '../scans/ScanRow';
import type { DriftStore } from './DriftStore';
import { changedIdentities } from './changedIdentities';

const AT_ONCE = 100;
const ENDED = ['revoked', 'expired'];
const MOST_RESIDUE = 200;

interface FindingRow {
  step_id: string;
  entitlement_id: string;
  target_id: string | null;
  state: 'partial' | 'absent';
  words: string;
  seen_at: string;
}

/** A step with the groups of grants that it shows in. */
interface JudgedStep extends Pick<StepRow, 'id' | 'entitlement_id' | 'step'> {
  plan: PlanStep;
  groups: string[];
}

/** What judging needs of a scan. */
export interface JudgedScan {
  claim: ScanClaim;
  provisioner: Provisioner;
  scanner: GrantScanner;
  signal?: AbortSignal;
  /** Called now and then: to keep the lease. */
  onBatch(): Promise<void>;
}

/**
 * Compares entitlements with what a scan has seen: whether all of each active
 * one is there, whether it is still given for the same thing, and whether what
 * could not be taken back is gone.
 */
export class EntitlementJudge {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #drift: DriftStore;
  readonly #clock: () => Date;
  readonly #checksPerScan: number;
  readonly #logger: LoggerService;
  readonly #healthChanged: (entitlementId: string) => void;
  readonly #residueIsGone: (entitlementId: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    drift: DriftStore;
    clock: () => Date;
    checksPerScan: number;
    logger: LoggerService;
    healthChanged(entitlementId: string): void;
    /** Nothing is left of what could not be taken back. */
    residueIsGone(entitlementId: string): Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#drift = options.drift;
    this.#clock = options.clock;
    this.#checksPerScan = options.checksPerScan;
    this.#logger = options.logger;
    this.#healthChanged = id => options.healthChanged(id);
    this.#residueIsGone = id => options.residueIsGone(id);
  }

  /** Judges all that a target's grants tell of entitlements. */
  async judge(scan: JudgedScan): Promise<void> {
    for await (const rows of this.#active(scan.claim)) {
      await this.#judgeSteps(scan, rows);
      for (const row of rows) await this.settle(row);
      await scan.onBatch();
    }
    await this.#lookBeyond(scan);
    await this.#judgeResidue(scan);
    await this.#drift.closeEnded();
  }

  /**
   * Health of an active entitlement by all that was found of it, and its open
   * drift.
   */
  async settle(row: EntitlementRow): Promise<void> {
    const findings: FindingRow[] = await this.#knex<FindingRow>('step_findings')
      .where({ entitlement_id: row.id })
      .orderBy('step_id');
    const missing = [...new Set(findings.map(one => one.words))].join('; ');
    if (findings.length > 0) {
      await this.#drift.report({
        kind: 'missing',
        subject: row.id,
        targetId: findings[0].target_id ?? undefined,
        accountId: await this.#accountOf(findings[0].target_id),
        entitlementId: row.id,
        productRef: row.product_ref,
        words: missing,
      });
    } else {
      await this.#drift.close('missing', row.id);
    }
    const identity = await this.#knex('entitlement_checks')
      .where({ entitlement_id: row.id })
      .first('identity_words');
    const reasons = [identity?.identity_words, missing].filter(Boolean);
    const excess =
      reasons.length === 0 ? await this.#excessOf(row.id) : undefined;
    const { health, reason } = healthOf(reasons, excess);
    // Asked first: what is as it was is not written.
    const isNews =
      row.health !== health || (row.health_reason ?? undefined) !== reason;
    if (isNews && (await this.#store.setHealth(row.id, health, reason))) {
      this.#healthChanged(row.id);
    }
  }

  /**
   * Forgets what was found of steps that the worker has verified since, or that
   * are not to be there any more.
   */
  async forgetVerified(entitlementId: string): Promise<void> {
    const rows: Array<Pick<FindingRow, 'step_id'>> = await this.#knex(
      'step_findings as f',
    )
      .join('entitlement_steps as s', 's.id', 'f.step_id')
      .where('f.entitlement_id', entitlementId)
      .where(query =>
        query
          .whereIn('s.state', ['undone', 'skipped'])
          .orWhere('s.direction', 'undo')
          .orWhere(verified =>
            verified
              .where('s.state', 'done')
              .whereRaw('s.finished_at >= f.seen_at'),
          ),
      )
      .select('f.step_id');
    if (rows.length === 0) return;
    await this.#knex('step_findings')
      .whereIn(
        'step_id',
        rows.map(row => row.step_id),
      )
      .delete();
    const row = await this.#store.get(entitlementId);
    if (row.state === 'active') await this.settle(row);
  }

  /**
   * Active entitlements with steps in the target. What has changed since the
   * scan began is left to the next one: the grants may be older than it.
   */
  async *#active(claim: ScanClaim): AsyncGenerator<EntitlementRow[]> {
    let after = '';
    for (;;) {
      const rows: EntitlementRow[] = await this.#knex<EntitlementRow>(
        'entitlements',
      )
        .where({ state: 'active' })
        .where('updated_at', '<', claim.startedAt)
        .where('id', '>', after)
        .whereIn('id', this.#withSteps(claim))
        .orderBy('id')
        .limit(AT_ONCE);
      if (rows.length === 0) return;
      after = rows[rows.length - 1].id;
      yield rows;
    }
  }

  #withSteps(claim: ScanClaim): Knex.QueryBuilder {
    return this.#knex('step_groups as g')
      .join('entitlement_steps as s', 's.id', 'g.step_id')
      .where('g.target_id', claim.target.id)
      .select('s.entitlement_id');
  }

  async #judgeSteps(
    { claim, scanner }: JudgedScan,
    rows: readonly EntitlementRow[],
  ): Promise<void> {
    const steps = (
      await this.#stepsOf(
        claim,
        rows.map(row => row.id),
        query =>
          query
            .where('s.direction', 'apply')
            .where('s.state', 'done')
            .where('s.finished_at', '<', claim.startedAt),
      )
    ).filter(step => step.groups.length > 0);
    const grants = await this.#grantsOf(
      claim.target.id,
      steps.flatMap(step => step.groups),
    );
    for (const step of steps) {
      const judgement = scanner.judge(
        step.plan,
        step.groups.flatMap(group => grants.get(group) ?? []),
      );
      if (judgement.state !== 'unseen') {
        await this.#note(claim, step, judgement);
      }
    }
  }

  /** What grants do not show, of those that were not looked at for longest. */
  async #lookBeyond(scan: JudgedScan): Promise<void> {
    const { claim } = scan;
    const rows: EntitlementRow[] = await this.#knex<EntitlementRow>(
      'entitlements as e',
    )
      .leftJoin('entitlement_checks as c', 'c.entitlement_id', 'e.id')
      .where('e.state', 'active')
      .where('e.updated_at', '<', claim.startedAt)
      .whereIn('e.id', this.#withSteps(claim))
      .orderByRaw(`coalesce(c.checked_at, ''), e.id`)
      .limit(this.#checksPerScan)
      .select('e.*');
    for (const row of rows) {
      scan.signal?.throwIfAborted();
      await this.#lookAtUnseen(scan, row);
      await this.#lookAtIdentity(scan, row);
      await this.settle(row);
      await scan.onBatch();
    }
  }

  async #lookAtUnseen(scan: JudgedScan, row: EntitlementRow): Promise<void> {
    const { claim, provisioner, scanner, signal } = scan;
    const steps = await this.#stepsOf(claim, [row.id], query =>
      query.where('s.direction', 'apply').where('s.state', 'done'),
    );
    for (const step of steps) {
      if (scanner.judge(step.plan, []).state !== 'unseen') continue;
      const seen = await this.#try(() =>
        callProvisioner(provisioner, () =>
          provisioner.observe(step.plan, { signal }),
        ),
      );
      if (!seen) continue;
      await this.#note(
        claim,
        step,
        seen.state === 'present'
          ? { state: 'present' }
          : {
              state: seen.state,
              words: `${provisioner.title} does not hold ${
                seen.state === 'partial' ? 'all of ' : ''
              }this any more: ${step.plan.words}`,
            },
      );
    }
  }

  async #lookAtIdentity(
    { claim, provisioner, signal }: JudgedScan,
    row: EntitlementRow,
  ): Promise<void> {
    const given = JSON.parse(row.identities) as { [key: string]: string };
    const intent = {
      port: portOf(row),
      scope: JSON.parse(row.scope),
      principal: principalOf(row),
    };
    let words: string[];
    try {
      const resolved = await provisioner.resolve(intent, { signal });
      words = changedIdentities(given, resolved.identities);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NotFoundError') {
        // What cannot be looked at now is looked at another time.
        await this.#noteCheck(row.id, undefined);
        return;
      }
      words = [error.message];
    }
    await this.#noteCheck(row.id, words);
    if (words.length === 0) {
      await this.#drift.close('identity', row.id);
      return;
    }
    await this.#drift.report({
      kind: 'identity',
      subject: row.id,
      targetId: claim.target.id,
      accountId: claim.target.accountId,
      entitlementId: row.id,
      productRef: row.product_ref,
      words: words.join('; '),
    });
  }

  /** What a person closed is drift until it is proved to be gone. */
  async #judgeResidue(scan: JudgedScan): Promise<void> {
    const { claim, provisioner, scanner, signal } = scan;
    const steps = await this.#stepsOf(claim, undefined, query =>
      query
        .join('entitlements as e', 'e.id', 's.entitlement_id')
        .whereIn('e.state', ENDED)
        .where('e.updated_at', '<', claim.startedAt)
        .whereNotNull('s.baseline')
        .whereNotIn('s.state', ['undone', 'skipped'])
        .limit(MOST_RESIDUE),
    );
    const grants = await this.#grantsOf(
      claim.target.id,
      steps.flatMap(step => step.groups),
    );
    for (const step of steps) {
      const subject = `step:${step.id}`;
      const judged = scanner.judge(
        step.plan,
        step.groups.flatMap(group => grants.get(group) ?? []),
      );
      const isUnseen = judged.state === 'unseen';
      const state = isUnseen
        ? (
            await this.#try(() =>
              callProvisioner(provisioner, () =>
                provisioner.observe(step.plan, { signal }),
              ),
            )
          )?.state
        : judged.state;
      if (state === 'absent') {
        await this.#residueGone(step);
        await this.#drift.close('residue', subject);
      } else if (isUnseen && state !== undefined) {
        const row = await this.#store.get(step.entitlement_id);
        await this.#drift.report({
          kind: 'residue',
          subject,
          targetId: claim.target.id,
          accountId: claim.target.accountId,
          entitlementId: row.id,
          productRef: row.product_ref,
          words: `Could not be taken back: ${step.plan.words}`,
        });
      }
    }
  }

  /** The last step that is gone takes the residue with it. */
  async #residueGone(step: JudgedStep): Promise<void> {
    await this.#knex<StepRow>('entitlement_steps')
      .where({ id: step.id })
      .whereNotIn('state', ['running', 'undone', 'skipped'])
      .update({
        state: 'undone',
        outcome: 'closed as residue, then seen to be gone',
        finished_at: this.#clock().toISOString(),
      });
    const left = await this.#knex<StepRow>('entitlement_steps')
      .where({ entitlement_id: step.entitlement_id })
      .whereNotIn('state', ['undone', 'skipped'])
      .first('id');
    if (!left) await this.#residueIsGone(step.entitlement_id);
  }

  async #stepsOf(
    claim: ScanClaim,
    entitlementIds: readonly string[] | undefined,
    narrow: (query: Knex.QueryBuilder) => void,
  ): Promise<JudgedStep[]> {
    const rows: Array<
      Pick<StepRow, 'id' | 'entitlement_id' | 'step'> & { group_key: string }
    > = await this.#knex('entitlement_steps as s')
      .join('step_groups as g', 'g.step_id', 's.id')
      .where('g.target_id', claim.target.id)
      .modify(query => {
        if (entitlementIds)
          query.whereIn('s.entitlement_id', [...entitlementIds]);
        narrow(query);
      })
      .orderBy('s.id')
      .select('s.id', 's.entitlement_id', 's.step', 'g.group_key');
    const byId = new Map<string, JudgedStep>();
    for (const { group_key: group, ...row } of rows) {
      const step = byId.get(row.id) ?? {
        ...row,
        plan: planStepOf(row),
        groups: [],
      };
      if (group !== '') step.groups.push(group);
      byId.set(row.id, step);
    }
    return [...byId.values()];
  }

  async #grantsOf(
    targetId: string,
    groups: readonly string[],
  ): Promise<Map<string, ObservedGrant[]>> {
    const wanted = [...new Set(groups)];
    const found = new Map<string, ObservedGrant[]>();
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      const rows: Array<{ group_key: string; data: string }> = await this.#knex(
        'observed_grants',
      )
        .where({ target_id: targetId })
        .whereIn('group_key', wanted.slice(start, start + AT_ONCE))
        .whereNull('gone_at')
        .orderBy('id')
        .select('group_key', 'data');
      for (const row of rows) {
        const list = found.get(row.group_key) ?? [];
        list.push(grantOf(row));
        found.set(row.group_key, list);
      }
    }
    return found;
  }

  /** Writes only what is news. */
  async #note(
    claim: ScanClaim,
    step: JudgedStep,
    judgement: Exclude<StepJudgement, { state: 'unseen' }>,
  ): Promise<void> {
    const old = await this.#knex<FindingRow>('step_findings')
      .where({ step_id: step.id })
      .first();
    if (judgement.state === 'present') {
      if (old) {
        await this.#knex('step_findings').where({ step_id: step.id }).delete();
      }
      return;
    }
    if (old?.words === judgement.words && old.state === judgement.state) return;
    await this.#knex<FindingRow>('step_findings')
      .insert({
        step_id: step.id,
        entitlement_id: step.entitlement_id,
        target_id: claim.target.id,
        state: judgement.state,
        words: judgement.words,
        seen_at: this.#clock().toISOString(),
      })
      .onConflict('step_id')
      .merge();
  }

  async #noteCheck(
    entitlementId: string,
    words: readonly string[] | undefined,
  ): Promise<void> {
    const found = words && {
      identity_words: words.length > 0 ? words.join('; ') : null,
    };
    await this.#knex('entitlement_checks')
      .insert({
        entitlement_id: entitlementId,
        checked_at: this.#clock().toISOString(),
        ...found,
      })
      .onConflict('entitlement_id')
      .merge();
  }

  async #excessOf(entitlementId: string): Promise<string | undefined> {
    const rows = await this.#knex('observed_grants')
      .where({ entitlement_id: entitlementId, because: 'entitlement' })
      .whereNull('gone_at')
      .whereNotNull('excess')
      .limit(3)
      .select('excess');
    if (rows.length === 0) return undefined;
    const parts = rows.flatMap(
      row => JSON.parse(row.excess) as ObservedGrant[],
    );
    const what = parts.map(
      ({ permissions, resource }) =>
        `${permissions.join(', ')} on ${resource.words}${
          resource.columns ? ` (${resource.columns.join(', ')})` : ''
        }`,
    );
    return `Holds more than was approved: ${what.join('; ')}`;
  }

  async #accountOf(targetId: string | null): Promise<string | undefined> {
    if (targetId === null) return undefined;
    const row = await this.#knex('scan_targets')
      .where({ id: targetId })
      .first('account_id');
    return row?.account_id ?? undefined;
  }

  async #try<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      this.#logger.debug(
        `A look beyond the grants failed; another scan tries again: ${error.message}`,
      );
      return undefined;
    }
  }
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
