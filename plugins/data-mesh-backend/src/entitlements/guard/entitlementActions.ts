import {
  entitlementActions,
  entitlementActors,
  entitlementPhase,
  possibleInWords,
  type EntitlementAction,
  type EntitlementPhase,
  type EntitlementProgress,
  type EntitlementRelation,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Whether somebody with these relations is one who takes the action. */
export function isActorOf(
  action: EntitlementAction,
  relations: ReadonlySet<EntitlementRelation>,
): boolean {
  return entitlementActors[action].some(relation => relations.has(relation));
}

const inCharge = 'the owner or an approver of the product, or data governance';
const consumers = 'who asked for it, or who may act as its principal';

/** Who takes the action, in words. */
export const actorsInWords: { [A in EntitlementAction]: string } = {
  revoke: inCharge,
  'close-residue': inCharge,
  relinquish: consumers,
  renew: consumers,
  amend: consumers,
  vend: 'who may act as its principal through the user or group that it was asked through, or one from a location of dataMesh.trustedLocations,',
  move: 'data governance, or the owner of the product that publishes its tables now,',
  retry: `who asked for it, ${inCharge}`,
  reapply: `${consumers}, ${inCharge}`,
  narrow: `${consumers}, ${inCharge}`,
};

const phaseWords: { [P in EntitlementPhase]: string } = {
  provisioning: 'being provisioned',
  'provisioning-failed': 'failed while it was provisioned',
  active: 'active',
  changing: 'active, and being changed',
  'change-failed': 'active, and a change of it has failed',
  reapplying: 'being applied again',
  'reapplying-failed': 'failed while it was applied again',
  suspended: 'suspended',
  revoking: 'being revoked',
  'revoking-failed': 'failed while it was revoked',
  revoked: 'revoked',
  expired: 'expired',
};

/** The state, and what is under way in it. */
export function phaseInWords(entitlement: EntitlementProgress): string {
  return phaseWords[entitlementPhase(entitlement)];
}

const actionWords: { [A in EntitlementAction]?: string } = {
  vend: 'get credentials',
  'close-residue': 'close with residue',
};

/** What would be done to the entitlement: "it cannot be …". */
export const doneInWords: { [A in EntitlementAction]: string } = {
  revoke: 'revoked',
  relinquish: 'relinquished',
  retry: 'retried',
  reapply: 'reapplied',
  renew: 'renewed',
  amend: 'amended',
  narrow: 'narrowed',
  vend: 'used to get credentials',
  'close-residue': 'closed with residue',
  move: 'moved',
};

/** Why the action is not possible now; undefined where it is. */
export function whyNotPossible(
  entitlement: EntitlementProgress,
  action: EntitlementAction,
): string | undefined {
  const phase = entitlementPhase(entitlement);
  const possible = entitlementActions[phase];
  if (possible.includes(action)) return undefined;
  return phase === 'revoking'
    ? 'it is being revoked, where nothing is possible until that has ended'
    : possibleInWords(
        phaseWords[phase],
        possible.map(one => actionWords[one] ?? one),
      );
}
