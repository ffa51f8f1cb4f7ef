import { ResponseError, toError } from '@backstage/errors';
import { storyChange, storyClaim } from './cases';
import type { Stage } from './playStory';

/** Where the changing product is put for the catalog to read. */
export interface Shelf {
  /** Puts a version in place of the one before, and tells the catalog. */
  put(version: string): Promise<void>;
}

const POLL_MS = 500;
/** A catalog that takes longer than this is not waited for. */
const POLLS = 120;

/** Claims a place, unless an earlier start has. */
async function playClaim(stage: Stage): Promise<void> {
  const api = await stage.as(storyClaim.as);
  await api.createClaim(storyClaim.claim, {
    idempotencyKey: 'demo-story-claim-shop-events',
  });
}

/** Publishes a product, and then a version of it that loosens access. */
async function playChange(stage: Stage, shelf: Shelf): Promise<void> {
  const [first, second] = storyChange.versions;
  const api = await stage.as(storyChange.as);
  const { productRef } = storyChange;
  await shelf.put(first);
  for (let polls = 0; polls < POLLS; polls++) {
    const { items } = await api.listPublications({ productRef });
    if (items.length > 0 && items.every(one => one.state === 'published')) {
      await shelf.put(second);
      return;
    }
    await stage.sleep(POLL_MS);
  }
  throw new Error(`${productRef} was not published`);
}

/**
 * Lets a claim and a change of a product wait in the inbox.
 *
 * @returns what could not be played, with the reason in the log
 */
export async function playCases(
  stage: Stage,
  shelf: Shelf | undefined,
): Promise<string[]> {
  const failed: string[] = [];
  const attempt = async (what: string, play: () => Promise<void>) => {
    try {
      await play();
    } catch (error) {
      failed.push(what);
      const reason =
        error instanceof ResponseError
          ? error.body.error.message
          : toError(error).message;
      stage.log.warn(`Demo story: ${what} could not be played: ${reason}`);
    }
  };
  await attempt('the claim', () => playClaim(stage));
  if (shelf) await attempt('the change', () => playChange(stage, shelf));
  return failed;
}
