import type { Caller } from '../identity/Caller';
import type { DecisionPart } from './Publication';
import type { PublicationRow } from './PublicationRow';

/** The parts that the caller decides. */
export const myParts = (
  parts: readonly DecisionPart[],
  { ownershipRefs }: Caller,
) =>
  parts.filter(part => part.approvers.some(ref => ownershipRefs.includes(ref)));

/** Why the caller does not decide about it now; undefined where it may. */
export function whyNotDecide(
  row: Pick<PublicationRow, 'owner_ref' | 'accepted_owner_ref' | 'waiting'>,
  parts: readonly DecisionPart[],
  caller: Caller,
): string | undefined {
  if (row.waiting === 0) return 'Nothing waits';
  const owner = [row.owner_ref, row.accepted_owner_ref].find(
    ref => ref !== null && caller.ownershipRefs.includes(ref),
  );
  if (owner) {
    return `The product belongs to ${owner}, and nobody decides about changes of their own team`;
  }
  return myParts(parts, caller).length > 0
    ? undefined
    : `It waits for ${parts
        .map(part => part.approvers.join(' or ') || 'nobody')
        .join(', and for ')}; ${caller.userRef} does not belong there`;
}
