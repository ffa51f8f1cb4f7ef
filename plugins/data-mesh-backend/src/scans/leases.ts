import type { Knex } from 'knex';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { AuditLog } from '../audit/AuditLog';
import { SYSTEM_ACTOR } from '../identity/Caller';
import {
  targetOf,
  type ScanClaim,
  type TargetLease,
} from '../store/scans/ScanRow';
import { LOOK, getTarget, whereFree } from '../store/scans/scanTargets';
import type { ScanRow, ScanTargetRow } from '../store/tables';

/** The lease went to another replica, which begins the scan anew. */
export class ScanLeaseLostError extends Error {
  constructor(claim: TargetLease) {
    super(`The lease of the scan of ${claim.target.id} has gone to another`);
    this.name = 'ScanLeaseLostError';
  }
}

/** What a scan has counted so far. */
export type ScanCounts = Partial<
  Pick<ScanRow, 'grants' | 'added' | 'changed' | 'removed' | 'calls'>
>;

/** What taking and keeping a lease takes. */
export interface LeaseDeps {
  knex: Knex;
  clock: () => Date;
  newId: () => string;
  leaseSeconds: number;
}

const leaseEnd = ({ clock, leaseSeconds }: LeaseDeps): string =>
  new Date(clock().getTime() + leaseSeconds * 1000).toISOString();

/**
 * Takes the lease of a target and begins a scan, or begins the one anew that
 * a dead replica has left.
 *
 * @returns undefined where another one scans it now
 */
export async function claimTarget(
  deps: LeaseDeps,
  targetId: string,
  actorRef: string,
): Promise<ScanClaim | undefined> {
  const token = deps.newId();
  return deps.knex.transaction(async tx => {
    const now = deps.clock().toISOString();
    const taken = await tx<ScanTargetRow>('scan_targets')
      .where({ id: targetId })
      .where(free => whereFree(free, now))
      .update({ lease_owner: token, lease_until: leaseEnd(deps) });
    if (taken !== 1) return undefined;
    const row = await tx<ScanTargetRow>('scan_targets')
      .where({ id: targetId })
      .first();
    if (!row) return undefined;
    const left = await tx<ScanRow>('scans')
      .where({ target_id: targetId, state: 'running' })
      .first();
    const begun: Omit<ScanRow, 'id' | 'actor_ref'> = {
      target_id: targetId,
      state: 'running',
      claim: token,
      started_at: now,
      finished_at: null,
      grants: 0,
      added: 0,
      changed: 0,
      removed: 0,
      calls: 0,
      error: null,
      released_by: null,
      released_reason: null,
    };
    const actor = left?.actor_ref ?? row.requested_by ?? actorRef;
    const scanId = left?.id ?? deps.newId();
    if (left) {
      await tx('scan_changes').where({ claim: left.claim }).delete();
      await tx<ScanRow>('scans').where({ id: scanId }).update(begun);
    } else {
      await tx<ScanRow>('scans').insert({
        id: scanId,
        actor_ref: actor,
        ...begun,
      });
    }
    await tx<ScanTargetRow>('scan_targets')
      .where({ id: targetId })
      .update({ requested_at: null, requested_by: null });
    return {
      token,
      scanId,
      portType: row.port_type,
      target: targetOf(row),
      actorRef: actor,
      startedAt: now,
      seenAt: row.seen_at ?? undefined,
    };
  });
}

/**
 * Takes the lease to apply what a halted scan has staged.
 *
 * @throws NotFoundError, ConflictError where it is not halted, or not any more
 */
export async function claimHalted(
  deps: LeaseDeps,
  scanId: string,
  released: { actorRef: string; reason: string },
): Promise<ScanClaim> {
  return deps.knex.transaction(async tx => {
    const scan = await tx<ScanRow>('scans').where({ id: scanId }).first();
    if (!scan) throw new NotFoundError(`No scan has the id '${scanId}'`);
    const now = deps.clock().toISOString();
    const taken = await tx<ScanTargetRow>('scan_targets')
      .where({ id: scan.target_id })
      .where(free => whereFree(free, now))
      .update({ lease_owner: scan.claim, lease_until: leaseEnd(deps) });
    if (taken !== 1) {
      throw new ConflictError(
        `The target of scan ${scanId} is being scanned now; look again when that is done`,
      );
    }
    const updated = await tx<ScanRow>('scans')
      .where({ id: scanId, state: 'halted' })
      .update({
        state: 'running',
        error: null,
        released_by: released.actorRef,
        released_reason: released.reason,
      });
    const row = await tx<ScanTargetRow>('scan_targets')
      .where({ id: scan.target_id })
      .first();
    if (updated !== 1 || !row) {
      throw new ConflictError(
        `Scan ${scanId} is ${scan.state}, only a halted one can be released`,
      );
    }
    return {
      token: scan.claim,
      scanId,
      portType: row.port_type,
      target: targetOf(row),
      actorRef: released.actorRef,
      startedAt: scan.started_at,
      seenAt: row.seen_at ?? undefined,
    };
  });
}

