import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';
import type { NewRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { requestConditions } from '../../permissions';
import {
  ANA,
  ANALYSTS_ROLE,
  ANA_ROLE,
  DORA,
  EVE,
  OLGA,
  OMAR,
  OMAR_ROLE,
  STELLA,
  aProduct,
  aRequest,
  portsIn,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import {
  asked,
  decided,
  deciding,
  startMesh,
  type Mesh,
} from '../../testing/startMesh';

const databases = testDatabases();

type Criteria = PermissionCriteria<PermissionCondition>;

// Each in a database of its own: who answers for one is not asked for another.
const products = [
  aProduct(),
  aProduct({
    name: 'visits',
    spec: {
      owner: 'group:default/analysts',
      outputPorts: portsIn('visits'),
    },
  }),
  aProduct({
    name: 'returns',
    spec: { domain: 'logistics', outputPorts: portsIn('returns') },
  }),
];

const inFake = (database: string) => ({
  system: 'fake',
  catalogId: 'fake',
  database,
});
const domains = [
  {
    domain: 'sales',
    teams: ['sales', 'analysts'],
    holds: [inFake('sales'), inFake('visits')],
  },
  { domain: 'logistics', teams: ['sales'], holds: [inFake('returns')] },
];

const customers: Partial<NewRequest> = {
  scope: { level: 'read', tables: [{ table: 'customers' }] },
  justification: 'Churn model',
};

describe.each(databases.eachSupportedId())('reading on %s', databaseId => {
  let mesh: Mesh;
  let seconds = 0;
  const start = async (
    options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
  ) => {
    mesh = await startMesh({
      knex: await databases.migrated(databaseId),
      products,
      domains,
      // Each look at the clock is a second later: no two have the same time.
      now: () => new Date(Date.UTC(2026, 10, 23) + 1000 * seconds++),
      ...options,
    });
  };
  afterEach(() => mesh.stop());

  const of = (name: string) => ({ productRef: `dataproduct:default/${name}` });
  const list = async (userRef: string, query = '') => {
    const { body } = await mesh.as(userRef).get(`/v1/requests${query}`);
    if (!body.items) throw new Error(JSON.stringify(body));
    return body.items.map((one: { id: string }) => one.id) as string[];
  };

  describe('lists', () => {
    it('what waits for the caller, what the caller asked, and all', async () => {
      await start();
      const [orders, own, steward] = [
        await asked(mesh, ANA, aRequest()),
        await asked(mesh, OMAR, aRequest({ principals: [OMAR_ROLE] })),
        await asked(mesh, EVE, aRequest({ ...customers })),
      ];
      const closed = await asked(
        mesh,
        ANA,
        aRequest({ principals: [ANA_ROLE] }),
      );
      await decided(mesh, OMAR, closed, { decision: 'reject', comment: 'No' });

      expect(await list(OMAR)).toEqual(
        [closed, steward, own, orders].map(one => one.id),
      );
      expect(await list(OMAR, '?view=toDecide')).toEqual([
        steward.id,
        orders.id,
      ]);
      expect(await list(OLGA, '?view=toDecide')).toEqual([
        steward.id,
        own.id,
        orders.id,
      ]);
      expect(await list(STELLA, '?view=toDecide')).toEqual([]);
      expect(await list(ANA, '?view=mine')).toEqual([closed.id, orders.id]);
      const counts = await mesh.as(ANA).get('/v1/requests/counts');
      expect(counts.body).toMatchObject({ toDecide: 0, mine: 1 });
      const inbox = await mesh.as(OMAR).get('/v1/requests/counts');
      expect(inbox.body).toMatchObject({ toDecide: 2, mine: 1 });

      await decided(mesh, OMAR, steward, { decision: 'approve' });
      expect(await list(STELLA, '?view=toDecide')).toEqual([steward.id]);
      expect(await list(OMAR, '?view=toDecide')).toEqual([orders.id]);
    });

    it('by filters and words', async () => {
      await start();
      const orders = await asked(mesh, ANA, aRequest());
      const visits = await asked(
        mesh,
        EVE,
        aRequest({ ...of('visits'), purpose: 'audit' }),
      );
      const returns = await asked(
        mesh,
        ANA,
        aRequest({ ...of('returns'), principals: [ANA_ROLE] }),
      );
      await decided(mesh, OMAR, returns, { decision: 'reject', comment: 'No' });
      const cases: Array<[string, string[]]> = [
        ['?state=rejected', [returns.id]],
        ['?state=rejected&state=pending', [returns.id, visits.id, orders.id]],
        ['?productRef=dataproduct:default/visits', [visits.id]],
        ['?domainRef=domain:default/logistics', [returns.id]],
        [`?requesterRef=${EVE}`, [visits.id]],
        [`?principal=${ANALYSTS_ROLE}`, [visits.id, orders.id]],
        ['?q=VISITS', [visits.id]],
        ['?q=eve%20audit', [visits.id]],
        ['?q=eve%20orders-of-nothing', []],
        // Not wildcards: a percent sign is looked for as it stands.
        ['?q=%25', []],
        ['?q=_', []],
        ['?order=oldest', [orders.id, visits.id, returns.id]],
      ];
      for (const [query, ids] of cases) {
        expect([query, await list(OMAR, query)]).toEqual([query, ids]);
      }
    });

    it('page by page, whatever is added meanwhile', async () => {
      await start();
      const ids: string[] = [];
      for (const name of ['orders', 'visits', 'returns']) {
        for (const principal of [ANALYSTS_ROLE, ANA_ROLE]) {
          const body = aRequest({ ...of(name), principals: [principal] });
          ids.unshift((await asked(mesh, ANA, body)).id);
        }
      }
      const first = await mesh.as(OMAR).get('/v1/requests?limit=4');
      expect(first.body.items).toHaveLength(4);
      await asked(
        mesh,
        ANA,
        aRequest({ ...customers, principals: [ANA_ROLE] }),
      );
      const second = await mesh
        .as(OMAR)
        .get(`/v1/requests?limit=4&cursor=${first.body.nextCursor}`);
      expect(second.body.nextCursor).toBeUndefined();
      expect(
        [...first.body.items, ...second.body.items].map(one => one.id),
      ).toEqual(ids);
    });

    it('refuse what is no cursor, no state, no number', async () => {
      await start();
      for (const query of [
        'cursor=xyz',
        'state=lost',
        'limit=0',
        'limit=many',
        'unknown=1',
      ]) {
        const { status } = await mesh.as(OMAR).get(`/v1/requests?${query}`);
        expect([query, status]).toEqual([query, 400]);
      }
    });
  });

  describe('under conditions of the permission policy', () => {
    const cases: Array<[string, Criteria, string[]]> = [
      [
        'requester',
        requestConditions.isRequester({ userRefs: [EVE] }),
        ['visits'],
      ],
      [
        'approver',
        requestConditions.isApprover({
          approverRefs: ['group:default/stewards'],
        }),
        ['customers'],
      ],
      [
        'owner of the product',
        requestConditions.isProductOwner({
          ownerRefs: ['group:default/analysts'],
        }),
        ['visits'],
      ],
      [
        'domain',
        requestConditions.inDomain({
          domainRefs: ['domain:default/logistics'],
        }),
        ['returns'],
      ],
      ['nobody', requestConditions.isRequester({ userRefs: [] }), []],
      [
        'any of',
        {
          anyOf: [
            requestConditions.isRequester({ userRefs: [EVE] }),
            requestConditions.inDomain({
              domainRefs: ['domain:default/logistics'],
            }),
          ],
        },
        ['visits', 'returns'],
      ],
      [
        'all of, with not',
        {
          allOf: [
            requestConditions.isRequester({ userRefs: [ANA] }),
            {
              not: requestConditions.inDomain({
                domainRefs: ['domain:default/logistics'],
              }),
            },
          ],
        },
        ['orders', 'customers'],
      ],
    ];

    it.each(cases)(
      'shows and counts only what %s allows',
      async (_, conditions, visible) => {
        let limited = false;
        await start({
          permissions: deciding(permission =>
            limited && permission.name === 'data-mesh.request.read'
              ? {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'data-mesh',
                  resourceType: 'data-mesh-request',
                  conditions,
                }
              : { result: AuthorizeResult.ALLOW },
          ),
        });
        const made: { [name: string]: string } = {};
        for (const [name, userRef, body] of [
          ['orders', ANA, {}],
          ['customers', ANA, customers],
          ['returns', ANA, of('returns')],
          ['visits', EVE, of('visits')],
        ] as const) {
          made[name] = (await asked(mesh, userRef, aRequest(body))).id;
        }
        limited = true;
        expect((await list(DORA)).sort()).toEqual(
          visible.map(name => made[name]).sort(),
        );
        for (const [name, id] of Object.entries(made)) {
          const { status } = await mesh.as(DORA).get(`/v1/requests/${id}`);
          expect([name, status]).toEqual([
            name,
            visible.includes(name) ? 200 : 403,
          ]);
        }
        const counts = await mesh.as(ANA).get('/v1/requests/counts');
        expect(counts.body.mine).toBe(
          visible.filter(name => name !== 'visits').length,
        );
      },
    );

    it('shows nothing where reading is denied', async () => {
      let limited = false;
      await start({
        permissions: deciding(() => ({
          result: limited ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
        })),
      });
      const { id } = await asked(mesh, ANA, aRequest());
      limited = true;
      expect(await list(ANA)).toEqual([]);
      expect((await mesh.as(ANA).get(`/v1/requests/${id}`)).status).toBe(403);
    });

    it('lets others decide about the same rules by reference', async () => {
      await start();
      const { id } = await asked(mesh, ANA, aRequest());
      const { body } = await mesh
        .as(ANA)
        .get('/.well-known/backstage/permissions/metadata');
      expect(
        body.rules.map((rule: { resourceType: string; name: string }) =>
          [rule.resourceType, rule.name].join(' '),
        ),
      ).toEqual(
        expect.arrayContaining([
          'data-mesh-request IS_REQUESTER',
          'data-mesh-request IS_APPROVER',
          'data-mesh-request IS_PRODUCT_OWNER',
          'data-mesh-request IN_DOMAIN',
          'data-mesh-entitlement IS_REQUESTER',
          'data-mesh-entitlement IS_HOLDER',
          'data-mesh-entitlement IS_PRODUCT_OWNER',
          'data-mesh-entitlement IN_DOMAIN',
        ]),
      );
      expect(id).toBeDefined();
    });
  });

  it('is for users only', async () => {
    await start();
    const { status } = await mesh.anonymous().get('/v1/requests');
    expect(status).toBe(401);
    const service = await mesh.service().get('/v1/requests');
    expect(service.status).toBe(403);
  });
});
