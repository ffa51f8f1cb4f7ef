import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
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
import { decideDataMesh } from './decideDataMesh';
import type { PolicyRoles } from './readPolicyRoles';

const ANA = 'user:default/ana.ruiz';

function aStanding(overrides: Partial<Standing> = {}): Standing {
  return {
    userRef: ANA,
    ownershipRefs: [ANA, 'group:default/team-analytics'],
    principals: ['arn:aws:iam::210987654321:role/analytics-role'],
    domainRefs: ['domain:default/sales'],
    isInCharge: false,
    ...overrides,
  };
}

const roles: PolicyRoles = {
  governance: ['group:default/governance'],
  auditors: ['group:default/auditors'],
  stewards: ['group:default/data-stewards'],
};

function memberOf(group: string): Standing {
  return aStanding({
    ownershipRefs: [ANA, `group:default/${group}`],
    isInCharge: group === 'owners',
  });
}

async function decide(
  permission: Permission,
  standing: Standing = aStanding(),
) {
  const credentials = mockCredentials.user(standing.userRef);
  return decideDataMesh(
    { permission },
    {
      credentials,
      info: {
        userEntityRef: standing.userRef,
        ownershipEntityRefs: [...standing.ownershipRefs],
      },
    },
    { standing: async () => standing, roles },
  );
}

describe('permission policy of the data mesh', () => {
  it('leaves what is not about access to data to others', async () => {
    for (const name of ['catalog.entity.read', 'catalog.entity.refresh']) {
      const permission = createPermission({
        name,
        attributes: { action: 'read' },
      });
      expect(await decide(permission)).toBeUndefined();
    }
  });

  it('denies everything about access to data without a user', async () => {
    for (const permission of [
      ...dataMeshPermissions,
      catalogEntityDeletePermission,
      catalogLocationDeletePermission,
    ]) {
      expect(
        await decideDataMesh({ permission }, undefined, {
          standing: async () => aStanding(),
          roles,
        }),
      ).toEqual({ result: AuthorizeResult.DENY });
    }
  });

  it('lets only owners and governance delete what access rests on', async () => {
    expect(await decide(catalogEntityDeletePermission)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'catalog-entity',
      conditions: {
        anyOf: [
          {
            not: {
              rule: 'IS_ENTITY_KIND',
              params: { kinds: ['DataProduct', 'Domain', 'Group', 'User'] },
            },
          },
          {
            rule: 'IS_ENTITY_OWNER',
            params: { claims: aStanding().ownershipRefs },
          },
        ],
      },
    });
    expect(
      await decide(catalogEntityDeletePermission, memberOf('governance')),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });

  it('gives nobody a role that config does not name', async () => {
    const nobody: PolicyRoles = { governance: [], auditors: [], stewards: [] };
    const standing = memberOf('governance');
    for (const permission of [
      auditReadPermission,
      requestForOthersPermission,
      driftResolvePermission,
      doctorReadPermission,
      catalogLocationDeletePermission,
    ]) {
      expect(
        await decideDataMesh(
          { permission },
          {
            credentials: mockCredentials.user(ANA),
            info: { userEntityRef: ANA, ownershipEntityRefs: [] },
          },
          { standing: async () => standing, roles: nobody },
        ),
      ).toEqual({ result: AuthorizeResult.DENY });
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
    ...(['governance', 'owners'] as const).map(group => ({
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
    { group: 'owners', permission: doctorReadPermission, result: 'ALLOW' },
    {
      group: 'data-stewards',
      permission: driftResolvePermission,
      result: 'DENY',
    },
    {
      group: 'owners',
      permission: catalogLocationDeletePermission,
      result: 'DENY',
    },
    {
      group: 'governance',
      permission: catalogLocationDeletePermission,
      result: 'ALLOW',
    },
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
