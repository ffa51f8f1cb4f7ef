import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogStanding } from './CatalogStanding';

const ANALYTICS = 'arn:aws:iam::210987654321:role/analytics-role';
const OWN = 'arn:aws:iam::210987654321:role/ana-sandbox';

const entities: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: 'ana.ruiz',
      annotations: { 'lakemesh.io/principals': OWN },
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: 'team-analytics',
      annotations: { 'lakemesh.io/principals': `${ANALYTICS},  ${OWN}` },
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: { name: 'insights' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-analytics' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: { name: 'sales' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-crm' }],
  },
];

describe('standing of a user', () => {
  it('adds up the principals of user and groups, and the domains they own', async () => {
    const ownershipEntityRefs = [
      'user:default/ana.ruiz',
      'group:default/team-analytics',
      'group:default/not-in-the-catalog',
    ];
    const standing = new CatalogStanding({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      // The token says something else: it is older than the groups.
      userInfo: mockServices.userInfo({
        userEntityRef: 'user:default/ana.ruiz',
        ownershipEntityRefs: ['group:default/team-crm'],
      }),
      people: { refsOf: async () => ownershipEntityRefs },
    });

    const found = await standing.of({
      credentials: mockCredentials.user('user:default/ana.ruiz'),
    } as Parameters<CatalogStanding['of']>[0]);

    expect(found).toEqual({
      userRef: 'user:default/ana.ruiz',
      ownershipRefs: ownershipEntityRefs,
      principals: [OWN, ANALYTICS],
      domainRefs: ['domain:default/insights'],
      isInCharge: true,
    });
  });

  it('is looked up once for questions that come together, and again later', async () => {
    const asked: string[] = [];
    let now = 1_000;
    let failing = true;
    const standing = new CatalogStanding({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      userInfo: mockServices.userInfo({
        userEntityRef: 'user:default/ana.ruiz',
        ownershipEntityRefs: [],
      }),
      people: {
        refsOf: async userRef => {
          asked.push(userRef);
          if (failing) throw new Error('The catalog is away');
          return [userRef];
        },
      },
      now: () => now,
    });
    const user = {
      credentials: mockCredentials.user('user:default/ana.ruiz'),
    } as Parameters<CatalogStanding['of']>[0];

    await expect(standing.of(user)).rejects.toThrow('The catalog is away');
    failing = false;
    await Promise.all([standing.of(user), standing.of(user)]);
    now += 1_999;
    await standing.of(user);
    expect(asked).toHaveLength(2);
    now += 1;
    await standing.of(user);
    expect(asked).toHaveLength(3);
  });
});
