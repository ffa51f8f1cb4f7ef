import { Grant, GrantResource } from './Grant';
import { GrantBook } from './GrantBook';

const table = (name: string): GrantResource => ({
  kind: 'table',
  database: 'sales',
  table: name,
});

const aGrant = (sequence: number, fields: Partial<Grant> = {}): Grant => ({
  principal: 'someone',
  resource: table('orders'),
  permissions: ['SELECT'],
  grantable: [],
  sequence,
  updatedAt: 0,
  updatedBy: 'someone',
  ...fields,
});

const sequences = (grants: Iterable<Grant>) =>
  [...grants].map(({ sequence }) => sequence);

describe('GrantBook', () => {
  it('keeps one entry per principal, resource and condition', () => {
    const book = new GrantBook([
      aGrant(1),
      aGrant(2, { condition: 'a' }),
      aGrant(3, { condition: 'b' }),
      aGrant(4, { principal: 'another' }),
      aGrant(1, { permissions: ['DROP'] }),
    ]);
    expect(sequences(book.all())).toEqual([1, 2, 3, 4]);
    expect(book.get('someone', table('orders'))?.permissions).toEqual(['DROP']);
    expect(sequences(book.held('someone', table('orders')))).toEqual([1, 2, 3]);
    expect(book.get('someone', table('orders'), 'b')?.sequence).toBe(3);
    book.delete('someone', table('orders'), 'a');
    book.delete('someone', table('orders'));
    expect(sequences(book.held('someone', table('orders')))).toEqual([3]);
    expect(sequences(book.on(table('orders')))).toEqual([3, 4]);
    expect(sequences(book.ofPrincipal('someone'))).toEqual([3]);
  });

  it('finds grants by what they are on and in', () => {
    const filter: GrantResource = {
      kind: 'dataCellsFilter',
      database: 'sales',
      table: 'orders',
      filter: 'large',
    };
    const book = new GrantBook([
      aGrant(1),
      aGrant(2, { resource: { kind: 'database', database: 'sales' } }),
      aGrant(3, { resource: filter }),
      aGrant(4, { resource: filter, principal: 'another' }),
      aGrant(5, { resource: { kind: 'lfTag', key: 'team', values: ['a'] } }),
      aGrant(6, { resource: { kind: 'lfTag', key: 'team', values: ['b'] } }),
      aGrant(7, {
        resource: {
          kind: 'lfTagPolicy',
          reaches: 'TABLE',
          expression: [{ key: 'team', values: ['a'] }],
        },
      }),
    ]);
    expect(sequences(book.inside('someone', 'sales'))).toEqual([1, 2, 3]);
    expect(sequences(book.filters('someone', 'sales', 'orders'))).toEqual([3]);
    expect(sequences(book.filtersOf('sales', 'orders'))).toEqual([3, 4]);
    expect(sequences(book.onTag('someone', 'team'))).toEqual([5, 6]);
    expect(sequences(book.onTagKey('team', 6))).toEqual([6]);
    expect(sequences(book.policies('someone'))).toEqual([7]);
    expect(sequences(book.ofKind('lfTag'))).toEqual([5, 6]);
    expect(sequences(book.ofKind('catalog'))).toEqual([]);
  });

  it('keeps the order through deletions, and starts a page without reading what lies before', () => {
    const count = 10_000;
    const book = new GrantBook();
    for (let i = 1; i <= count; i++) {
      book.put(aGrant(i, { resource: table(`t${i}`) }));
    }
    for (let i = 1; i <= count; i++) {
      if (i % 3) book.delete('someone', table(`t${i}`));
    }
    expect(sequences(book.all(count - 5))).toEqual([9996, 9999]);
    expect(sequences(book.all())).toHaveLength(3333);
    expect(sequences(book.all()).slice(0, 3)).toEqual([3, 6, 9]);
  });

  it('takes grants out of order, as a snapshot may have them', () => {
    const book = new GrantBook([
      aGrant(3, { principal: 'c' }),
      aGrant(1, { principal: 'a' }),
      aGrant(2, { principal: 'b' }),
    ]);
    expect(sequences(book.all())).toEqual([1, 2, 3]);
    expect(sequences(book.on(table('orders'), 2))).toEqual([2, 3]);
  });
});
