import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  DataProductEntity,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import type { InMemoryFakeSystem } from '../testing/FakeSystem';
import {
  ANA,
  DORA,
  EVE,
  OMAR,
  ZOE,
  aProduct,
  thePeople,
} from '../testing/meshFixture';
import { deciding, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

const ETL = 'fake:etl';
const [port] = aProduct().spec.outputPorts;
/** A product of the analysts, who are a team of the domain as well. */
const analysts = (tables: typeof port.tables) =>
  aProduct({
    name: 'analyses',
    spec: {
      owner: 'group:default/analysts',
      outputPorts: [{ ...port, tables }],
    },
  });

describe.each(databases.eachSupportedId())(
  'what owners may do about grants that nobody approved, on %s',
  databaseId => {
    let mesh: Mesh;
    const start = async (
      options: Partial<Parameters<typeof startMesh>[0]> & {
        products?: DataProductEntity[];
      } = {},
    ) => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        domains: [
          {
            domain: 'sales',
            teams: ['sales', 'analysts'],
            holds: [{ system: 'fake', catalogId: 'fake', database: 'sales' }],
          },
        ],
        ...options,
      });
    };
    afterEach(() => mesh.stop());

    const system = () => mesh.provisioner.system as InMemoryFakeSystem;
    const given = async (table: string, columns: string[]) => {
      system().give(ETL, table, columns);
      await mesh.runTask('data-mesh-scan');
    };
    const resolved = async (
      userRef: string,
      action: 'adopt' | 'revoke',
      dryRun = true,
    ) => {
      const [row] = await mesh
        .knex('drift_items')
        .where({ kind: 'excess' })
        .whereNull('gone_at');
      const { body, status } = await mesh
        .as(userRef)
        .post('/v1/drift/resolutions', {
          ids: [String(row.id)],
          action,
          reason: 'Not ours',
          dryRun,
        });
      return status === 200 ? body.items[0] : { ok: false, status };
    };
    const may = async (userRef: string) => {
      const results = [];
      for (const action of ['adopt', 'revoke'] as const) {
        if ((await resolved(userRef, action)).ok) results.push(action);
      }
      const { body } = await mesh.as(userRef).get('/v1/drift');
      const [item]: DriftItem[] = body.items;
      if (item) expect(item.actions).toEqual(results);
      return results;
    };

    it('is all where the table is of their product alone, and nobody else approves', async () => {
      await start();
      await given('sales.orders', ['order_id']);
      expect(await may(OMAR)).toEqual(['adopt', 'revoke']);
      expect(await may(EVE)).toEqual([]);
      expect(await may(ZOE)).toEqual([]);
      // Who is not concerned is not even told that there is any.
      expect((await resolved(EVE, 'revoke')).error).toMatch(/^No open drift/);
      const refusal = await resolved(DORA, 'revoke');
      expect(refusal.error).toMatch(
        /is for data governance: .*owner of the only product/,
      );
      expect((await resolved(OMAR, 'revoke', false)).ok).toBe(true);
      expect(system().held()).toEqual([]);
      const [event] = await mesh
        .knex('audit_events')
        .where({ action: 'drift.revoked' });
      expect(event.actor_ref).toBe(OMAR);
    });

    it('is revoking only where a steward would have to approve', async () => {
      await start();
      await given('sales.customers', ['customer_id', 'email']);
      expect(await may(OMAR)).toEqual(['revoke']);
    });

    it('is revoking only where the column is never shared, or nobody knows the column', async () => {
      await start({
        products: [aProduct({ spec: { access: { neverShared: ['amount'] } } })],
      });
      await given('sales.orders', ['card']);
      // As strict as the strictest of its table.
      expect(await may(OMAR)).toEqual(['revoke']);
    });

    it('is nothing about tables of somebody else, or of both', async () => {
      await start({
        products: [
          aProduct({
            spec: { outputPorts: [{ ...port, tables: [port.tables[0]] }] },
          }),
          analysts(port.tables),
        ],
      });
      await given('sales.customers', ['customer_id']);
      expect(await may(OMAR)).toEqual([]);
      expect(await may(EVE)).toEqual(['adopt', 'revoke']);
      system().take(ETL, 'sales.customers');
      await given('sales.orders', ['order_id']);
      expect(await may(OMAR)).toEqual([]);
      expect(await may(EVE)).toEqual([]);
    });

    it('is nothing for who names a table without holding its place', async () => {
      await start({
        products: [
          aProduct({ spec: { owner: ZOE, domain: 'sales' } }),
          aProduct({
            name: 'mine',
            spec: { owner: ZOE, domain: 'zoes-own' },
          }),
        ],
        people: thePeople,
      });
      await mesh.runTask('data-mesh-publish');
      await given('sales.orders', ['order_id']);
      expect(await may(ZOE)).toEqual([]);
    });

    it('is nothing about tables that no product names', async () => {
      await start();
      await given('sales.payroll', ['salary']);
      expect(await may(OMAR)).toEqual([]);
    });

    it('takes the permission besides', async () => {
      await start({
        permissions: deciding(({ name }) => ({
          result:
            name === 'data-mesh.drift.resolve'
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        })),
      });
      await given('sales.orders', ['order_id']);
      expect(await may(OMAR)).toEqual([]);
      expect(await may(ANA)).toEqual([]);
    });

    it('ends when the place goes to another domain', async () => {
      await start({
        domains: [
          {
            domain: 'logistics',
            holds: [{ system: 'fake', catalogId: 'fake', database: 'sales' }],
          },
        ],
      });
      await mesh.runTask('data-mesh-publish');
      await given('sales.orders', ['order_id']);
      expect(await may(OMAR)).toEqual([]);
    });
  },
);
