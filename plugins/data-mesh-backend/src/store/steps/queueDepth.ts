import type { Knex } from 'knex';
import { whereWorkedOn } from './stepQueue';
import type { StepDirection, StepRow } from '../tables';

/** Steps that are not finished, by what they are for and how far they are. */
export interface QueueDepth {
  direction: StepDirection;
  state: StepRow['state'];
  steps: number;
  /** When the first of their entitlements came into the state it is in. */
  since: string;
}

/** Counts what the queue holds: steps that workers have to bring to an end. */
export async function queueDepth(knex: Knex): Promise<QueueDepth[]> {
  const rows: Array<Omit<QueueDepth, 'steps'> & { steps: number | string }> =
    await knex('entitlement_steps as s')
      .join('entitlements as e', 'e.id', 's.entitlement_id')
      .where(whereWorkedOn)
      .whereIn('s.state', ['pending', 'waiting', 'running'])
      .groupBy('s.direction', 's.state')
      .select('s.direction', 's.state')
      .count({ steps: '*' })
      .min({ since: 'e.updated_at' });
  return rows.map(row => ({ ...row, steps: Number(row.steps) }));
}
