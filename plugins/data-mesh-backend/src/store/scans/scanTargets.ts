import type { Knex } from 'knex';
import { NotFoundError } from '@backstage/errors';
import type { ScanTarget } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScanRow, ScanTargetRow } from '../tables';

/** How the lease of a look is told from that of a scan. */
export const LOOK = 'look:';

/** Takes the targets of a port type over; those not among them retire. */
export async function syncTargets(
  db: Knex,
  portType: string,
  targets: readonly ScanTarget[],
  now: Date,
): Promise<void> {
  const stored: ScanTargetRow[] = await db<ScanTargetRow>('scan_targets').where(
    { port_type: portType },
  );
  const byId = new Map(stored.map(row => [row.id, row]));
  for (const target of targets) {
    const row = {
      title: target.title,
      account_id: target.accountId ?? null,
      data: JSON.stringify(target),
      retired_at: null,
    };
    const old = byId.get(target.id);
    byId.delete(target.id);
    if (!old) {
      await db<ScanTargetRow>('scan_targets')
        .insert({ id: target.id, port_type: portType, grants: 0, ...row })
        .onConflict('id')
        .ignore();
    } else if (old.data !== row.data || old.retired_at !== null) {
      await db<ScanTargetRow>('scan_targets')
        .where({ id: target.id })
        .update(row);
    }
  }
  for (const { id, retired_at: retired } of byId.values()) {
    if (retired === null) {
      await db<ScanTargetRow>('scan_targets')
        .where({ id })
        .update({ retired_at: now.toISOString() });
    }
  }
}

/** Targets that something leads to, by title. */
export async function targetsInUse(db: Knex): Promise<ScanTargetRow[]> {
  return db<ScanTargetRow>('scan_targets')
    .whereNull('retired_at')
    .orderBy(['title', 'id']);
}

/** @throws NotFoundError */
export async function getTarget(db: Knex, id: string): Promise<ScanTargetRow> {
  const row = await db<ScanTargetRow>('scan_targets').where({ id }).first();
  if (!row) throw new NotFoundError(`No scan target has the id '${id}'`);
  return row;
}

/** Notes that somebody wants a scan, for whoever comes to it first. */
export async function requestScans(
  db: Knex,
  targetIds: readonly string[],
  actorRef: string,
  now: Date,
): Promise<void> {
  await db<ScanTargetRow>('scan_targets')
    .whereIn('id', [...targetIds])
    .update({ requested_at: now.toISOString(), requested_by: actorRef });
}

/**
 * Targets that wait for a scan somebody asked for, or whose scan was begun by
 * a replica that is no more.
 */
export async function waitingTargets(
  db: Knex,
  now: Date,
): Promise<ScanTargetRow[]> {
  return db<ScanTargetRow>('scan_targets')
    .whereNull('retired_at')
    .where(free => whereFree(free, now.toISOString()))
    .where(due =>
      due
        .whereNotNull('requested_at')
        .orWhereIn(
          'id',
          db<ScanRow>('scans').where({ state: 'running' }).select('target_id'),
        ),
    )
    .orderBy('id');
}

/** A look keeps no scan waiting. */
export function whereFree(query: Knex.QueryBuilder, now: string): void {
  query
    .whereNull('lease_until')
    .orWhere('lease_until', '<=', now)
    .orWhere('lease_owner', 'like', `${LOOK}%`);
}

/** Notes that all targets are being scanned. */
export async function beginPass(db: Knex, now: Date): Promise<void> {
  await db('scan_clock')
    .where({ id: 1 })
    .update({ last_pass_at: now.toISOString() });
}

/** When all targets were last begun to be scanned. */
export async function lastPassAt(db: Knex): Promise<string | undefined> {
  const row = await db('scan_clock').where({ id: 1 }).first();
  return row?.last_pass_at ?? undefined;
}
