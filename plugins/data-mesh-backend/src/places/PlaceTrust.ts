import type { NameTrust, TrustedName } from '../names';
import type { PlaceStore } from './PlaceStore';

/** Names of domains that governance gave places to. */
export class PlaceTrust implements NameTrust {
  readonly #store: Pick<PlaceStore, 'held'>;

  constructor(store: Pick<PlaceStore, 'held'>) {
    this.#store = store;
  }

  async trusted(refs?: readonly string[]): Promise<readonly TrustedName[]> {
    const counts = new Map<string, number>();
    for (const { domainRef } of await this.#store.held()) {
      if (refs && !refs.includes(domainRef)) continue;
      counts.set(domainRef, (counts.get(domainRef) ?? 0) + 1);
    }
    return [...counts].map(([ref, count]) => ({
      ref,
      trust: {
        kind: 'place',
        words: 'holder of places',
        readableBy: 'nobody',
        count,
      },
    }));
  }
}
