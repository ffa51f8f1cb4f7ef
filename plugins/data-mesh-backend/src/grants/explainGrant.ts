import type {
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type {
  Entitlement,
  ExplainedGrant,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A step that is in force, and whose it is. */
export interface OwnedStep {
  entitlement: Entitlement;
  live: LiveStep;
}

/** How far a step stands behind a grant, whoever put it there first. */
export function backs(
  provisioner: Provisioner,
  live: LiveStep,
  grant: ObservedGrant,
): boolean {
  return provisioner.compare(grant, { steps: [live] }).wanted !== 'none';
}

/** Why a grant is there, as far as entitlements and the system's rules tell. */
export function explainGrant(
  provisioner: Provisioner,
  grant: ObservedGrant,
  steps: readonly OwnedStep[],
): ExplainedGrant['because'] {
  const found = steps.map(step => ({
    ...step,
    how: provisioner.compare(grant, { steps: [step.live] }).brought,
  }));
  const whole = entitlementsOf(found.filter(one => one.how === 'full'));
  if (whole.length > 0) return becauseOf(whole);
  const parts = entitlementsOf(found.filter(one => one.how === 'part'));
  if (parts.length > 0) {
    return becauseOf(
      parts,
      'A part of it; the rest comes from elsewhere or was there before',
    );
  }
  const before = steps.find(one => backs(provisioner, one.live, grant));
  if (before) {
    return {
      kind: 'before-us',
      entitlementId: before.entitlement.id,
      requestId: before.entitlement.requestId,
      words: 'Was there before the entitlement and stays when it ends',
    };
  }
  if (grant.principal.kind === 'special') {
    return {
      kind: 'unrestricted',
      words: 'Whoever the system lets in by its own rules has this access',
    };
  }
  return { kind: 'unexplained' };
}

function entitlementsOf(steps: readonly OwnedStep[]): Entitlement[] {
  return [
    ...new Map(
      steps.map(({ entitlement }) => [entitlement.id, entitlement]),
    ).values(),
  ];
}

function becauseOf(
  entitlements: readonly Entitlement[],
  words?: string,
): ExplainedGrant['because'] {
  // The one that ends last keeps the grant there.
  const [last, ...others] = [...entitlements].sort((a, b) =>
    (b.expiresAt ?? '').localeCompare(a.expiresAt ?? ''),
  );
  const all = [
    words,
    others.length > 0 &&
      `${others.length} more ${
        others.length === 1 ? 'entitlement stands' : 'entitlements stand'
      } behind it`,
  ].filter(Boolean);
  return {
    kind: 'entitlement',
    entitlementId: last.id,
    requestId: last.requestId,
    requesterRef: last.requesterRef,
    approvedBy: last.approvedBy,
    since: last.activatedAt ?? last.createdAt,
    expiresAt: last.expiresAt,
    words: all.length > 0 ? all.join('. ') : undefined,
  };
}
