import {
  ACCOUNTS,
  allTables,
  COLUMNS,
  CONSUMER,
  databaseOf,
  LAKE,
  OUTSIDER,
  OWNER,
  PRODUCER,
  rows,
  twoColumns,
  useLakeMesh,
  wholeTable,
} from './__testUtils__/useLakeMesh';

describe('access in every topology, from the request to the query', () => {
  const mesh = useLakeMesh();

  it.each([
    ['one account', 'own', LAKE, 'two columns', twoColumns],
    ['one account', 'own', LAKE, 'some rows', rows],
    ['one account', 'own', LAKE, 'a database', allTables],
    ['peer to peer', 'theirs', CONSUMER, 'two columns', twoColumns],
    ['peer to peer', 'theirs', CONSUMER, 'some rows', rows],
    ['peer to peer', 'theirs', CONSUMER, 'a database', allTables],
    ['peer to peer by invitation', 'theirs', OUTSIDER, 'a table', wholeTable],
    ['central governance', 'governed', CONSUMER, 'two columns', twoColumns],
    ['central governance', 'governed', PRODUCER, 'some rows', rows],
    ['central governance by invitation', 'governed', OUTSIDER, 'rows', rows],
  ])(
    '%s, product %s, consumer in %s: %s are read by the consumer itself, until they are revoked',
    async (_topology, product, account, _what, scope) => {
      const before = await Promise.all(ACCOUNTS.map(mesh.heldIn));
      const { id, version, steps } = await mesh.approved({
        product,
        scope,
        account,
      });
      const name = databaseOf(steps);
      const columns = scope.tables[0]?.columns ?? COLUMNS;
      expect(await mesh.columnsSeenBy(account, name, 'orders')).toEqual(
        COLUMNS.filter(column => columns.includes(column)),
      );
      expect(await mesh.columnsSeenBy(account, name, 'items')).toEqual(
        scope.allTables ? COLUMNS : 'AccessDeniedException',
      );

      await mesh.call(OWNER, 'post', `/entitlements/${id}/revoke`, {
        body: { reason: 'The question is answered' },
        version,
      });
      await mesh.untilIn(id, 'revoked');
      expect(await mesh.columnsSeenBy(account, name, 'orders')).toBe(
        'AccessDeniedException',
      );
      expect(await Promise.all(ACCOUNTS.map(mesh.heldIn))).toEqual(before);
    },
  );
});
