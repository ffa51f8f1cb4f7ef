import { PlaceBook, type Holding } from './PlaceBook';
import type { PlacedTable } from './PlacedProducts';
import { placeChecks } from './placeChecks';

const held = (domain: string, database: string): Holding => ({
  id: `${domain}-${database}`,
  domainRef: `domain:default/${domain}`,
  place: { system: 'fake', catalogId: '1', database },
  except: [],
  source: 'config',
  narrowerWins: false,
});

const table = (product: string, database: string): PlacedTable => ({
  productRef: `dataproduct:default/${product}`,
  title: product,
  domainRef: 'domain:default/sales',
  port: { name: 'lake', type: 'fake', location: {}, tables: [] },
  table: { name: 'orders', columns: [] },
  address: { system: 'fake', catalogId: '1', database, table: 'orders' },
});

const sales = {
  domainRef: 'domain:default/sales',
  exists: true,
  ownerRef: 'group:default/sales',
  teams: [],
  own: [],
};

const found = (tables: PlacedTable[], book: PlaceBook) =>
  placeChecks(tables, book).map(({ subject, checks: [{ id }] }) => [
    subject,
    id,
  ]);

describe('what the doctor says of places', () => {
  it('is nothing where each domain holds what its products offer', () => {
    const book = new PlaceBook([held('sales', 'sales_*')], [sales]);
    expect(found([table('a', 'sales_a'), table('b', 'sales_b')], book)).toEqual(
      [],
    );
  });

  it('names products beside others only to those who may see them', () => {
    const book = new PlaceBook([held('sales', 'sales_*')], [sales]);
    const tables = ['a', 'b', 'c'].map(name => table(name, 'sales_a'));
    const [item, ...more] = placeChecks(tables, book, ref =>
      ref.endsWith('/b'),
    );
    expect(more).toEqual([]);
    expect(item.checks[0].words).toBe(
      'dataproduct:default/b and 2 products that you may not see name it; the strictest of what they say holds',
    );
    expect(item.about).toEqual([
      'dataproduct:default/a',
      'dataproduct:default/b',
      'dataproduct:default/c',
      'domain:default/sales',
    ]);
  });

  it('names what others hold, what nobody does, and what two products name', () => {
    const book = new PlaceBook(
      [held('sales', 'sales_*'), held('hr', '*_people')],
      [
        sales,
        { ...sales, domainRef: 'domain:default/gone', exists: false },
        { ...sales, domainRef: 'domain:default/idle', ownerRef: undefined },
      ],
    );
    expect(
      found(
        [
          table('a', 'eu_people'),
          table('b', 'other'),
          table('c', 'other'),
          table('d', 'sales_people'),
        ],
        book,
      ),
    ).toEqual([
      ['domain:default/gone', 'domain-exists'],
      ['domain:default/idle', 'domain-owner'],
      ['domain:default/idle', 'domain-places'],
      ['domain:default/sales, the databases `sales_*`', 'place-contested'],
      ['domain:default/hr, the databases `*_people`', 'place-contested'],
      ['1, database other', 'place-held'],
      ['a, port lake', 'port-held'],
      ['d, port lake', 'port-held'],
      ['other.orders', 'table-of-one-product'],
    ]);
  });
});
