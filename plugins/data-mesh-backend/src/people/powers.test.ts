import { testDatabases } from '../testing/databases';
import {
  ANALYSTS_ROLE,
  EVE,
  GIL,
  OMAR,
  SALES_ROLE,
  aProduct,
  aRequest,
} from '../testing/meshFixture';
import type { InMemoryFakeSystem } from '../testing/FakeSystem';
import { inForce, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
/** Signed in as nobody in particular; not in the catalog. */
const GUEST = 'user:development/guest';
const PEOPLE = { GUEST, EVE, OMAR, GIL };
type Person = keyof typeof PEOPLE;

/** What the host of an instance without a permission policy must withstand. */
describe.each(databases.eachSupportedId())(
  'powers over what others hold, where everything is permitted, on %s',
  id => {
    let mesh: Mesh;
    const start = async (options: Partial<Parameters<typeof startMesh>[0]>) => {
      mesh = await startMesh({
        knex: await databases.migrated(id),
        ...options,
      });
    };
    afterEach(() => mesh.stop());
    const system = () => mesh.provisioner.system as InMemoryFakeSystem;

    /** Statuses of what each power answers to a person. */
    const powersOf = async (person: Person) => {
      const as = mesh.as(PEOPLE[person]);
      const [excess] = await mesh
        .knex('drift_items')
        .where({ kind: 'excess' })
        .whereNull('gone_at');
      const resolve = async (action: 'adopt' | 'revoke') => {
        const { body } = await as.post('/v1/drift/resolutions', {
          ids: [String(excess.id)],
          action,
          reason: 'Because',
          dryRun: true,
        });
        return body.items[0].ok;
      };
      const others = person === 'GIL' ? SALES_ROLE : ANALYSTS_ROLE;
      return {
        adopt: await resolve('adopt'),
        revoke: await resolve('revoke'),
        scan: (await as.post('/v1/scans', {})).status,
        release: (await as.post('/v1/scans/x/release', { reason: 'x' })).status,
        forOthers: (
          await as.post('/v1/requests', aRequest({ principals: [others] }))
        ).status,
        tags: (
          await as.post('/v1/products/default/orders/tags', { dryRun: true })
        ).status,
      };
    };

    const prepare = async () => {
      system().give('fake:etl', 'sales.orders', ['order_id']);
      await mesh.runTask('data-mesh-scan');
    };

    const nothing = {
      adopt: false,
      revoke: false,
      scan: 403,
      release: 403,
      forOthers: 400,
      tags: 403,
    };

    it.each<[Person, object]>([
      ['GUEST', nothing],
      // Her group is the one that the role belongs to.
      ['EVE', { ...nothing, forOthers: 201 }],
      // The table is his product's, and nobody else would have to approve.
      [
        'OMAR',
        { ...nothing, adopt: true, revoke: true, forOthers: 201, tags: 200 },
      ],
      [
        'GIL',
        {
          adopt: true,
          revoke: true,
          scan: 202,
          release: 404,
          forOthers: 201,
          tags: 200,
        },
      ],
    ])('are, for %s, %j', async (person, expected) => {
      await start({});
      await prepare();
      expect(await powersOf(person)).toEqual(expected);
    });

    it.each([
      ['is not set', undefined],
      ['names nobody', []],
      ['names who does not exist', ['group:default/gone']],
    ])('are nobody’s where dataMesh.governance %s', async (_, governance) => {
      await start({
        config: governance ? { governance } : { governance: null },
      });
      await prepare();
      for (const person of ['GUEST', 'GIL'] as const) {
        expect([person, await powersOf(person)]).toEqual([person, nothing]);
      }
      const { body } = await mesh.as(GUEST).post('/v1/scans', {});
      expect(body.error.message).toMatch(
        /^Starting scans is for data governance: dataMesh\.governance names /,
      );
      expect(system().held()).toHaveLength(1);
    });

    it('are the owner’s over access to its own product only', async () => {
      await start({
        products: [
          aProduct(),
          aProduct({
            name: 'parcels',
            spec: { owner: 'group:default/analysts' },
          }),
        ],
      });
      await inForce(mesh, {
        requester: EVE,
        approver: OMAR,
        body: aRequest(),
      });
      system().take(ANALYSTS_ROLE, 'sales.orders');
      await mesh.runTask('data-mesh-scan');
      const [missing] = await mesh
        .knex('drift_items')
        .where({ kind: 'missing' });
      const revoked = async (person: Person) => {
        const { body } = await mesh
          .as(PEOPLE[person])
          .post('/v1/drift/resolutions', {
            ids: [String(missing.id)],
            action: 'revoke',
            reason: 'Because',
            dryRun: true,
          });
        return body.items[0];
      };
      // Eve is one who may use it, and owns another product.
      expect(await revoked('EVE')).toMatchObject({
        ok: false,
        error: expect.stringMatching(
          /is for the owner of its product and for data governance/,
        ),
      });
      expect(await revoked('GUEST')).toMatchObject({ ok: false });
      expect(await revoked('OMAR')).toMatchObject({ ok: true });
      expect(await revoked('GIL')).toMatchObject({ ok: true });
      const reconciled = async (person: Person) =>
        (
          await mesh
            .as(PEOPLE[person])
            .post('/v1/reconciliations', { everything: true, dryRun: true })
        ).body.items.map((one: { entitlementId: string }) => one.entitlementId);
      // Of what it may not reconcile, it is not told that it exists.
      expect(await reconciled('GUEST')).toEqual([]);
      expect(await reconciled('OMAR')).toEqual([missing.entitlement_id]);
      expect(await reconciled('GIL')).toEqual([missing.entitlement_id]);
    });
  },
);
