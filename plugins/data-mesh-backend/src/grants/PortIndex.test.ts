import { aPort } from '../testing/provisioningFixture';
import { PortIndex } from './PortIndex';

const index = new PortIndex([
  {
    productRef: 'dataproduct:default/orders',
    title: 'Orders',
    ports: [
      aPort({
        location: { catalogId: '1', region: 'eu', database: 'Sales' },
        tables: [{ name: 'Orders', columns: [] }],
      }),
    ],
  },
  {
    productRef: 'dataproduct:default/all',
    title: 'All',
    ports: [
      aPort({
        location: { catalogId: '1', region: 'eu', database: 'sales' },
        tables: ['orders', 'returns'].map(name => ({ name, columns: [] })),
      }),
    ],
  },
]);

const found = (resource: object) =>
  index.productsOf({
    principal: { id: 'a', kind: 'other', name: 'a' },
    resource: { words: '', ...resource },
    permissions: [],
    grantable: [],
  });

describe('PortIndex', () => {
  it.each([
    [{ database: 'sales', table: 'orders' }, ['all', 'orders']],
    [{ database: 'SALES', table: 'returns' }, ['all']],
    [{ database: 'sales' }, ['all', 'orders']],
    [{ database: 'sales', table: 'other' }, []],
    [{ database: 'sales', table: 'orders', catalogId: '2' }, []],
    [
      { database: 'sales', table: 'orders', catalogId: '1', region: 'eu' },
      ['all', 'orders'],
    ],
    [{ database: 'sales', table: 'orders', region: 'us' }, []],
    [{ location: 's3://x' }, []],
  ])('of %j is %j', (resource, names) => {
    expect(found(resource)).toEqual(
      names.map(name => `dataproduct:default/${name}`),
    );
  });
});
