import {
  CHECKPOINT_ACTION,
  readCheckpoint,
  type AuditState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { durationToMilliseconds } from '@backstage/types';
import type { AuditConfig } from './auditConfig';
import type { AuditEventRow } from './AuditEventRow';
import type { TrailChecks } from './TrailChecks';
import { readHead } from './verifyTrail';

/** How long the trail is, what vouches for it, and how its last check ended. */
export async function trailState(deps: {
  knex: Knex;
  checks: Pick<TrailChecks, 'last'>;
  checkpoints: Pick<AuditConfig['checkpoints'], 'frequency' | 'file' | 's3'>;
}): Promise<AuditState> {
  const { knex, checks, checkpoints } = deps;
  const { sequence: events } = await readHead(knex);
  const first = await knex<AuditEventRow>('audit_events')
    .orderBy('sequence')
    .first('at');
  const taken = await knex<AuditEventRow>('audit_events')
    .where({ action: CHECKPOINT_ACTION })
    .orderBy('sequence', 'desc')
    .first('after');
  const [{ count }] = await knex('audit_events')
    .where({ action: CHECKPOINT_ACTION })
    .count({ count: '*' });
  const last = taken?.after && readCheckpoint(JSON.parse(taken.after) as never);
  const check = await checks.last();
  const { file, s3, frequency } = checkpoints;
  return {
    events,
    ...(first && { since: first.at }),
    checkpoints: Number(count),
    ...(last && { lastCheckpoint: last }),
    checkpointSeconds: Math.round(durationToMilliseconds(frequency) / 1000),
    keptIn: [
      ...(s3 ? [`s3://${s3.bucket}/${s3.prefix}`] : []),
      ...(file ? [file] : []),
    ],
    ...(check && { check }),
  };
}
