import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
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
  requestDecidePermission,
  requestForOthersPermission,
  requestReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Standing } from './CatalogStanding';

const GOVERNANCE = 'group:default/governance';
const AUDITORS = 'group:default/auditors';
const STEWARDS = 'group:default/data-stewards';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The policy of the example portal. What is not about access to data everybody
 * may. Requests and entitlements are seen by those they concern; governance
 * and auditors see all of them, and auditors decide nothing.
 *
 * The data mesh backend checks by itself who may decide or end what: an ALLOW
 * here never lets somebody decide their own request.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  readonly #standing: (user: PolicyQueryUser) => Promise<Standing>;

  constructor(options: {
    standing: (user: PolicyQueryUser) => Promise<Standing>;
  }) {
    this.#standing = options.standing;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!permission.name.startsWith('data-mesh.')) return ALLOW;
    if (!user) return DENY;
    const standing = await this.#standing(user);
    const isOneOf = (...groups: string[]) =>
      groups.some(group => standing.ownershipRefs.includes(group));

    if (isPermission(permission, requestReadPermission)) {
      if (isOneOf(GOVERNANCE, AUDITORS)) return ALLOW;
      return createRequestConditionalDecision(permission, {
        anyOf: [
          requestConditions.isRequester({ userRefs: [standing.userRef] }),
          requestConditions.isApprover({
            approverRefs: standing.ownershipRefs,
          }),
          requestConditions.isProductOwner({
            ownerRefs: standing.ownershipRefs,
          }),
          requestConditions.inDomain({ domainRefs: standing.domainRefs }),
        ],
      });
    }
    if (isPermission(permission, entitlementReadPermission)) {
      if (isOneOf(GOVERNANCE, AUDITORS, STEWARDS)) return ALLOW;
      return createEntitlementConditionalDecision(permission, {
        anyOf: [
          entitlementConditions.isRequester({ userRefs: [standing.userRef] }),
          entitlementConditions.isHolder({ principals: standing.principals }),
          entitlementConditions.isProductOwner({
            ownerRefs: standing.ownershipRefs,
          }),
          entitlementConditions.inDomain({ domainRefs: standing.domainRefs }),
        ],
      });
    }
    if (isPermission(permission, driftResolvePermission)) {
      return isOneOf(GOVERNANCE, STEWARDS) ? ALLOW : DENY;
    }
    if (isPermission(permission, doctorReadPermission)) {
      return isOneOf(GOVERNANCE, STEWARDS, AUDITORS) ? ALLOW : DENY;
    }
    if (isPermission(permission, auditReadPermission)) {
      return isOneOf(GOVERNANCE, AUDITORS) ? ALLOW : DENY;
    }
    if (isPermission(permission, requestForOthersPermission)) {
      return isOneOf(GOVERNANCE) ? ALLOW : DENY;
    }
    if (
      isPermission(permission, requestDecidePermission) ||
      isPermission(permission, entitlementNarrowPermission) ||
      isPermission(permission, entitlementRevokePermission)
    ) {
      return isOneOf(AUDITORS) ? DENY : ALLOW;
    }
    return ALLOW;
  }
}
