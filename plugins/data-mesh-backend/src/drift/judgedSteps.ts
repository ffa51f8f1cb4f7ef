import type { Knex } from 'knex';
import type {
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import { liveInGroups } from '../store/grants/observedGrants';
import { grantOf } from '../store/grants/ObservedGrantRow';
import { planStepOf } from '../store/steps/StepRow';
import { inTurns } from '../turns';
import type { StepRow } from '../store/tables';
import type { TargetLease } from '../store/scans/ScanRow';
import type { JudgedScan } from './JudgedScan';
import { type StepInGroup, NOWHERE } from '../store/steps/stepGroups';
import { stepsById } from '../store/steps/steps';

const AT_ONCE = 100;

/** A step with the groups of grants that it shows in. */
export interface JudgedStep extends Pick<StepRow, 'id' | 'entitlement_id'> {
  plan: PlanStep;
  groups: string[];
}

/** What is held of a step, by what the scan has read; grants by their groups. */
export function judgementOf(
  { scanner, isFresh }: Pick<JudgedScan, 'scanner' | 'isFresh'>,
  { plan, groups }: JudgedStep,
  grants: ReadonlyMap<string, ObservedGrant[]>,
): StepJudgement {
  // Without groups it can show only in what scanners read beside the grants.
  if (groups.length === 0 && !isFresh) return { state: 'unseen' };
  return scanner.judge(
    plan,
    groups.flatMap(group => grants.get(group) ?? []),
  );
}

/** Steps, each with all groups that it shows in. */
export async function judgedSteps(
  db: Knex,
  rows: readonly StepInGroup[],
): Promise<JudgedStep[]> {
  const found = new Map<string, Omit<JudgedStep, 'plan'>>();
  for (const { group_key: group, ...row } of rows) {
    const step = found.get(row.id) ?? { ...row, groups: [] };
    if (group !== NOWHERE) step.groups.push(group);
    found.set(row.id, step);
  }
  const steps: JudgedStep[] = [];
  for await (const row of stepsById(db, [...found.keys()])) {
    const step = found.get(row.id);
    if (step) steps.push({ ...step, plan: planStepOf(row) });
  }
  return steps;
}

/** What is held in the groups of some steps. */
export async function grantsOfSteps(
  db: Knex,
  claim: TargetLease,
  steps: readonly JudgedStep[],
): Promise<Map<string, ObservedGrant[]>> {
  const wanted = [...new Set(steps.flatMap(step => step.groups))];
  const found = new Map<string, ObservedGrant[]>();
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const rows = await liveInGroups(
      db,
      claim.target.id,
      wanted.slice(start, start + AT_ONCE),
    );
    for await (const row of inTurns(rows)) {
      const list = found.get(row.group_key) ?? [];
      list.push(grantOf(row));
      found.set(row.group_key, list);
    }
  }
  return found;
}