/**
 * Takes the lease of a target for a look at a part of it. A scan that begins
 * meanwhile takes it away.
 *
 * @returns undefined where somebody else has it, and where the look could not
 *   tell what has changed: nobody has scanned the target yet, or a person has
 *   to say first whether the last scan is to be believed
 */
export async function borrowTarget(
  deps: LeaseDeps,
  targetId: string,
): Promise<TargetLease | undefined> {
  const token = `${LOOK}${deps.newId()}`;
  const now = deps.clock().toISOString();
  const taken = await deps
    .knex<ScanTargetRow>('scan_targets')
    .where({ id: targetId })
    .whereNotNull('seen_at')
    .where(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<=', now),
    )
    .whereNotExists(
      deps
        .knex('scans')
        .where({ target_id: targetId })
        .whereIn('state', ['running', 'halted']),
    )
    .update({ lease_owner: token, lease_until: leaseEnd(deps) });
  if (taken !== 1) return undefined;
  const row = await getTarget(deps.knex, targetId);
  return {
    token,
    portType: row.port_type,
    target: targetOf(row),
    startedAt: now,
    seenAt: row.seen_at ?? undefined,
  };
}

/** Ends a look; what it has staged and not applied is forgotten. */
export async function endLook(
  { knex }: Pick<LeaseDeps, 'knex'>,
  lease: TargetLease,
): Promise<void> {
  await knex('scan_changes').where({ claim: lease.token }).delete();
  await giveBack(knex, lease);
}

/**
 * Extends the lease, and notes how far the scan is.
 *
 * @throws ScanLeaseLostError
 */
export async function noteProgress(
  deps: LeaseDeps,
  claim: ScanClaim,
  counts: ScanCounts,
): Promise<void> {
  await holdLease(deps, deps.knex, claim);
  await deps
    .knex<ScanRow>('scans')
    .where({ id: claim.scanId, claim: claim.token })
    .update(counts);
}

/**
 * Proves that the lease is still held, and extends it.
 *
 * @throws ScanLeaseLostError
 */
export async function holdLease(
  deps: LeaseDeps,
  connection: Knex,
  claim: TargetLease,
): Promise<void> {
  const held = await connection<ScanTargetRow>('scan_targets')
    .where({ id: claim.target.id, lease_owner: claim.token })
    .update({ lease_until: leaseEnd(deps) });
  if (held !== 1) throw new ScanLeaseLostError(claim);
}

/** Ends a scan and gives the lease back. What it staged stays if halted. */
export async function finishScan(
  deps: LeaseDeps & { audit: AuditLog },
  claim: ScanClaim,
  state: 'done' | 'failed' | 'halted',
  error?: string,
): Promise<void> {
  await deps.knex.transaction(async tx => {
    await holdLease(deps, tx, claim);
    // One that was halted before is overtaken by this one's look, if that
    // came to an end.
    if (state !== 'failed') {
      await tx<ScanRow>('scans')
        .where({ target_id: claim.target.id, state: 'halted' })
        .whereNot({ id: claim.scanId })
        .update({ state: 'failed', error: 'Overtaken by a later scan' });
      await tx('scan_changes')
        .where({ target_id: claim.target.id })
        .whereNot({ claim: claim.token })
        .delete();
    }
    if (state !== 'halted') {
      await tx('scan_changes').where({ claim: claim.token }).delete();
    }
    await tx<ScanRow>('scans')
      .where({ id: claim.scanId })
      .update({
        state,
        error: error ?? null,
        finished_at: deps.clock().toISOString(),
      });
    await giveBack(tx, claim);
    await report(deps.audit, tx, claim);
  });
}

/** Puts a scan on the audit trail, unless it found all as it was. */
async function report(
  audit: AuditLog,
  tx: Knex.Transaction,
  claim: ScanClaim,
): Promise<void> {
  const scan = await tx<ScanRow>('scans').where({ id: claim.scanId }).first();
  if (!scan) return;
  const { state, grants, added, changed, removed, error } = scan;
  if (state === 'done' && added + changed + removed === 0) return;
  await audit.append(tx, {
    actorRef: SYSTEM_ACTOR,
    action: `scan.${state}`,
    subject: `scan:${scan.id}`,
    after: {
      target: claim.target.id,
      grants,
      added,
      changed,
      removed,
      ...(error && { error }),
    },
  });
}

/**
 * Leaves a scan to another replica, which begins it anew at once.
 */
export async function abandonScan(
  { knex }: Pick<LeaseDeps, 'knex'>,
  claim: ScanClaim,
): Promise<void> {
  await giveBack(knex, claim);
}

async function giveBack(connection: Knex, claim: TargetLease): Promise<void> {
  await connection<ScanTargetRow>('scan_targets')
    .where({ id: claim.target.id, lease_owner: claim.token })
    .update({ lease_owner: null, lease_until: null });
}
