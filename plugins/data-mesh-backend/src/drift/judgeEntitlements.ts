import type { Knex } from 'knex';
import type {
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import { callProvisioner } from '../provisioners/ProvisionerFailure';
import { closeEndedDrift } from '../store/drift/driftItems';
import type { TargetLease } from '../store/scans/ScanRow';
import { deleteFindings, settledFindings } from '../store/steps/stepFindings';
import { largeEntitlements } from '../store/entitlements/EntitlementRow';
import { partsInOrder } from '../store/inParts';
import { appliedStepsIn, entitlementsIn } from '../store/steps/stepGroups';
import type { EntitlementRow } from '../store/tables';
import { inTurns, mapInTurns } from '../turns';
import { lookAtIdentities } from './identities';
import type { JudgeDeps, JudgedScan } from './JudgedScan';
import {
  grantsOfSteps,
  judgedSteps,
  judgementOf,
  type JudgedStep,
} from './judgedSteps';
import { judgeResidue } from './judgeResidue';
import { lookIfPossible } from './lookIfPossible';
import { noteFindings, type JudgedAs } from './noteFindings';
import { settleHealth } from './settleHealth';

const AT_ONCE = 100;
/** As if nothing had been seen. */
const NOTHING: ReadonlyMap<string, ObservedGrant[]> = new Map();

/** Judges all that a target's grants tell of entitlements. */
export async function judgeEntitlements(
  deps: JudgeDeps,
  scan: JudgedScan,
): Promise<void> {
  for await (const rows of activeIn(deps.knex, scan.claim)) {
    const steps = await stepsOf(deps.knex, scan.claim, rows);
    const grants = await grantsOfSteps(deps.knex, scan.claim, steps);
    await take(deps, scan, rows, await judgedAs(scan, steps, grants));
    await scan.onBatch();
  }
  await lookBeyond(deps, scan);
  await judgeResidue(deps, scan);
  await closeEndedDrift(deps.knex, deps.clock());
}

/**
 * Judges some entitlements by a look at a part of a target: only steps of
 * which it shows all grants.
 *
 * @param isKept - else nothing is written
 * @returns ids of those of which nothing is held
 */
export async function judgePart(
  deps: JudgeDeps,
  scan: JudgedScan & {
    grants: ReadonlyMap<string, ObservedGrant[]>;
    shows(step: PlanStep): boolean;
  },
  rows: readonly EntitlementRow[],
  { isKept }: { isKept: boolean },
): Promise<string[]> {
  const { claim, grants } = scan;
  const judgeable = rows.filter(
    row => row.state === 'active' && row.updated_at < claim.startedAt,
  );
  const missing: string[] = [];
  for (let start = 0; start < judgeable.length; start += AT_ONCE) {
    const part = judgeable.slice(start, start + AT_ONCE);
    const steps = await stepsOf(deps.knex, claim, part);
    const shown = steps.filter(step => scan.shows(step.plan));
    const judged = await judgedAs(scan, shown, grants);
    missing.push(...nothingOf(judged));
    if (isKept) await take(deps, scan, part, judged);
  }
  return missing;
}

async function take(
  deps: JudgeDeps,
  { claim }: JudgedScan,
  rows: readonly EntitlementRow[],
  judged: readonly JudgedAs[],
): Promise<void> {
  await noteFindings(deps, claim, judged);
  await settleHealth(deps, rows);
}

/**
 * Forgets what was found of steps that the worker has verified since, or that
 * are not to be there any more.
 */
export async function forgetVerified(
  deps: JudgeDeps,
  entitlementId: string,
): Promise<void> {
  const settled = await settledFindings(deps.knex, entitlementId);
  if (settled.length === 0) return;
  await deleteFindings(deps.knex, settled);
  const row = await deps.store.get(entitlementId);
  if (row.state === 'active') await settleHealth(deps, [row]);
}

/**
 * Active entitlements with steps in the target. What has changed since the
 * scan began is left to the next one: the grants may be older than it.
 */
async function* activeIn(
  db: Knex,
  claim: TargetLease,
): AsyncGenerator<EntitlementRow[]> {
  let after = '';
  for (;;) {
    const found: Array<Pick<EntitlementRow, 'id'>> = await db<EntitlementRow>(
      'entitlements',
    )
      .where({ state: 'active' })
      .where('updated_at', '<', claim.startedAt)
      .where('id', '>', after)
      .whereIn('id', entitlementsIn(db, claim.target.id))
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id');
    if (found.length === 0) return;
    after = found[found.length - 1].id;
    yield* partsInOrder(db, largeEntitlements, query =>
      query
        .whereIn(
          'id',
          found.map(row => row.id),
        )
        .orderBy('id'),
    );
  }
}

async function stepsOf(
  db: Knex,
  { target, startedAt }: TargetLease,
  rows: readonly EntitlementRow[],
): Promise<JudgedStep[]> {
  return judgedSteps(
    db,
    await appliedStepsIn(
      db,
      target.id,
      rows.map(row => row.id),
      startedAt,
    ),
  );
}

/** What grants do not show, of those that were not looked at for longest. */
async function lookBeyond(deps: JudgeDeps, scan: JudgedScan): Promise<void> {
  const { claim } = scan;
  const found: Array<Pick<EntitlementRow, 'id'>> = await deps
    .knex<EntitlementRow>('entitlements as e')
    .leftJoin('entitlement_checks as c', 'c.entitlement_id', 'e.id')
    .where('e.state', 'active')
    .where('e.updated_at', '<', claim.startedAt)
    .whereIn('e.id', entitlementsIn(deps.knex, claim.target.id))
    .orderByRaw(`coalesce(c.checked_at, ''), e.id`)
    .limit(deps.checksPerScan)
    .select('e.id');
  for (const { id } of found) {
    scan.signal?.throwIfAborted();
    const row = await deps
      .knex<EntitlementRow>('entitlements')
      .where({ id })
      .first();
    if (!row) continue;
    await lookAtUnseen(deps, scan, row);
    await lookAtIdentities(deps, scan, row);
    await settleHealth(deps, [row]);
    await scan.onBatch();
  }
}

async function lookAtUnseen(
  deps: JudgeDeps,
  scan: JudgedScan,
  row: EntitlementRow,
): Promise<void> {
  const { claim, provisioner, signal } = scan;
  const steps = await judgedSteps(
    deps.knex,
    await appliedStepsIn(deps.knex, claim.target.id, [row.id]),
  );
  for await (const step of inTurns(steps)) {
    if (judgementOf(scan, step, NOTHING).state !== 'unseen') continue;
    const seen = await lookIfPossible(deps.logger, () =>
      callProvisioner(provisioner, () =>
        provisioner.observe(step.plan, { signal }),
      ),
    );
    if (!seen) continue;
    const judgement: StepJudgement =
      seen.state === 'present'
        ? { state: 'present' }
        : {
            state: seen.state,
            words: `${provisioner.title} does not hold ${
              seen.state === 'partial' ? 'all of ' : ''
            }this any more: ${step.plan.words.text}`,
          };
    await noteFindings(deps, claim, [{ step, judgement }]);
  }
}

/** How much is there of each step. */
async function judgedAs(
  scan: JudgedScan,
  steps: readonly JudgedStep[],
  grants: ReadonlyMap<string, ObservedGrant[]>,
): Promise<JudgedAs[]> {
  return mapInTurns(steps, step => ({
    step,
    judgement: judgementOf(scan, step, grants),
  }));
}

/** Entitlements of which some step was looked for and none was found. */
function nothingOf(judged: readonly JudgedAs[]): string[] {
  const isNothing = new Map<string, boolean>();
  for (const { step, judgement } of judged) {
    if (judgement.state === 'unseen') continue;
    const id = step.entitlement_id;
    const before = isNothing.get(id) ?? true;
    isNothing.set(id, before && judgement.state === 'absent');
  }
  return Array.from(isNothing).flatMap(([id, nothing]) => (nothing ? id : []));
}
