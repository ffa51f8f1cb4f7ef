import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityDeletePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createEntitlementConditionalDecision,
  createRequestConditionalDecision,
  entitlementConditions,
  requestConditions,
} from '@lakemesh/backstage-plugin-data-mesh-backend';
import {
  auditReadPermission,
  doctorReadPermission,
  driftResolvePermission,
  entitlementNarrowPermission,
  entitlementReadPermission,
  entitlementRevokePermission,
  grantsReadPermission,
  placeClaimPermission,
  placeDecidePermission,
  requestDecidePermission,
  requestForOthersPermission,
  requestReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Standing } from './CatalogStanding';
import type { PolicyRoles } from './readPolicyRoles';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** Kinds that access rests on: what is given away, and who decides. */
const trustedKinds = ['DataProduct', 'Domain', 'Group', 'User'];

/** What the rules need. */
export interface PolicyDeps {
  standing: (user: PolicyQueryUser) => Promise<Standing>;
  roles: PolicyRoles;
}

/**
 * Least privilege: own requests and access, those on own products and in own
 * domains. Governance reads all, auditors too, and auditors change nothing.
 *
 * The data mesh backend checks by itself who may decide or end what: an ALLOW
 * here never lets somebody decide their own request.
 *
 * @returns undefined for permissions that are about something else
 */
export async function decideDataMesh(
  { permission }: PolicyQuery,
  user: PolicyQueryUser | undefined,
  { standing, roles }: PolicyDeps,
): Promise<PolicyDecision | undefined> {
  const isOfCatalog =
    isPermission(permission, catalogEntityDeletePermission) ||
    isPermission(permission, catalogLocationDeletePermission);
  if (!isOfCatalog && !permission.name.startsWith('data-mesh.')) {
    return undefined;
  }
  if (!user) return DENY;
  const known = await standing(user);
  return decideFor(permission, known, roles);
}

function decideFor(
  permission: PolicyQuery['permission'],
  standing: Standing,
  { governance, auditors, stewards }: PolicyRoles,
): PolicyDecision {
  const { userRef, ownershipRefs, principals, domainRefs } = standing;
  const isOneOf = (...groups: Array<readonly string[]>) =>
    groups.flat().some(ref => ownershipRefs.includes(ref));
  const only = (...groups: Array<readonly string[]>) =>
    isOneOf(...groups) ? ALLOW : DENY;

  if (isPermission(permission, catalogEntityDeletePermission)) {
    if (isOneOf(governance)) return ALLOW;
    return createCatalogConditionalDecision(permission, {
      anyOf: [
        { not: catalogConditions.isEntityKind({ kinds: trustedKinds }) },
        catalogConditions.isEntityOwner({ claims: [...ownershipRefs] }),
      ],
    });
  }
  // A location is no resource that has owners, and takes all it holds with it.
  if (isPermission(permission, catalogLocationDeletePermission)) {
    return only(governance);
  }
  if (isPermission(permission, requestReadPermission)) {
    if (isOneOf(governance, auditors)) return ALLOW;
    return createRequestConditionalDecision(permission, {
      anyOf: [
        requestConditions.isRequester({ userRefs: [userRef] }),
        requestConditions.isApprover({ approverRefs: [...ownershipRefs] }),
        requestConditions.isProductOwner({ ownerRefs: [...ownershipRefs] }),
        requestConditions.inDomain({ domainRefs: [...domainRefs] }),
      ],
    });
  }
  if (isPermission(permission, entitlementReadPermission)) {
    if (isOneOf(governance, auditors, stewards)) return ALLOW;
    return createEntitlementConditionalDecision(permission, {
      anyOf: [
        entitlementConditions.isRequester({ userRefs: [userRef] }),
        entitlementConditions.isHolder({ principals: [...principals] }),
        entitlementConditions.isProductOwner({ ownerRefs: [...ownershipRefs] }),
        entitlementConditions.inDomain({ domainRefs: [...domainRefs] }),
      ],
    });
  }
  // The backend tells everybody only of their own principals and products.
  if (isPermission(permission, grantsReadPermission)) return ALLOW;
  if (isPermission(permission, doctorReadPermission)) {
    return isOneOf(governance, auditors, stewards) || standing.isInCharge
      ? ALLOW
      : DENY;
  }
  if (isPermission(permission, auditReadPermission)) {
    return only(governance, auditors);
  }
  if (
    isPermission(permission, requestForOthersPermission) ||
    isPermission(permission, placeDecidePermission)
  ) {
    return only(governance);
  }
  if (isPermission(permission, placeClaimPermission)) {
    if (isOneOf(governance)) return ALLOW;
    return domainRefs.length > 0 && !isOneOf(auditors) ? ALLOW : DENY;
  }
  if (isPermission(permission, driftResolvePermission)) {
    if (isOneOf(governance)) return ALLOW;
    return standing.isInCharge && !isOneOf(auditors) ? ALLOW : DENY;
  }
  // What is left is about what is one's own, which the backend sees to. Who
  // audits takes no part in what others hold.
  const isOfOthers =
    isPermission(permission, requestDecidePermission) ||
    isPermission(permission, entitlementNarrowPermission) ||
    isPermission(permission, entitlementRevokePermission);
  return isOfOthers && isOneOf(auditors) ? DENY : ALLOW;
}
