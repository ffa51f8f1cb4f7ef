import { ResponseError, toError } from '@backstage/errors';
import type {
  DataMeshApi,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StoryAct, StoryChapter } from './chapters';

/** What playing needs of the world. */
export interface Stage {
  /** The HTTP API as the user of that name. */
  as(userName: string): Promise<DataMeshApi>;
  sleep(milliseconds: number): Promise<void>;
  log: { info(message: string): void; warn(message: string): void };
}

const POLL_MS = 500;
/** Provisioning that takes longer than this is not waited for. */
const POLLS = 120;

/** What went wrong, in the words of who refused. */
function reasonOf(error: unknown): string {
  return error instanceof ResponseError
    ? error.body.error.message
    : toError(error).message;
}

async function untilSettled(
  api: DataMeshApi,
  entitlementId: string,
  stage: Stage,
): Promise<EntitlementDetail> {
  let entitlement = await api.getEntitlement(entitlementId);
  for (
    let polls = 0;
    entitlement.state === 'provisioning' && polls < POLLS;
    polls++
  ) {
    await stage.sleep(POLL_MS);
    entitlement = await api.getEntitlement(entitlementId);
  }
  return entitlement;
}

async function perform(requestId: string, step: StoryAct, stage: Stage) {
  const api = await stage.as(step.as);
  const request = await api.getRequest(requestId);
  if (step.act === 'revoke') {
    if (!request.entitlementId) return;
    const entitlement = await untilSettled(api, request.entitlementId, stage);
    if (entitlement.state !== 'active') return;
    await api.revokeEntitlement(
      entitlement.id,
      entitlement.version,
      step.reason,
    );
    return;
  }
  // Not offered: it was done by an earlier start, or a person was faster.
  if (!request.actions.includes(step.act)) return;
  if (step.act === 'withdraw') {
    await api.withdrawRequest(requestId, request.version, step.reason);
    return;
  }
  await api.decideRequest(requestId, request.version, {
    decision: step.act,
    ...(step.comment && { comment: step.comment }),
  });
}

/**
 * Makes the requests and lets people act on them. Played again it changes
 * nothing: the keys of the requests stay the same, and acts are only taken
 * where the API offers them.
 *
 * @returns ids of the chapters that could not be played, with the reason in the log
 */
export async function playStory(
  chapters: StoryChapter[],
  stage: Stage,
): Promise<string[]> {
  const failed: string[] = [];
  for (const chapter of chapters) {
    try {
      const api = await stage.as(chapter.as);
      const { items } = await api.createRequests(chapter.request, {
        idempotencyKey: `demo-story-${chapter.id}`,
      });
      for (const request of items) {
        for (const step of chapter.then) {
          await perform(request.id, step, stage);
        }
      }
    } catch (error) {
      failed.push(chapter.id);
      stage.log.warn(
        `Demo story: ${chapter.id} could not be played: ${reasonOf(error)}`,
      );
    }
  }
  stage.log.info(
    `Demo story: ${chapters.length - failed.length} of ${
      chapters.length
    } requests stand`,
  );
  return failed;
}
