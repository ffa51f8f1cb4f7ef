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

  it('is looked up once for questions that come together, and again for the next', async () => {
    const asked: string[] = [];
    let failing = true;
    const standing = new CatalogStanding({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      people: {
        refsOf: async userRef => {
          asked.push(userRef);
          if (failing) throw new Error('The catalog is away');
          return [userRef];
        },
      },
    });
    const of = (name: string) =>
      standing.of({
        credentials: mockCredentials.user(`user:default/${name}`),
      } as Parameters<CatalogStanding['of']>[0]);

    await expect(of('ana.ruiz')).rejects.toThrow('The catalog is away');
    failing = false;
    const [first, other] = await Promise.all([
      of('ana.ruiz'),
      of('omar'),
      of('ana.ruiz'),
    ]);
    expect([first.userRef, other.userRef]).toEqual([
      'user:default/ana.ruiz',
      'user:default/omar',
    ]);
    expect(asked).toHaveLength(3);
    await of('ana.ruiz');
    expect(asked).toHaveLength(4);
  });

  it('is nothing that a service has', async () => {
    const standing = new CatalogStanding({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      people: { refsOf: async userRef => [userRef] },
    });
    await expect(
      standing.of({
        credentials: mockCredentials.service(),
      } as Parameters<CatalogStanding['of']>[0]),
    ).rejects.toThrow(/Only users/);
  });
});
