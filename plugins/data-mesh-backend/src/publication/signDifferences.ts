import { createHash } from 'node:crypto';
import type {
  FactDifference,
  PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { nameOf } from './names';
import {
  NOBODY,
  type AcceptedFacts,
  type Decided,
  type SignedDifference,
} from './Publication';

/** What a difference changes for requests and access. */
export type EffectOf = (
  difference: FactDifference,
  current: PortFacts,
) => Pick<FactDifference, 'effect' | 'danger'>;

/** The same where the difference is, down to every column of a table added. */
function signatureOf(
  { id, before, after, table, column }: FactDifference,
  current: PortFacts,
): string {
  const subject = table === undefined ? undefined : current.tables[table];
  return createHash('sha256')
    .update(
      JSON.stringify([
        id,
        before,
        after,
        column === undefined ? subject : subject?.columns[column],
      ]),
    )
    .digest('hex')
    .slice(0, 32);
}

/** A place went to somebody who has not accepted the port. */
export function holderDifference(holder: string): FactDifference {
  return {
    id: `holder:${holder || 'nobody'}`,
    kind: 'holder',
    words:
      holder === NOBODY
        ? 'Stays published though no domain holds its place any more'
        : `Stays published though its place went to ${nameOf(holder)}`,
    loosens: true,
    danger: true,
    ...(holder !== NOBODY && { after: holder }),
  };
}

/** The same name may stand for somebody else now. */
export function estrangedDifference({ facts }: AcceptedFacts): FactDifference {
  return {
    id: 'owner-identity',
    kind: 'owner',
    words: `Comes back under the owner ${nameOf(
      facts.ownerRef,
    )} or the domain ${nameOf(
      facts.domainRef,
    )}, of which one was created again since`,
    loosens: true,
    danger: true,
  };
}

/** With what they mean, and with whether they were sent back. */
export function signDifferences(
  differences: readonly FactDifference[],
  { sentBack }: Decided,
  current: PortFacts,
  effectOf: EffectOf,
): SignedDifference[] {
  return differences.map(difference => {
    const signature = signatureOf(difference, current);
    const back = Object.hasOwn(sentBack, signature)
      ? sentBack[signature]
      : undefined;
    return {
      ...difference,
      ...effectOf(difference, current),
      signature,
      ...(back && { sentBack: back }),
    };
  });
}

/** What is not different any more was not sent back any more either. */
export function stillSentBack(
  { sentBack }: Decided,
  differences: readonly SignedDifference[],
): Decided['sentBack'] {
  const still = new Set(differences.map(({ signature }) => signature));
  return Object.fromEntries(
    Object.entries(sentBack).filter(([signature]) => still.has(signature)),
  );
}
