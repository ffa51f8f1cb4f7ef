import type { Entity } from '@backstage/catalog-model';
import type { ConfiguredDomain } from './readDomains';
import type { Holding } from './PlaceBook';
import { Places } from './Places';

const TRUSTED = 'file:/mesh/domains.yaml';

function aDomain(
  name: string,
  annotations: { [name: string]: string },
  origin = TRUSTED,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/managed-by-origin-location': origin,
        ...annotations,
      },
    },
    spec: { owner: `group:default/${name}-heads` },
  };
}

const account = {
  'lakemesh.io/aws-account-id': '111111111111',
  'lakemesh.io/aws-region': 'eu-central-1',
};

function places(given: {
  entities?: Entity[];
  configured?: ConfiguredDomain[];
  decided?: Holding[];
}) {
  const { entities = [], configured = [], decided = [] } = given;
  return new Places({
    store: { held: async () => decided },
    catalog: {
      domains: async () =>
        entities.map(entity => ({
          domainRef: `domain:default/${entity.metadata.name}`,
          ownerRef: `group:default/${entity.metadata.name}-heads`,
          entity,
        })),
    },
    people: {
      membersOf: async refs =>
        new Map(
          [...refs].map(ref => [ref, [`user:default/of-${ref.split('/')[1]}`]]),
        ),
      groupsUnder: async refs =>
        new Map([...refs].map(ref => [ref, [ref, `${ref}-below`]])),
    },
    configured,
    trustedLocations: ['file:/mesh/*'],
  });
}

const table = {
  system: 'lake-formation',
  catalogId: '111111111111',
  region: 'eu-central-1',
  database: 'sales',
  table: 'orders',
};

describe('the book of places', () => {
  it('has the account of a domain from a trusted location, and of no other', async () => {
    const trusted = await places({
      entities: [aDomain('sales', account)],
    }).book();
    expect(trusted.holderOf(table)).toMatchObject({
      domainRef: 'domain:default/sales',
      held: { source: 'annotation' },
    });
    const other = await places({
      entities: [aDomain('sales', account, 'url:https://example.org/x.yaml')],
    }).book();
    expect(other.holderOf(table)).toBeUndefined();
  });

  it('has no place of an annotation without its region', async () => {
    const book = await places({
      entities: [
        aDomain('sales', { 'lakemesh.io/aws-account-id': '111111111111' }),
      ],
    }).book();
    expect(book.holdings).toEqual([]);
  });

  it('has places of config, with the same ids each time', async () => {
    const given = {
      configured: [
        {
          domainRef: 'domain:default/sales',
          teams: [],
          holds: [
            { system: 'lake-formation', catalogId: '111111111111' },
            { system: 'fake', catalogId: 'fake' },
          ],
        },
      ],
    };
    const [first, second] = await Promise.all([
      places(given).book(),
      places(given).book(),
    ]);
    const ids = first.holdings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(second.holdings.map(({ id }) => id)).toEqual(ids);
    expect(ids[0]).toMatch(/^config-[0-9a-f]{24}$/);
  });

  it('knows the owner of a domain, and who stands behind it', async () => {
    const book = await places({
      entities: [aDomain('sales', {})],
      configured: [
        {
          domainRef: 'domain:default/sales',
          teams: ['group:default/web'],
          holds: [],
        },
      ],
    }).book();
    const belonging = [
      'group:default/sales-heads',
      'group:default/sales-heads-below',
      'user:default/of-sales-heads',
      'group:default/web',
      'group:default/other',
    ].filter(ref => book.belongs(ref, 'domain:default/sales'));
    expect(belonging).toEqual([
      'group:default/sales-heads',
      'group:default/sales-heads-below',
      'user:default/of-sales-heads',
      'group:default/web',
    ]);
  });

  it('keeps the teams of a domain that the catalog does not have', async () => {
    const book = await places({
      configured: [
        {
          domainRef: 'domain:default/gone',
          teams: ['group:default/web'],
          holds: [],
        },
      ],
    }).book();
    expect(book.domainOf('domain:default/gone')).toEqual({
      domainRef: 'domain:default/gone',
      exists: false,
      teams: ['group:default/web'],
      own: [],
    });
  });
});
