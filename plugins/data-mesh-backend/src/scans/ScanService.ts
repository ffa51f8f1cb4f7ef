import type { PermissionsService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';
import { durationToMilliseconds } from '@backstage/types';
import type { Knex } from 'knex';
import {
  driftResolvePermission,
  grantsReadPermission,
  type NewScan,
  type ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccountAliases } from '../config/readAccountAliases';
import type { AuditLog } from '../audit/AuditLog';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import type { Places } from '../places';
import { hasPermission, requirePermission } from '../permissions';
import type { Scanner } from './Scanner';
import { accountsHeldBy } from './accountsHeldBy';
import { othersTogether } from './othersTogether';
import { targetOf, toScan } from '../store/scans/ScanRow';
import { claimHalted, type LeaseDeps } from './leases';
import { lastScans } from '../store/scans/scans';
import {
  getTarget,
  lastPassAt,
  targetsInUse,
} from '../store/scans/scanTargets';

/** What people see of scans and do with them. */
export class ScanService {
  readonly #knex: Knex;
  readonly #leases: LeaseDeps;
  readonly #scanner: Scanner;
  readonly #audit: AuditLog;
  readonly #permissions: PermissionsService;
  readonly #governance: Governance;
  readonly #places: Pick<Places, 'book'>;
  readonly #aliases: AccountAliases;
  readonly #frequency: HumanDuration;

  constructor(options: {
    knex: Knex;
    leases: LeaseDeps;
    scanner: Scanner;
    audit: AuditLog;
    permissions: PermissionsService;
    governance: Governance;
    places: Pick<Places, 'book'>;
    aliases: AccountAliases;
    frequency: HumanDuration;
  }) {
    this.#knex = options.knex;
    this.#leases = options.leases;
    this.#scanner = options.scanner;
    this.#audit = options.audit;
    this.#permissions = options.permissions;
    this.#governance = options.governance;
    this.#places = options.places;
    this.#aliases = options.aliases;
    this.#frequency = options.frequency;
  }

  /**
   * All scans for governance and auditors; for others those of accounts in which
   * a domain of theirs holds a place, and of the rest how they stand.
   *
   * @throws NotAllowedError
   */
  async status(caller: Caller): Promise<ScanStatus> {
    await requirePermission(this.#permissions, grantsReadPermission, caller);
    const status = await this.#status(await this.#maySteer(caller));
    if (this.#governance.seesAll(caller)) return status;
    const isTold = accountsHeldBy(caller, await this.#places.book());
    const others = status.items.filter(({ target }) => !isTold(target));
    return {
      ...status,
      items: status.items.filter(({ target }) => isTold(target)),
      ...(others.length > 0 && { others: othersTogether(others) }),
    };
  }

  /**
   * Begins to scan one target, or all.
   *
   * @throws NotAllowedError, NotFoundError
   */
  async start(caller: Caller, { targetId }: NewScan): Promise<ScanStatus> {
    await this.#requireSteering(caller, 'Starting scans');
    await this.#scanner.discover();
    const ids =
      targetId === undefined
        ? (await targetsInUse(this.#knex)).map(row => row.id)
        : [(await getTarget(this.#knex, targetId)).id];
    await this.#scanner.begin(ids, caller.userRef);
    await this.#knex.transaction(tx =>
      this.#audit.append(tx, {
        actorRef: caller.userRef,
        action: 'scan.started',
        subject: targetId === undefined ? 'scan:all' : subjectOf(targetId),
        after: { targets: ids },
      }),
    );
    return this.#status(true);
  }

  /**
   * Accepts what a scan saw that was halted.
   *
   * @throws NotAllowedError, NotFoundError, ConflictError, InputError
   */
  async release(
    caller: Caller,
    scanId: string,
    given: string,
  ): Promise<ScanStatus> {
    await this.#requireSteering(caller, 'Releasing a scan');
    const reason = given.trim();
    if (!reason) {
      throw new InputError(
        'reason: is empty, expected why so much has changed; it is kept on the audit trail',
      );
    }
    const actorRef = caller.userRef;
    const claim = await claimHalted(this.#leases, scanId, { actorRef, reason });
    await this.#knex.transaction(tx =>
      this.#audit.append(tx, {
        actorRef,
        action: 'scan.released',
        subject: `scan:${scanId}`,
        after: { target: claim.target.id, reason },
      }),
    );
    await this.#scanner.release(claim);
    return this.#status(true);
  }

  /** A scan costs calls, and what it sees is what drift is judged by. */
  async #requireSteering(caller: Caller, what: string): Promise<void> {
    await requirePermission(this.#permissions, driftResolvePermission, caller);
    this.#governance.require(caller, what);
  }

  async #maySteer(caller: Caller): Promise<boolean> {
    return (
      this.#governance.isGovernance(caller) &&
      hasPermission(this.#permissions, driftResolvePermission, caller)
    );
  }

  async #status(maySteer: boolean): Promise<ScanStatus> {
    const rows = await targetsInUse(this.#knex);
    const scans = await lastScans(
      this.#knex,
      rows.map(row => row.id),
    );
    const lastPass = await lastPassAt(this.#knex);
    return {
      maySteer,
      ...(lastPass !== undefined && {
        nextAt: new Date(
          Date.parse(lastPass) + durationToMilliseconds(this.#frequency),
        ).toISOString(),
      }),
      items: rows.map(row => {
        const { last, lastDone } = scans.get(row.id) ?? {};
        const alias = row.account_id && this.#aliases.get(row.account_id);
        return {
          target: {
            ...targetOf(row),
            ...(alias && { accountAlias: alias }),
          },
          grants: row.grants,
          ...(last && { last: toScan(last) }),
          ...(lastDone && { lastDone: toScan(lastDone) }),
        };
      }),
    };
  }
}

function subjectOf(targetId: string): string {
  return `scan-target:${targetId}`.slice(0, 255);
}
