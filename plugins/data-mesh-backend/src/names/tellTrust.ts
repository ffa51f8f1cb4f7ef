import {
  counted,
  type NameTrustWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { trustNouns, type Trust, type TrustKind } from './NameTrust';

/**
 * What trusts a name, in words for a reader. What the reader may not read is
 * only counted.
 *
 * @param sees - whether the reader may see the entity of a reference
 */
export function tellTrust(
  trusts: readonly Trust[],
  sees: (ref: string) => boolean,
): NameTrustWords[] {
  const told: NameTrustWords[] = [];
  const hidden = new Map<TrustKind, number>();
  for (const { kind, words, readableBy, count = 1 } of trusts) {
    const readable =
      readableBy === 'everybody' ||
      (readableBy !== 'nobody' && sees(readableBy.whoSees));
    if (readable) told.push({ kind, words });
    // One request may trust a name in several ways; the largest count is true
    // of what may be told, the sum would not be.
    else hidden.set(kind, merged(readableBy, hidden.get(kind) ?? 0, count));
  }
  for (const [kind, number] of hidden) {
    told.push({ kind, words: counted(number, trustNouns[kind]) });
  }
  return told;
}

function merged(
  readableBy: Trust['readableBy'],
  before: number,
  count: number,
): number {
  return readableBy === 'nobody' ? Math.max(before, count) : before + count;
}

/** The entities that decide who may read of the trusts. */
export function readersOf(trusts: readonly Trust[]): string[] {
  return trusts.flatMap(({ readableBy }) =>
    typeof readableBy === 'object' ? [readableBy.whoSees] : [],
  );
}
