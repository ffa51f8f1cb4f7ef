import { namesOf } from './names';
import {
  NOBODY,
  waitingOf,
  type DecisionPart,
  type Judgement,
} from './Publication';

/** Who decides about holders of tables, whoever owns the product. */
export type PartsFor = (
  holders: readonly string[],
  owners: readonly string[],
) => DecisionPart[];

/** Governance may accept in place of a holder that is new. */
export function partsOf(
  holders: readonly string[],
  strangers: readonly string[],
  { owners, partsFor }: { owners: string[]; partsFor: PartsFor },
): DecisionPart[] {
  const [governance] = partsFor([NOBODY], owners);
  return partsFor(holders, owners).map(part =>
    part.holders.some(holder => strangers.includes(holder))
      ? {
          ...part,
          approvers: [
            ...new Set([...part.approvers, ...governance.approvers]),
          ].sort(),
        }
      : part,
  );
}

/** Those who have not accepted what waits now. */
export function openParts(
  parts: readonly DecisionPart[],
  judged: Pick<Judgement, 'differences' | 'partAccepts'>,
): DecisionPart[] {
  const waiting = waitingOf(judged).map(({ signature }) => signature);
  const done = new Set(
    judged.partAccepts
      .filter(accept => {
        const seen = new Set(accept.signatures);
        return waiting.every(signature => seen.has(signature));
      })
      .map(accept => accept.holder),
  );
  return parts
    .map(part => ({
      ...part,
      holders: part.holders.filter(holder => !done.has(holder)),
    }))
    .filter(part => part.holders.length > 0);
}

/** Why these people, in one clause. */
export function reasonOf(parts: readonly DecisionPart[]): string {
  return [...new Set(parts.map(part => part.because))].join(', and ');
}

/** Whose turn it is, in one clause. */
export function turnOf(parts: readonly DecisionPart[]): string {
  if (parts.some(part => part.approvers.length === 0)) {
    return 'nobody is left who could decide';
  }
  return `it waits for ${parts
    .map(part => namesOf(part.approvers))
    .join(', and for ')}`;
}
