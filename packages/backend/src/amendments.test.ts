import type {
  AccessScope,
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ACCOUNTS,
  allTables,
  ANA,
  COLUMNS,
  CONSUMER,
  databaseOf,
  LAKE,
  OUTSIDER,
  OWNER,
  roleOf,
  rows,
  twoColumns,
  useLakeMesh,
  wholeTable,
} from './__testUtils__/useLakeMesh';

const twoTables: AccessScope = {
  level: 'read',
  tables: [
    { table: 'orders', columns: ['amount', 'email'] },
    { table: 'items' },
  ],
};

const readable = (scope: AccessScope, table: string) => {
  const wanted = scope.tables.find(one => one.table === table);
  if (!wanted && !scope.allTables) return 'AccessDeniedException';
  return COLUMNS.filter(column =>
    (wanted?.columns ?? COLUMNS).includes(column),
  );
};

describe('access that changes, from the request to the query', () => {
  const mesh = useLakeMesh();

  const detail = (id: string) =>
    mesh.call<EntitlementDetail>(OWNER, 'get', `/entitlements/${id}`);

  const amend = async (
    held: EntitlementDetail,
    scope: AccessScope,
  ): Promise<void> => {
    const asked = await mesh.call<{ items: RequestDetail[] }>(
      ANA,
      'post',
      '/requests',
      {
        body: {
          kind: 'amend',
          entitlementId: held.id,
          productRef: held.productRef,
          port: held.port,
          scope,
          principals: [held.principal.id],
          purpose: 'analytics',
          durationDays: 30,
        },
      },
    );
    const [{ id, version }] = asked.items;
    await mesh.call(OWNER, 'post', `/requests/${id}/decisions`, {
      body: { decision: 'approve' },
      version,
    });
  };

  const narrow = async (
    held: EntitlementDetail,
    scope: AccessScope,
  ): Promise<void> => {
    await mesh.call(ANA, 'post', `/entitlements/${held.id}/narrow`, {
      body: { reason: 'Less is enough', scope },
      version: held.version,
    });
  };

  it.each([
    ['own', LAKE, 'two columns to two tables', twoColumns, twoTables, amend],
    ['own', LAKE, 'two columns to all', twoColumns, wholeTable, amend],
    ['own', LAKE, 'a table to some rows', wholeTable, rows, narrow],
    ['own', LAKE, 'some rows to a database', rows, allTables, amend],
    ['own', LAKE, 'a database to columns', allTables, twoColumns, narrow],
    ['theirs', CONSUMER, 'columns to two tables', twoColumns, twoTables, amend],
    ['theirs', CONSUMER, 'some rows to all', rows, wholeTable, amend],
    ['theirs', OUTSIDER, 'a table to two', wholeTable, twoTables, amend],
    ['governed', CONSUMER, 'columns to tables', twoColumns, twoTables, amend],
    ['governed', OUTSIDER, 'some rows to all', rows, wholeTable, amend],
  ])(
    'product %s, consumer in %s, from %s: the consumer reads what is decided, and all of it ends',
    async (product, account, _what, from, to, change) => {
      const before = await Promise.all(ACCOUNTS.map(mesh.heldIn));
      const held = await mesh.approved({ product, scope: from, account });

      await change(held, to);
      let changed = await detail(held.id);
      while (changed.change) {
        expect(changed.state).toBe('active');
        expect(changed.change.error).toBeUndefined();
        await pause(20);
        changed = await detail(held.id);
      }
      expect(changed).toMatchObject({
        state: 'active',
        scope: to,
        expiresAt: held.expiresAt,
        principal: { id: roleOf(account) },
      });
      const name = databaseOf(changed.steps);
      for (const table of ['orders', 'items']) {
        expect(await mesh.columnsSeenBy(account, name, table)).toEqual(
          readable(to, table),
        );
      }

      await mesh.call(ANA, 'post', `/entitlements/${held.id}/reapply`, {
        version: changed.version,
      });
      const { version } = await mesh.untilIn(held.id, 'active');
      await mesh.call(OWNER, 'post', `/entitlements/${held.id}/revoke`, {
        body: { reason: 'The question is answered' },
        version,
      });
      await mesh.untilIn(held.id, 'revoked');
      expect(await Promise.all(ACCOUNTS.map(mesh.heldIn))).toEqual(before);
    },
  );
});
