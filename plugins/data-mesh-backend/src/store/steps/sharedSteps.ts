import type { Knex } from 'knex';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import { baselineOf, planStepOf } from './StepRow';
import { readInParts, type Narrow } from '../inParts';
import { largeSteps, whereHoldsSomething } from './steps';
import type { StepRow } from '../tables';

/**
 * Steps that may have put something where this one looks: what they put there
 * is not `before us`. Those being undone count as long as they are not.
 */
export async function contributorsOf(
  db: Knex,
  step: Pick<StepRow, 'id'>,
): Promise<LiveStep[]> {
  return liveSteps(db, step);
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
  return liveSteps(db, step, query =>
    query
      .where((own: Knex.QueryBuilder) => {
        own.whereNot('entitlement_id', step.entitlement_id);
        if (options.ownStay) own.orWhere('leaving', false);
      })
      .where('direction', 'apply'),
  );
}

/** Others that share a key with the step, were begun and hold something. */
function liveSteps(
  db: Knex,
  step: Pick<StepRow, 'id'>,
  narrow: Narrow = () => {},
): Promise<LiveStep[]> {
  const sharing: Narrow = query => {
    query
      .whereIn(
        'id',
        db('step_shares as theirs')
          .join('step_shares as mine', 'mine.share_key', 'theirs.share_key')
          .where('mine.step_id', step.id)
          .select('theirs.step_id'),
      )
      .whereNot('id', step.id)
      .whereNotNull('baseline')
      .modify(steps => whereHoldsSomething(steps))
      .orderBy('id');
    narrow(query);
  };
  return readInParts(db, largeSteps, sharing, row => ({
    step: planStepOf(row),
    baseline: baselineOf(row) ?? {},
  }));
}
