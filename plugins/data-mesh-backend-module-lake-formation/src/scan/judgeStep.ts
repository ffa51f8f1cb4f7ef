import {
  principalInWords,
  type ObservedGrant,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  Access,
  NO_ACCESS,
  isNoAccess,
  isSameAccess,
  lackingAccess,
  meetsAccess,
  uniteAccess,
} from '../lake/access';
import { granteeKey, groupOf } from '../lake/keys';
import { readObserved } from '../lake/observed';
import { accessInWords } from '../lake/words';
import { WantedGrant, wantedGrants } from './wantedGrants';

/** Missing things told one by one before they are counted. */
const TOLD = 3;

/** How much of a step is among the grants of its groups. Pure. */
export function judgeStep(
  step: PlanStep,
  grants: ObservedGrant[],
): StepJudgement {
  const wants = wantedGrants(step);
  if (wants.length === 0) return { state: 'unseen' };
  const byGroup = new Map<string, ObservedGrant[]>();
  for (const grant of grants) {
    const group = groupOf(grant.principal.id, grant.resource);
    byGroup.set(group, [...(byGroup.get(group) ?? []), grant]);
  }
  const listedFor = ({ group }: WantedGrant) => byGroup.get(group) ?? [];
  return wants.some(want => want.isRevoked)
    ? judgeRevoked(wants, listedFor)
    : judgeGranted(wants, listedFor);
}

type ListedFor = (want: WantedGrant) => ObservedGrant[];

function judgeGranted(
  wants: WantedGrant[],
  listedFor: ListedFor,
): StepJudgement {
  const lacking = wants.map(want => ({
    want,
    access: lackingAccess(want.access, heldOf(want, listedFor(want))),
  }));
  const missing = lacking.filter(({ access }) => !isNoAccess(access));
  if (missing.length === 0) return { state: 'present' };
  const isNothingThere = lacking.every(({ want, access }) =>
    isSameAccess(want.access, access),
  );
  if (isNothingThere && wants.some(want => want.mayBeUnlisted)) {
    return { state: 'unseen' };
  }
  const told = missing
    .slice(0, TOLD)
    .map(({ want, access }) => accessInWords([{ ...want, access }]).text);
  const more = missing.length - TOLD;
  return {
    state: isNothingThere ? 'absent' : 'partial',
    words: `Not held: ${told.join('; ')}${
      more > 0 ? `; and ${more} more` : ''
    }`,
  };
}

/** What the grantee of a want holds, by the lines of its group. */
function heldOf({ grantee, resource }: WantedGrant, listed: ObservedGrant[]) {
  return listed
    .map(grant => readObserved(grant, resource.catalogId))
    .filter(grant => granteeKey(grant.grantee) === granteeKey(grantee))
    .map(({ access }) => access)
    .reduce<Access>(uniteAccess, NO_ACCESS);
}

/** A step that takes something away is undone where it is held again. */
function judgeRevoked(
  wants: WantedGrant[],
  listedFor: ListedFor,
): StepJudgement {
  const back = wants.flatMap(want => {
    const held = listedFor(want).filter(grant =>
      meetsAccess(
        readObserved(grant, want.resource.catalogId).access,
        want.access,
      ),
    );
    return held.length > 0 ? [{ want, held }] : [];
  });
  const [first] = back;
  if (!first) return { state: 'present' };
  const [grant] = first.held;
  const more = back.length - 1;
  return {
    state: back.length === wants.length ? 'absent' : 'partial',
    words: `Held again: ${grant.permissions.join(', ')} on \`${
      grant.resource.words
    }\` by ${principalInWords(grant.principal)}${
      more > 0 ? `; and ${more} more` : ''
    }`,
  };
}
