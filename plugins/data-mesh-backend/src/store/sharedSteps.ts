import type { Knex } from 'knex';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import { baselineOf, planStepOf } from './StepRow';
import { whereHoldsSomething } from './steps';
import type { StepRow } from './tables';

/**
 * Steps that may have put something where this one looks: what they put there
 * is not `before us`. Those being undone count as long as they are not.
 */
export async function contributorsOf(
  db: Knex,
  step: Pick<StepRow, 'id'>,
): Promise<LiveStep[]> {
  return liveSteps(sharingWith(db, step));
}

/**
 * Steps that need what this one would take away: those of other entitlements
 * that are in force, may be, or are looked at again. Those of its own end
 * together with it, but where it leaves by a change: then the ones that stay
 * need it too.
 */
export async function usersOf(
  db: Knex,
  step: Pick<StepRow, 'id' | 'entitlement_id'>,
  options: { ownStay?: boolean } = {},
): Promise<LiveStep[]> {
  return liveSteps(
    sharingWith(db, step)
      .where((own: Knex.QueryBuilder) => {
        own.whereNot('o.entitlement_id', step.entitlement_id);
        if (options.ownStay) own.orWhere('o.leaving', false);
      })
      .where('o.direction', 'apply'),
  );
}

/** Others that share a key with the step, were begun and hold something. */
function sharingWith(db: Knex, step: Pick<StepRow, 'id'>): Knex.QueryBuilder {
  return db('entitlement_steps as o')
    .whereIn(
      'o.id',
      db('step_shares as theirs')
        .join('step_shares as mine', 'mine.share_key', 'theirs.share_key')
        .where('mine.step_id', step.id)
        .select('theirs.step_id'),
    )
    .whereNot('o.id', step.id)
    .whereNotNull('o.baseline')
    .modify(query => whereHoldsSomething(query, 'o.state'));
}

async function liveSteps(query: Knex.QueryBuilder): Promise<LiveStep[]> {
  const rows: StepRow[] = await query.select('o.*').orderBy('o.id');
  return rows.map(row => ({
    step: planStepOf(row),
    baseline: baselineOf(row) ?? {},
  }));
}
