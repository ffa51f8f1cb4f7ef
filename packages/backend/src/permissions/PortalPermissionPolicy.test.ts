import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  auditReadPermission,
  dataMeshPermissions,
  doctorReadPermission,
  driftResolvePermission,
  entitlementNarrowPermission,
  entitlementReadPermission,
  entitlementRevokePermission,
  requestCreatePermission,
  requestDecidePermission,
  requestForOthersPermission,
  requestReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Standing } from './CatalogStanding';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';

const ANA = 'user:default/ana.ruiz';

function aStanding(overrides: Partial<Standing> = {}): Standing {
  return {
    userRef: ANA,
    ownershipRefs: [ANA, 'group:default/team-analytics'],
    principals: ['arn:aws:iam::210987654321:role/analytics-role'],
    domainRefs: ['domain:default/sales'],
    ...overrides,
  };
}

function memberOf(group: string): Standing {
  return aStanding({ ownershipRefs: [ANA, `group:default/${group}`] });
}

async function decide(
  permission: Permission,
  standing: Standing = aStanding(),
) {
  const policy = new PortalPermissionPolicy({ standing: async () => standing });
  const credentials = mockCredentials.user(standing.userRef);
  return policy.handle(
    { permission },
    {
      credentials,
      info: {
        userEntityRef: standing.userRef,
        ownershipEntityRefs: standing.ownershipRefs,
      },
    },
  );
}

describe('permission policy of the portal', () => {
  it('allows everybody what is not about access to data', async () => {
    const catalogRead = createPermission({
      name: 'catalog.entity.read',
      attributes: { action: 'read' },
    });

    expect(await decide(catalogRead)).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it('denies everything about access to data without a user', async () => {
    const policy = new PortalPermissionPolicy({
      standing: async () => aStanding(),
    });

    for (const permission of dataMeshPermissions) {
      expect(await policy.handle({ permission })).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('shows requests to requester, approvers, product owners and domain owners', async () => {
    expect(await decide(requestReadPermission)).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'data-mesh',
      resourceType: 'data-mesh-request',
      conditions: {
        anyOf: [
          expect.objectContaining({
            rule: 'IS_REQUESTER',
            params: { userRefs: [ANA] },
          }),
          expect.objectContaining({
            rule: 'IS_APPROVER',
            params: { approverRefs: aStanding().ownershipRefs },
          }),
          expect.objectContaining({
            rule: 'IS_PRODUCT_OWNER',
            params: { ownerRefs: aStanding().ownershipRefs },
          }),
          expect.objectContaining({
            rule: 'IN_DOMAIN',
            params: { domainRefs: ['domain:default/sales'] },
          }),
        ],
      },
    });
  });

  it('shows entitlements to requester, holders, product owners and domain owners', async () => {
    expect(await decide(entitlementReadPermission)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'data-mesh-entitlement',
      conditions: {
        anyOf: [
          { rule: 'IS_REQUESTER' },
          { rule: 'IS_HOLDER', params: { principals: aStanding().principals } },
          { rule: 'IS_PRODUCT_OWNER' },
          { rule: 'IN_DOMAIN' },
        ],
      },
    });
  });

  it.each([
    {
      group: 'team-analytics',
      permission: requestCreatePermission,
      result: 'ALLOW',
    },
    {
      group: 'team-analytics',
      permission: requestDecidePermission,
      result: 'ALLOW',
    },
    {
      group: 'team-analytics',
      permission: requestForOthersPermission,
      result: 'DENY',
    },
    {
      group: 'team-analytics',
      permission: auditReadPermission,
      result: 'DENY',
    },
    {
      group: 'data-stewards',
      permission: entitlementReadPermission,
      result: 'ALLOW',
    },
    { group: 'data-stewards', permission: auditReadPermission, result: 'DENY' },
    { group: 'governance', permission: requestReadPermission, result: 'ALLOW' },
    {
      group: 'governance',
      permission: entitlementReadPermission,
      result: 'ALLOW',
    },
    { group: 'governance', permission: auditReadPermission, result: 'ALLOW' },
    {
      group: 'governance',
      permission: requestForOthersPermission,
      result: 'ALLOW',
    },
    {
      group: 'governance',
      permission: entitlementRevokePermission,
      result: 'ALLOW',
    },
    ...(['team-analytics', 'auditors'] as const).map(group => ({
      group,
      permission: driftResolvePermission,
      result: 'DENY' as const,
    })),
    ...(['governance', 'data-stewards'] as const).map(group => ({
      group,
      permission: driftResolvePermission,
      result: 'ALLOW' as const,
    })),
    {
      group: 'team-analytics',
      permission: doctorReadPermission,
      result: 'DENY',
    },
    { group: 'auditors', permission: doctorReadPermission, result: 'ALLOW' },
    {
      group: 'auditors',
      permission: entitlementNarrowPermission,
      result: 'DENY',
    },
    { group: 'auditors', permission: requestReadPermission, result: 'ALLOW' },
    {
      group: 'auditors',
      permission: entitlementReadPermission,
      result: 'ALLOW',
    },
    { group: 'auditors', permission: auditReadPermission, result: 'ALLOW' },
    { group: 'auditors', permission: requestDecidePermission, result: 'DENY' },
    {
      group: 'auditors',
      permission: entitlementRevokePermission,
      result: 'DENY',
    },
  ] as const)(
    'a member of $group who asks for $permission.name: $result',
    async ({ group, permission, result }) => {
      expect(await decide(permission, memberOf(group))).toEqual({
        result: AuthorizeResult[result],
      });
    },
  );
});
