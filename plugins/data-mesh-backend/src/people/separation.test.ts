import { testDatabases } from '../testing/databases';
import {
  GIL,
  OLGA,
  OMAR,
  aRequest,
  thePeople,
  type TestPeople,
} from '../testing/meshFixture';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const SOLO_ROLE = 'fake:solo';

/** Sales, and groups of which Omar of sales is the only member. */
const people = (sales: string[]): TestPeople => ({
  memberships: {
    ...thePeople.memberships,
    sales,
    solo: ['omar'],
    lone: ['omar'],
  },
  principals: { solo: SOLO_ROLE, lone: SOLO_ROLE },
});

describe.each(databases.eachSupportedId())(
  'access for a principal that a single user stands behind, on %s',
  id => {
    let mesh: Mesh;
    const start = async (sales: string[]) => {
      mesh = await startMesh({
        knex: await databases.migrated(id),
        people: people(sales),
      });
    };
    afterEach(() => mesh.stop());
    const forSolo = aRequest({ principals: [SOLO_ROLE] });

    it('is not decided by that user, whichever groups lead to it', async () => {
      await start(['omar', 'olga']);
      const request = await asked(mesh, GIL, forSolo);
      const own = await decided(mesh, OMAR, request, { decision: 'approve' });
      expect(own.status).toBe(403);
      expect(own.body.error.message).toMatch(/principal that is only yours/);
      const other = await decided(mesh, OLGA, request, { decision: 'approve' });
      expect(other.status).toBe(200);
    });

    it('is decided by a fallback where only that user could', async () => {
      await start(['omar']);
      const { id: requestId } = await asked(mesh, GIL, forSolo);
      const { body } = await mesh.as(GIL).get(`/v1/requests/${requestId}`);
      expect(body.policy.stages).toMatchObject([
        { name: 'fallback', approvers: ['group:default/sales-domain'] },
      ]);
    });

    it('is decided by the user once somebody else stands behind it', async () => {
      await start(['omar', 'olga']);
      const request = await asked(mesh, GIL, forSolo);
      const wider = people(['omar', 'olga']);
      wider.memberships.lone.push('eve');
      mesh.setPeople(wider);
      const done = await decided(mesh, OMAR, request, { decision: 'approve' });
      expect(done.status).toBe(200);
    });
  },
);
