import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/**
 * Waits, with growing pauses, until the catalog has all of the entities.
 *
 * @returns the references that it still lacks when the time is over
 */
export async function untilCatalogKnows(
  entityRefs: string[],
  options: {
    auth: AuthService;
    catalog: CatalogService;
    sleep: (milliseconds: number) => Promise<void>;
    withinMs: number;
  },
): Promise<string[]> {
  const { auth, catalog, sleep, withinMs } = options;
  let waited = 0;
  let wait = FIRST_WAIT_MS;
  for (;;) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind'] },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const missing = entityRefs.filter((_, index) => !items[index]);
    if (missing.length === 0 || waited >= withinMs) return missing;
    await sleep(wait);
    waited += wait;
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}
