import type { NameTrust } from '../names';
import type { PlaceStore } from './PlaceStore';

/** Names of domains that governance gave places to. */
export function placeTrust(store: Pick<PlaceStore, 'held'>): NameTrust {
  return async refs => {
    const counts = new Map<string, number>();
    for (const { domainRef } of await store.held()) {
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
  };
}
