import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AuditLog } from '../audit/AuditLog';
import type {
  GrantScanner,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { judgeEntitlements } from '../drift/judgeEntitlements';
import type { JudgeDeps } from '../drift/JudgedScan';
import { refreshCounts } from '../grants/GrantCounts';
import type { GrantExplainer } from '../grants/GrantExplainer';
import type { ReasonContext } from '../grants/reasonsFor';
import type { PortIndex } from '../grants/PortIndex';
import type { StepGroups } from '../grants/StepGroups';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { Timers } from '../provisioning/Timers';
import { applyScan } from './applyScan';
import type { ScanConfig } from '../config/scanConfig';
import { countChanges, ScanDiff } from './ScanDiff';
import type { ChangeCounts, ScanOutcome } from '../events';
import { refreshStatistics } from './refreshStatistics';
import type { ScanClaim } from '../store/scans/ScanRow';
import { syncGrantDrift } from '../store/drift/grantDrift';
import { pruneScans } from '../store/scans/scans';
import {
  abandonScan,
  finishScan,
  holdLease,
  noteProgress,
  ScanLeaseLostError,
  type LeaseDeps,
} from './leases';
import { stormOf } from './stormOf';

/** Reason of a signal that ends scans because the process ends. */
export class ShutdownError extends Error {
  constructor() {
    super('The backend is shutting down');
    this.name = 'ShutdownError';
  }
}

/** What a runner needs. */
export interface ScanRunnerOptions extends LeaseDeps {
  audit: AuditLog;
  provisioners: ProvisionerRegistry;
  groups: StepGroups;
  explainer: GrantExplainer;
  judging: JudgeDeps;
  config: ScanConfig;
  timers: Timers;
  logger: LoggerService;
}

const SCANS_KEPT = 50;
const NO_CHANGES: ChangeCounts = { added: 0, changed: 0, removed: 0 };

/**
 * Scans one target: reads all of it, compares, and makes that the known state,
 * unless it would change too much. What fails before its end changes nothing.
 */
export class ScanRunner {
  readonly #options: ScanRunnerOptions;

  constructor(options: ScanRunnerOptions) {
    this.#options = options;
  }

  /**
   * Scans what is claimed.
   *
   * @returns undefined where another replica goes on with it
   */
  async run(
    claim: ScanClaim,
    ports: PortIndex | undefined,
    signal?: AbortSignal,
  ): Promise<ScanOutcome | undefined> {
    return this.#guarded(claim, signal, async call => {
      const { knex, config } = this.#options;
      const { provisioner, scanner } = this.#scannerOf(claim);
      const diff = new ScanDiff(knex, claim);
      let calls = 0;
      let grants = 0;
      for await (const page of pagesOf(provisioner, scanner, claim, call)) {
        await diff.add(page.grants);
        calls += page.calls;
        grants += page.grants.length;
        await noteProgress(this.#options, claim, { calls, grants });
        call.throwIfAborted();
      }
      const changes = await diff.finish();
      const stored = await this.#stored(claim);
      await noteProgress(this.#options, claim, {
        ...changes,
        grants: stored + changes.added - changes.removed,
      });
      const storm = stormOf(stored, changes, config);
      if (storm) {
        await diff.noteStanding(scanner);
        return this.#end(claim, 'halted', changes, storm);
      }
      await this.#take(claim, changes, ports, call, true);
      return this.#end(claim, 'done', changes);
    });
  }

  /** Applies what a halted scan has staged, as a person wants it. */
  async release(
    claim: ScanClaim,
    ports: PortIndex | undefined,
    signal?: AbortSignal,
  ): Promise<ScanOutcome | undefined> {
    return this.#guarded(claim, signal, async call => {
      const changes = await countChanges(this.#options.knex, claim.token);
      // Another process may have scanned, so the system's own rules are taken
      // from what it noted.
      await this.#take(claim, changes, ports, call, false);
      return this.#end(claim, 'done', changes);
    });
  }

  /** Makes the staged the known state, and says what follows from it. */
  async #take(
    claim: ScanClaim,
    changes: ChangeCounts,
    ports: PortIndex | undefined,
    signal: AbortSignal,
    knowsStanding: boolean,
  ): Promise<void> {
    const { knex, groups, explainer, judging, logger } = this.#options;
    const { provisioner, scanner } = this.#scannerOf(claim);
    const onBatch = () => {
      signal.throwIfAborted();
      return holdLease(this.#options, knex, claim);
    };
    await groups.sync();
    const context: ReasonContext = {
      provisioner,
      target: claim.target,
      since: claim.startedAt,
      ports,
      knowsStanding,
    };
    const changed = await applyScan(this.#options, claim, context);
    await refreshStatistics(knex, changes, logger);
    await explainer.explainTarget(context, changed, { onBatch });
    await judgeEntitlements(judging, {
      claim,
      provisioner,
      scanner,
      isFresh: knowsStanding,
      signal,
      onBatch,
    });
    await syncGrantDrift(knex, claim.target.id, this.#options.clock());
    await refreshCounts(knex, changed, ports);
  }

  async #guarded(
    claim: ScanClaim,
    signal: AbortSignal | undefined,
    scan: (call: AbortSignal) => Promise<ScanOutcome>,
  ): Promise<ScanOutcome | undefined> {
    const { timers, config, logger } = this.#options;
    const lost = new AbortController();
    const stopHeart = timers.every((config.leaseSeconds * 1000) / 3, () => {
      holdLease(this.#options, this.#options.knex, claim).catch(error => {
        if (error instanceof ScanLeaseLostError) lost.abort(error);
        else logger.warn('The lease of a scan could not be extended', error);
      });
    });
    const call = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
    try {
      return await scan(call);
    } catch (error) {
      return await this.#failed(claim, call.aborted ? call.reason : error);
    } finally {
      stopHeart();
    }
  }

  async #failed(
    claim: ScanClaim,
    error: unknown,
  ): Promise<ScanOutcome | undefined> {
    const { logger } = this.#options;
    const name = claim.target.id;
    if (error instanceof ScanLeaseLostError) {
      logger.warn(error.message);
      return undefined;
    }
    if (error instanceof ShutdownError) {
      await abandonScan(this.#options, claim);
      return undefined;
    }
    const words = inWords(error);
    logger.warn(`The scan of ${name} failed: ${words}`, {
      stack: error instanceof Error ? error.stack : undefined,
    });
    try {
      return await this.#end(claim, 'failed', NO_CHANGES, words);
    } catch (lost) {
      if (lost instanceof ScanLeaseLostError) return undefined;
      throw lost;
    }
  }

  async #end(
    claim: ScanClaim,
    state: ScanOutcome['state'],
    changes: ChangeCounts,
    error?: string,
  ): Promise<ScanOutcome> {
    await finishScan(this.#options, claim, state, error);
    await pruneScans(this.#options.knex, claim.target.id, SCANS_KEPT);
    return { claim, state, changes, ...(error !== undefined && { error }) };
  }

  async #stored(claim: ScanClaim): Promise<number> {
    const [{ count }] = await this.#options
      .knex('observed_grants')
      .where({ target_id: claim.target.id })
      .whereNull('gone_at')
      .count({ count: '*' });
    return Number(count);
  }

  #scannerOf({ portType }: ScanClaim): {
    provisioner: Provisioner;
    scanner: GrantScanner;
  } {
    const provisioner = this.#options.provisioners.find(portType);
    if (!provisioner?.scanner) {
      throw new ProvisionerFailure({
        code: 'ProvisionerMissing',
        message: `No provisioner scans what ports of type '${portType}' stand for`,
        kind: 'permanent',
        advice: `Install the backend module for '${portType}'`,
      });
    }
    return { provisioner, scanner: provisioner.scanner };
  }
}

/** Pages of a scan; what the system answers with an error is told from ours. */
async function* pagesOf(
  provisioner: Provisioner,
  scanner: GrantScanner,
  claim: ScanClaim,
  signal: AbortSignal,
) {
  const pages = scanner.scan(claim.target, { signal })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await callProvisioner(provisioner, () =>
        pages.next(),
      );
      if (done) return;
      yield value;
    }
  } finally {
    await pages.return?.();
  }
}

function inWords(error: unknown): string {
  if (error instanceof ProvisionerFailure) {
    const { code, message, advice } = error.details;
    return `${code}: ${message}${advice ? ` (${advice})` : ''}`;
  }
  return error instanceof Error ? error.message : String(error);
}
