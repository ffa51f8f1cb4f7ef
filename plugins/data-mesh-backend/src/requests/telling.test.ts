import {
  ANA,
  DORA,
  GIL,
  OLGA,
  OMAR,
  OMAR_ROLE,
  SALES_ROLE,
  STELLA,
  aRequest,
  thePeople,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const { sales: _, ...others } = thePeople.memberships;

describe.each(databases.eachSupportedId())(
  'who is told of requests on %s',
  databaseId => {
    let mesh: Mesh;
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        ...options,
      });
    };
    afterEach(() => mesh.stop());

    const told = async (count: number, title?: RegExp) =>
      (await mesh.told(count, title)).map(
        ({ recipients }) =>
          recipients.type === 'entity' && recipients.entityRef,
      );

    it('are not those who may not decide, though they are of the owners', async () => {
      await start();
      await asked(mesh, OMAR, aRequest({ principals: [SALES_ROLE] }));
      expect(await told(1)).toEqual([[OLGA]]);
      // Nor the only user whom the access would be for.
      await asked(mesh, GIL, aRequest({ principals: [OMAR_ROLE] }));
      expect(await told(2)).toEqual([[OLGA], [OLGA]]);
    });

    it('are members of child groups, who can open it and decide', async () => {
      await start({
        people: {
          memberships: { ...others, sales: [], 'sales-emea': ['omar'] },
          parents: { 'sales-emea': 'sales' },
        },
      });
      const request = await asked(mesh, ANA, aRequest());
      expect(await told(1)).toEqual([[OMAR]]);
      const opened = await mesh.as(OMAR).get(`/v1/requests/${request.id}`);
      expect(opened.status).toBe(200);
      const { body } = await decided(mesh, OMAR, request, {
        decision: 'approve',
      });
      expect(body.state).toBe('approved');
    });

    it('are members by the catalog as it is when it happens', async () => {
      await start();
      const request = await asked(
        mesh,
        ANA,
        aRequest({
          scope: { level: 'read', tables: [{ table: 'customers' }] },
          justification: 'Churn model',
        }),
      );
      expect(await told(1)).toEqual([[OLGA, OMAR]]);
      mesh.setPeople({
        memberships: { ...thePeople.memberships, stewards: ['stella', 'zoe'] },
      });
      await decided(mesh, OMAR, request, { decision: 'approve' });
      expect(await told(2)).toEqual([
        [OLGA, OMAR],
        [STELLA, 'user:default/zoe'],
      ]);
    });

    it('are those who stand in where the team was renamed while it waits', async () => {
      await start();
      await asked(mesh, ANA, aRequest());
      mesh.setPeople({
        memberships: { ...others, 'sales-new': ['omar', 'olga'] },
      });
      await mesh.runTask('data-mesh-lapse-requests');
      expect(await told(1, /has changed$/)).toEqual([[DORA]]);
    });
  },
);
