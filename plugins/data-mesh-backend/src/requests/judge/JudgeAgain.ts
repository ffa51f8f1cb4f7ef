import { ConflictError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RequestDifference } from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import { closeRequest, type CloseDeps } from '../lifecycle/closeRequest';
import { isToDecide } from '../lifecycle/standing';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import { plannedNow } from './planned';
import type { Judgement, RequestJudge } from './RequestJudge';
import { storedReach } from '../reach/storedReach';

/** What became of a request that was judged again. */
export interface JudgedAgain {
  record: RequestRecord;
  /** Absent where the request has ended. */
  judgement?: Judgement;
  /** Why it has ended. */
  ended?: string;
  /** What was stored as changed; empty where nothing was. */
  differences: RequestDifference[];
}

/** Requests that one pass looks at. */
const PER_PASS = 200;

/** Judges pending requests again, and stores what is other than was shown. */
export class JudgeAgain {
  readonly #deps: CloseDeps & {
    judge: RequestJudge;
    store: RequestStore;
    logger: LoggerService;
  };
  #after = '';

  constructor(
    deps: CloseDeps & {
      judge: RequestJudge;
      store: RequestStore;
      logger: LoggerService;
    },
  ) {
    this.#deps = deps;
  }

  /** @throws ConflictError where somebody changed it meanwhile */
  async again(record: RequestRecord): Promise<JudgedAgain> {
    const judged = await this.#deps.judge.judge(record);
    if (judged.gone !== undefined) {
      const ended = `The request has ended: ${judged.gone}`;
      return {
        record: await closeRequest(
          this.#deps,
          record,
          'lapse',
          SYSTEM_ACTOR,
          ended,
        ),
        ended,
        differences: [],
      };
    }
    const { judgement } = judged;
    const { differences } = judgement;
    return {
      record:
        differences.length > 0 ? await this.#store(record, judgement) : record,
      judgement,
      differences,
    };
  }

  /** For somebody who opens it: shows what was stored where judging fails. */
  async opened(record: RequestRecord): Promise<RequestRecord> {
    if (!isToDecide(record)) return record;
    try {
      return (await this.again(record)).record;
    } catch (error) {
      if (!(error instanceof ConflictError)) {
        this.#deps.logger.warn(
          `Request ${record.id} could not be judged again; it is shown as it was`,
          error instanceof Error ? error : undefined,
        );
      }
      // Somebody else may have been faster.
      return this.#deps.store.get(record.id);
    }
  }

  /**
   * Judges what waits, a part in each pass, so that it comes before those whose
   * turn it is now.
   *
   * @returns how many requests have changed
   */
  async pass(signal?: AbortSignal): Promise<number> {
    const { store } = this.#deps;
    const waiting = await store.pendingAfter(this.#after, PER_PASS);
    let changed = 0;
    for (const id of waiting) {
      if (signal?.aborted) return changed;
      const record = await store.get(id);
      const now = await this.opened(record);
      if (now.version !== record.version) changed += 1;
      this.#after = id;
    }
    if (waiting.length < PER_PASS) this.#after = '';
    return changed;
  }

  async #store(
    seen: RequestRecord,
    judgement: Judgement,
  ): Promise<RequestRecord> {
    const { writer, events, now } = this.#deps;
    const at = now().toISOString();
    const { progress, assessment, differences, reach } = judgement;
    const { product } = assessment;
    const stages = progress?.policy.stages ?? seen.policy.stages;
    const words = differences.map(difference => difference.words.text);
    const record = await writer.commit({
      seen,
      next: {
        ...seen,
        ...plannedNow(seen, judgement),
        ...(product && {
          productOwnerRef: product.ownerRef,
          productTitle: product.title,
          domainRef: product.domainRef,
        }),
        ...(progress && {
          policy: progress.policy,
          stage: Math.min(progress.stage, stages.length - 1),
        }),
        ...(reach && { sensitiveColumns: judgement.sensitiveColumns }),
        judged: {
          at,
          problems: judgement.problems,
          ...storedReach(reach, seen.scope, product?.domainRef),
          differences: [...(seen.judged?.differences ?? []), ...differences],
          approvals: progress?.counted ?? seen.judged?.approvals ?? [],
          requesterKnown: seen.judged?.requesterKnown ?? true,
        },
        updatedAt: at,
      },
      actorRef: SYSTEM_ACTOR,
      action: 'request.judged-again',
      note: { differences: words },
      because: words.join('; '),
    });
    events.emit('request', {
      record,
      happening: 'judged-again',
      actorRef: SYSTEM_ACTOR,
      comment: words.join('; '),
    });
    return record;
  }
}
