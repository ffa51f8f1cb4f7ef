import type {
  AccessScope,
  DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  EVE,
  aProduct,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { FAKE_TAGS } from '../../testing/FakeTagger';
import { chanceOf, type Chance } from '../../testing/randomly';
import { startMesh, type Mesh } from '../../testing/startMesh';

jest.setTimeout(300_000);

const databases = testDatabases();
const SEQUENCES = 5;
const STEPS = 20;

const theirs = aProduct();
/** Where the attackers register what they like. */
const ELSEWHERE = 'url:https://github.com/eve/repo/blob/main/all.yaml';
const OWNERS = [
  'group:default/analysts',
  'user:default/ana',
  'group:default/sales',
  'group:default/nobody',
];
const DOMAINS = ['sales', 'hr', 'own'];

/** A product that the attacker registers, as it comes to mind. */
function anyProduct(pick: Chance['pick']): DataProductEntity {
  return aProduct({
    name: pick(['mine', 'other']),
    origin: ELSEWHERE,
    spec: {
      owner: pick(OWNERS),
      domain: pick(DOMAINS),
      classification: pick(['public', 'internal', undefined]),
      lifecycle: 'active',
      access: pick<DataProductEntity['spec']['access']>([
        undefined,
        { approvers: [ANA] },
        { approvers: [EVE, 'group:default/analysts'], neverShared: ['amount'] },
      ]),
      outputPorts: [
        {
          name: 'lake',
          type: 'fake',
          location: { database: pick(['sales', 'SALES', 'hr']) },
          tables: [
            {
              name: pick(['orders', 'customers', 'payroll']),
              columns: pick([
                [],
                [{ name: 'amount', type: 'double' }],
                theirs.spec.outputPorts[0].tables[1].columns,
              ]),
            },
          ],
        },
      ],
    },
  });
}

const scopes: AccessScope[] = [
  { level: 'read', tables: [{ table: 'orders' }] },
  { level: 'read', tables: [{ table: 'customers', columns: ['email'] }] },
  { level: 'read', tables: [{ table: 'orders', columns: ['amount'] }] },
  { level: 'modify', tables: [{ table: 'payroll' }] },
  { level: 'read', tables: [], allTables: true },
  {
    level: 'read',
    tables: [],
    tagExpression: [{ key: 'class', values: ['public'] }],
  },
];

describe.each(databases.eachSupportedId())(
  'somebody who holds nothing, on %s',
  databaseId => {
    let mesh: Mesh;
    afterEach(() => mesh.stop());

    const start = async (teams: string[] = ['sales']) => {
      mesh = await startMesh({
        domains: [
          {
            domain: 'sales',
            teams,
            holds: [{ system: 'fake', catalogId: 'fake' }],
          },
        ],
        knex: await databases.migrated(databaseId),
        policy: { autoApprove: { publicData: true, sameDomain: true } },
        domainAnnotations: { [FAKE_TAGS]: 'public,internal' },
      });
    };

    /** Does something, and hopes. */
    const act = async (pick: Chance['pick']) => {
      const as = mesh.as(pick([ANA, EVE]));
      const name = pick(['orders', 'mine', 'other']);
      const ask = {
        productRef: `dataproduct:default/${name}`,
        port: 'lake',
        scope: pick(scopes),
        principals: [pick([ANA_ROLE, ANALYSTS_ROLE])],
        purpose: 'analytics',
        durationDays: pick([1, 30]),
        justification: 'Because',
      };
      switch (
        pick(['edit', 'preview', 'ask', 'ask', 'decide', 'tag', 'drift'])
      ) {
        case 'edit': {
          const made = [anyProduct(pick), anyProduct(pick)];
          const [first, second] = made;
          return mesh.setProducts(
            first.metadata.name === second.metadata.name
              ? [theirs, first]
              : [theirs, ...made],
          );
        }
        case 'preview':
          return as.post('/v1/requests/preview', ask);
        case 'ask':
          return as.post('/v1/requests', ask);
        case 'decide': {
          const waiting = await mesh
            .knex('access_requests')
            .where({ state: 'pending' })
            .select('id', 'version');
          if (waiting.length === 0) return undefined;
          const { id, version } = pick(waiting);
          return as.post(
            `/v1/requests/${id}/decisions`,
            { decision: 'approve' },
            { 'if-match': String(version) },
          );
        }
        case 'tag':
          return as.post(`/v1/products/default/${name}/tags`, {});
        default: {
          const { body } = await as.get('/v1/drift');
          return as.post('/v1/drift/resolutions', {
            items: (body.items ?? []).map(({ id }: { id: string }) => id),
            action: 'adopt',
            reason: 'Because',
          });
        }
      }
    };

    const PAYROLL = {
      name: 'lake',
      type: 'fake',
      location: { database: 'sales' },
      tables: [
        { name: 'payroll', columns: [{ name: 'salary', type: 'double' }] },
      ],
    };
    /** What comes of asking for a table that no other product names. */
    const askedFor = async (
      spec: Partial<DataProductEntity['spec']>,
      origin?: string,
    ) => {
      mesh.setProducts([
        theirs,
        aProduct({
          name: 'mine',
          ...(origin && { origin }),
          spec: {
            classification: 'public',
            outputPorts: [PAYROLL],
            ...spec,
          },
        }),
      ]);
      const { status, body } = await mesh.as(ANA).post('/v1/requests', {
        productRef: 'dataproduct:default/mine',
        port: 'lake',
        scope: { level: 'read', tables: [{ table: 'payroll' }] },
        principals: [ANA_ROLE],
        purpose: 'analytics',
        durationDays: 1,
      });
      const made = await mesh.knex('entitlements').select('product_ref');
      return {
        status,
        state: body.items?.[0].state,
        given: made.length,
        why: body.error?.message,
      };
    };

    it('gets nothing by a product of their own', async () => {
      await start();
      expect(
        await askedFor({ owner: 'group:default/analysts' }, ELSEWHERE),
      ).toMatchObject({ status: 400, given: 0 });
    });

    it('gets nothing by rule from a product that they wrote in the name of its owner', async () => {
      await start();
      expect(await askedFor({}, ELSEWHERE)).toMatchObject({
        status: 201,
        state: 'pending',
        given: 0,
      });
    });

    it('decides nothing as the approver whom such a product names', async () => {
      await start();
      expect(
        await askedFor({ access: { approvers: [EVE] } }, ELSEWHERE),
      ).toMatchObject({
        status: 400,
        given: 0,
        why: expect.stringContaining(
          `${EVE} would decide about it without belonging to domain:default/sales`,
        ),
      });
    });

    it('gets it by rule where the domain has them in, at a trusted location', async () => {
      await start(['sales', 'analysts']);
      expect(await askedFor({ owner: 'group:default/analysts' })).toMatchObject(
        { status: 201, state: 'approved', given: 1 },
      );
    });

    it('gets nothing of what is held by others, whatever is tried', async () => {
      await start();
      for (let seed = 1; seed <= SEQUENCES; seed += 1) {
        const { pick } = chanceOf(seed);
        mesh.setProducts([theirs]);
        for (let step = 1; step <= STEPS; step += 1) {
          await act(pick);
          const made = await mesh.knex('entitlements').select('product_ref');
          expect([seed, step, made]).toEqual([seed, step, []]);
          expect(mesh.provisioner.calls).toEqual([]);
          expect(mesh.provisioner.tagger.applied).toEqual([]);
        }
      }
      const asked = await mesh.knex('access_requests').count({ count: '*' });
      expect(Number(asked[0].count)).toBeGreaterThan(0);
    });
  },
);
