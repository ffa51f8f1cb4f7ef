import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { requestWithdrawPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR, type Caller } from '../identity/Caller';
import type { RequestResource, ResourceAuthorizer } from '../permissions';
import { closeRequest, type CloseDeps } from './lifecycle/closeRequest';
import type { RequestReader } from './reading/RequestReader';
import { requirePossible } from './lifecycle/standing';
import { toResource } from '../store/requests/RequestRecord';
import type { RequestStore } from '../store/requests/RequestStore';

const BATCH = 100;

interface CloserDeps extends CloseDeps {
  store: RequestStore;
  reader: RequestReader;
  authorizer: ResourceAuthorizer<RequestResource>;
  logger: LoggerService;
}

/** Ends requests without a decision: taken back, or out of time. */
export class RequestCloser {
  readonly #deps: CloserDeps;

  constructor(deps: CloserDeps) {
    this.#deps = deps;
  }

  /**
   * @throws NotAllowedError where the caller is not the requester
   * @throws ConflictError where the request is closed already
   */
  async withdraw(
    id: string,
    seenVersion: number,
    reason: string | undefined,
    caller: Caller,
  ): Promise<void> {
    const { reader, writer, authorizer } = this.#deps;
    const seen = await reader.record(id, caller);
    if (seen.requesterRef !== caller.userRef) {
      throw new NotAllowedError(
        `Only ${seen.requesterRef}, who made the request, can withdraw it`,
      );
    }
    await authorizer.require(
      requestWithdrawPermission,
      toResource(seen),
      caller,
    );
    await writer.requireVersion(seen, seenVersion);
    requirePossible(seen, 'withdraw');
    const comment = reason?.trim() || undefined;
    await closeRequest(this.#deps, seen, 'withdraw', caller.userRef, comment);
  }

  /**
   * Closes what nobody decided in time.
   *
   * @returns how many requests lapsed
   */
  async lapse(signal?: AbortSignal): Promise<number> {
    const { store, now, logger } = this.#deps;
    let lapsed = 0;
    while (!signal?.aborted) {
      const late = await store.findLapsed(now().toISOString(), BATCH);
      const ids = new Set(late.map(one => one.id));
      // Of the others, what they ask to renew or amend is no more.
      const others = await store.findOverdueChanges(BATCH);
      const due = [...late, ...others.filter(one => !ids.has(one.id))];
      let closed = 0;
      for (const record of due) {
        try {
          await closeRequest(
            this.#deps,
            record,
            'lapse',
            SYSTEM_ACTOR,
            ids.has(record.id)
              ? undefined
              : 'The access that it is about has ended',
          );
          closed += 1;
        } catch (error) {
          // Somebody decided it at this instant: nothing to do.
          if (!(error instanceof ConflictError)) throw error;
          logger.debug(`Request ${record.id} did not lapse: ${error.message}`);
        }
      }
      lapsed += closed;
      if (due.length < BATCH || closed === 0) break;
    }
    return lapsed;
  }
}
