import type { Knex } from 'knex';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { ScanTarget } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../audit/AuditLog';
import { SYSTEM_ACTOR } from '../identity/Caller';
import { targetOf, type ScanClaim, type TargetLease } from '../store/ScanRow';
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

/** How the lease of a look is told from that of a scan. */
const LOOK = 'look:';

/** Targets and scans in the database, and who works on them. */
export class ScanStore {
  readonly #knex: Knex;
  readonly #audit: AuditLog;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #leaseMs: number;

  constructor(options: {
    knex: Knex;
    audit: AuditLog;
    clock: () => Date;
    newId: () => string;
    leaseSeconds: number;
  }) {
    this.#knex = options.knex;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#leaseMs = options.leaseSeconds * 1000;
  }

  /** Takes the targets of a port type over; those not among them retire. */
  async syncTargets(
    portType: string,
    targets: readonly ScanTarget[],
  ): Promise<void> {
    const stored: ScanTargetRow[] = await this.#knex<ScanTargetRow>(
      'scan_targets',
    ).where({ port_type: portType });
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
        await this.#knex<ScanTargetRow>('scan_targets')
          .insert({ id: target.id, port_type: portType, grants: 0, ...row })
          .onConflict('id')
          .ignore();
      } else if (old.data !== row.data || old.retired_at !== null) {
        await this.#knex<ScanTargetRow>('scan_targets')
          .where({ id: target.id })
          .update(row);
      }
    }
    for (const { id, retired_at: retired } of byId.values()) {
      if (retired === null) {
        await this.#knex<ScanTargetRow>('scan_targets')
          .where({ id })
          .update({ retired_at: this.#now() });
      }
    }
  }

  /** Targets that something leads to, by title. */
  async targets(): Promise<ScanTargetRow[]> {
    return this.#knex<ScanTargetRow>('scan_targets')
      .whereNull('retired_at')
      .orderBy(['title', 'id']);
  }

  /** @throws NotFoundError */
  async target(id: string): Promise<ScanTargetRow> {
    const row = await this.#knex<ScanTargetRow>('scan_targets')
      .where({ id })
      .first();
    if (!row) throw new NotFoundError(`No scan target has the id '${id}'`);
    return row;
  }

  /** Notes that somebody wants a scan, for whoever comes to it first. */
  async request(targetIds: readonly string[], actorRef: string): Promise<void> {
    await this.#knex<ScanTargetRow>('scan_targets')
      .whereIn('id', [...targetIds])
      .update({ requested_at: this.#now(), requested_by: actorRef });
  }

  /**
   * Targets that wait for a scan somebody asked for, or whose scan was begun by
   * a replica that is no more.
   */
  async waiting(): Promise<ScanTargetRow[]> {
    const now = this.#now();
    return this.#knex<ScanTargetRow>('scan_targets')
      .whereNull('retired_at')
      .where(free => whereFree(free, now))
      .where(due =>
        due
          .whereNotNull('requested_at')
          .orWhereIn(
            'id',
            this.#knex<ScanRow>('scans')
              .where({ state: 'running' })
              .select('target_id'),
          ),
      )
      .orderBy('id');
  }

  /**
   * Takes the lease of a target and begins a scan, or begins the one anew that
   * a dead replica has left.
   *
   * @returns undefined where another one scans it now
   */
  async claim(
    targetId: string,
    actorRef: string,
  ): Promise<ScanClaim | undefined> {
    const token = this.#newId();
    return this.#knex.transaction(async tx => {
      const now = this.#now();
      const taken = await tx<ScanTargetRow>('scan_targets')
        .where({ id: targetId })
        .where(free => whereFree(free, now))
        .update({ lease_owner: token, lease_until: this.#leaseEnd() });
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
      const scanId = left?.id ?? this.#newId();
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
   * Takes the lease of a target for a look at a part of it. A scan that begins
   * meanwhile takes it away.
   *
   * @returns undefined where somebody else has it, and where the look could not
   *   tell what has changed: nobody has scanned the target yet, or a person has
   *   to say first whether the last scan is to be believed
   */
  async borrow(targetId: string): Promise<TargetLease | undefined> {
    const token = `${LOOK}${this.#newId()}`;
    const now = this.#now();
    const taken = await this.#knex<ScanTargetRow>('scan_targets')
      .where({ id: targetId })
      .whereNotNull('seen_at')
      .where(free =>
        free.whereNull('lease_until').orWhere('lease_until', '<=', now),
      )
      .whereNotExists(
        this.#knex('scans')
          .where({ target_id: targetId })
          .whereIn('state', ['running', 'halted']),
      )
      .update({ lease_owner: token, lease_until: this.#leaseEnd() });
    if (taken !== 1) return undefined;
    const row = await this.target(targetId);
    return {
      token,
      portType: row.port_type,
      target: targetOf(row),
      startedAt: now,
      seenAt: row.seen_at ?? undefined,
    };
  }

  /** Ends a look; what it has staged and not applied is forgotten. */
  async giveBack(lease: TargetLease): Promise<void> {
    await this.#knex('scan_changes').where({ claim: lease.token }).delete();
    await this.#giveBack(this.#knex, lease);
  }

  /**
   * Extends the lease, and notes how far the scan is.
   *
   * @throws ScanLeaseLostError
   */
  async progress(claim: ScanClaim, counts: ScanCounts): Promise<void> {
    await this.hold(this.#knex, claim);
    await this.#knex<ScanRow>('scans')
      .where({ id: claim.scanId, claim: claim.token })
      .update(counts);
  }

  /**
   * Proves that the lease is still held, and extends it.
   *
   * @throws ScanLeaseLostError
   */
  async hold(connection: Knex, claim: TargetLease): Promise<void> {
    const held = await connection<ScanTargetRow>('scan_targets')
      .where({ id: claim.target.id, lease_owner: claim.token })
      .update({ lease_until: this.#leaseEnd() });
    if (held !== 1) throw new ScanLeaseLostError(claim);
  }

  /** Ends a scan and gives the lease back. What it staged stays if halted. */
  async finish(
    claim: ScanClaim,
    state: 'done' | 'failed' | 'halted',
    error?: string,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await this.hold(tx, claim);
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
        .update({ state, error: error ?? null, finished_at: this.#now() });
      await this.#giveBack(tx, claim);
      await this.#report(tx, claim);
    });
  }

  /** Puts a scan on the audit trail, unless it found all as it was. */
  async #report(tx: Knex.Transaction, claim: ScanClaim): Promise<void> {
    const scan = await tx<ScanRow>('scans').where({ id: claim.scanId }).first();
    if (!scan) return;
    const { state, grants, added, changed, removed, error } = scan;
    if (state === 'done' && added + changed + removed === 0) return;
    await this.#audit.append(tx, {
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
  async abandon(claim: ScanClaim): Promise<void> {
    await this.#giveBack(this.#knex, claim);
  }

  /**
   * Takes the lease to apply what a halted scan has staged.
   *
   * @throws NotFoundError, ConflictError where it is not halted, or not any more
   */
  async claimHalted(
    scanId: string,
    released: { actorRef: string; reason: string },
  ): Promise<ScanClaim> {
    return this.#knex.transaction(async tx => {
      const scan = await tx<ScanRow>('scans').where({ id: scanId }).first();
      if (!scan) throw new NotFoundError(`No scan has the id '${scanId}'`);
      const now = this.#now();
      const taken = await tx<ScanTargetRow>('scan_targets')
        .where({ id: scan.target_id })
        .where(free => whereFree(free, now))
        .update({ lease_owner: scan.claim, lease_until: this.#leaseEnd() });
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

  /** The last scan of each target, and the last one that counts. */
  async lastScans(
    targetIds: readonly string[],
  ): Promise<Map<string, { last?: ScanRow; lastDone?: ScanRow }>> {
    const found = await Promise.all(
      targetIds.map(async id => {
        const last = () =>
          this.#knex<ScanRow>('scans')
            .where({ target_id: id })
            .orderBy('started_at', 'desc');
        const [any, done] = await Promise.all([
          last().first(),
          last().where({ state: 'done' }).first(),
        ]);
        return [id, { last: any, lastDone: done }] as const;
      }),
    );
    return new Map(found);
  }

  /** Keeps the last scans of each target only. */
  async prune(targetId: string, keep: number): Promise<void> {
    const oldest = await this.#knex<ScanRow>('scans')
      .where({ target_id: targetId })
      .orderBy('started_at', 'desc')
      .offset(keep)
      .first('started_at');
    if (!oldest) return;
    await this.#knex<ScanRow>('scans')
      .where({ target_id: targetId })
      .where('started_at', '<=', oldest.started_at)
      .whereIn('state', ['done', 'failed'])
      .delete();
  }

  async beginPass(): Promise<void> {
    await this.#knex('scan_clock')
      .where({ id: 1 })
      .update({ last_pass_at: this.#now() });
  }

  async lastPassAt(): Promise<string | undefined> {
    const row = await this.#knex('scan_clock').where({ id: 1 }).first();
    return row?.last_pass_at ?? undefined;
  }

  async #giveBack(connection: Knex, claim: TargetLease): Promise<void> {
    await connection<ScanTargetRow>('scan_targets')
      .where({ id: claim.target.id, lease_owner: claim.token })
      .update({ lease_owner: null, lease_until: null });
  }

  #now(): string {
    return this.#clock().toISOString();
  }

  #leaseEnd(): string {
    return new Date(this.#clock().getTime() + this.#leaseMs).toISOString();
  }
}

/** A look keeps no scan waiting. */
function whereFree(query: Knex.QueryBuilder, now: string): void {
  query
    .whereNull('lease_until')
    .orWhere('lease_until', '<=', now)
    .orWhere('lease_owner', 'like', `${LOOK}%`);
}
