import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  DORA,
  EVE,
  GIL,
  OLGA,
  OMAR,
  ORDERS,
  aProduct,
  aRequest,
  thePeople,
  PRODUCTS_LOCATION,
} from '../testing/meshFixture';
import { asked, decided, startMesh, type Mesh } from '../testing/startMesh';

const SALES = 'group:default/sales';
const ORG = 'url:https://git.example/org/blob/main/org.yaml';
const ELSEWHERE = 'file:/published/domain-sneaky.yaml';
const ORIGIN = 'backstage.io/managed-by-origin-location';
const HOUR = 60 * 60 * 1000;

const databases = testDatabases();
/** Says where entities come from, as the catalog does. */
function from(
  origin: string,
  uid: (name: string) => string,
  kinds = ['Group', 'User', 'Domain'],
) {
  return (entities: Entity[]) =>
    entities.map(entity =>
      kinds.includes(entity.kind)
        ? {
            ...entity,
            metadata: {
              ...entity.metadata,
              uid: uid(entity.metadata.name),
              annotations: {
                ...entity.metadata.annotations,
                [ORIGIN]: origin,
              },
            },
          }
        : entity,
    );
}

const inOrg = from(ORG, name => `org-${name}`);

/** The group sales, taken by eve under another location. */
const taken = (entities: Entity[]) =>
  inOrg(entities).map(entity => {
    if (entity.kind === 'User' && entity.metadata.name === 'eve') {
      return { ...entity, relations: [{ type: 'memberOf', targetRef: SALES }] };
    }
    return entity.kind === 'Group' && entity.metadata.name === 'sales'
      ? from(
          ELSEWHERE,
          () => 'new',
        )([
          {
            ...entity,
            relations: [{ type: 'hasMember', targetRef: EVE }],
          },
        ])[0]
      : entity;
  });

const without = (...names: string[]) => ({
  memberships: Object.fromEntries(
    Object.entries(thePeople.memberships).filter(
      ([group]) => !names.includes(group),
    ),
  ),
});

describe.each(databases.eachSupportedId())('names, on %s', databaseId => {
  let knex: Knex;
  let mesh: Mesh;
  let now: Date;

  beforeEach(async () => {
    knex = await databases.migrated(databaseId);
    now = new Date('2026-11-29T10:00:00.000Z');
  });

  afterEach(async () => {
    await mesh.stop();
  });

  async function start(
    options: Partial<Parameters<typeof startMesh>[0]> = {},
  ): Promise<Mesh> {
    mesh = await startMesh({ knex, now: () => now, ...options });
    return mesh;
  }

  const verdict = async (user: string, ref: string) => {
    const { body } = await mesh.as(user).get(`/v1/names?ref=${ref}`);
    return body;
  };

  /**
   * Approves at the version of now; again where the request was judged anew and
   * somebody else is asked, which the first answer says.
   */
  const approveNow = async (user: string, id: string): Promise<number> => {
    const approve = async () => {
      const { version } = await knex('access_requests').where({ id }).first();
      const { status } = await decided(
        mesh,
        user,
        { id, version },
        { decision: 'approve' },
      );
      return status;
    };
    const status = await approve();
    return status === 409 ? approve() : status;
  };

  const remember = () => mesh.runTask('data-mesh-names');

  const doctor = async (id: string) => {
    const { body } = await mesh.as(GIL).get('/v1/doctor');
    return (
      body.items as Array<{
        subject: string;
        checks: Array<{ id: string; words: string; fix: string }>;
      }>
    ).flatMap(({ subject, checks }) =>
      checks
        .filter(check => check.id === id)
        .map(({ words, fix }) => ({ subject, words, fix })),
    );
  };

  describe('who may create a name', () => {
    it('is everybody where nothing trusts it', async () => {
      await start();
      expect(await verdict(ANA, 'group:default/team-new')).toEqual({
        ref: 'group:default/team-new',
        state: 'free',
        trustedBy: [],
        mayCreate: true,
        mayJoin: true,
      });
    });

    it('is nobody where it is taken', async () => {
      await start();
      expect(await verdict(ANA, 'Domain:default/Sales')).toMatchObject({
        ref: 'domain:default/sales',
        state: 'taken',
        takenBy: {
          ref: 'domain:default/sales',
          ownerRef: 'group:default/sales-domain',
        },
        mayCreate: false,
      });
      expect(await verdict(GIL, 'group:default/governance')).toMatchObject({
        state: 'taken',
        mayCreate: false,
      });
    });

    it.each<[string, Partial<Parameters<typeof startMesh>[0]>, string, string]>(
      [
        [
          'a product names a group that nobody has',
          { products: [aProduct({ spec: { owner: 'gone-team' } })] },
          'group:default/gone-team',
          'owner of Sales orders',
        ],
        [
          'a product names an approver that nobody has',
          {
            products: [
              aProduct({ spec: { access: { approvers: ['Gone-Team'] } } }),
            ],
          },
          'group:default/gone-team',
          'approver of Sales orders',
        ],
        [
          'a product names a domain that nobody has',
          { products: [aProduct({ spec: { domain: 'gone' } })] },
          'domain:default/gone',
          'domain of Sales orders',
        ],
        [
          'a domain names an owner that nobody has',
          { people: without('sales-domain') },
          'group:default/sales-domain',
          'owner of sales',
        ],
        [
          'config names a group that nobody has',
          { policy: { fallbackApprovers: ['gone-team'] } },
          'group:default/gone-team',
          'dataMesh.policy.fallbackApprovers',
        ],
        [
          'config names a domain that nobody has, where a place is held',
          { config: { domains: [{ domain: 'gone', holds: [] }] } },
          'domain:default/gone',
          'dataMesh.domains.domain',
        ],
      ],
    )('is governance where %s', async (_, options, ref, words) => {
      await start(options);
      expect(await verdict(ANA, ref)).toMatchObject({
        state: 'trusted',
        trustedBy: [expect.objectContaining({ words })],
        mayCreate: false,
        mayJoin: false,
      });
      expect(await verdict(GIL, ref)).toMatchObject({
        state: 'trusted',
        mayCreate: true,
      });
    });

    it('is governance where a request waits for a team that was renamed', async () => {
      const { as, setProducts, setPeople } = await start();
      await asked(mesh, ANA, aRequest());
      setPeople(without('sales'));
      setProducts([]);
      const found = await verdict(OMAR, SALES);
      // Not what is asked for, by whom: only how much there is.
      expect(found).toMatchObject({
        ref: SALES,
        state: 'trusted',
        mayCreate: false,
        mayJoin: false,
      });
      expect(found.trustedBy).toContainEqual({
        kind: 'request',
        words: '1 access request',
      });
      expect(JSON.stringify(found)).not.toContain('Sales orders');
      expect((await as(OMAR).get('/v1/names?ref=sales')).status).toBe(400);
    });

    it('is governance for the name of a product with live access', async () => {
      const { setProducts } = await start();
      const request = await asked(mesh, ANA, aRequest());
      await decided(mesh, OMAR, request, { decision: 'approve' });
      setProducts([]);
      expect(await verdict(OMAR, ORDERS)).toMatchObject({
        state: 'trusted',
        trustedBy: [{ kind: 'entitlement', words: '1 entitlement' }],
        mayCreate: false,
      });
    });

    it('is governance where only published facts name who approves', async () => {
      const approvers = (...names: string[]) => [
        aProduct({ spec: { access: { approvers: names } } }),
      ];
      const { setProducts, setPeople, runTask } = await start({
        products: approvers('deciders'),
        config: { trustedLocations: [PRODUCTS_LOCATION] },
        people: {
          memberships: { ...thePeople.memberships, deciders: ['olga'] },
        },
      });
      await runTask('data-mesh-publish');
      setPeople(thePeople);
      setProducts(approvers('stewards'));
      await runTask('data-mesh-publish');
      const ref = 'group:default/deciders';
      expect(await verdict(EVE, ref)).toEqual({
        ref,
        state: 'trusted',
        trustedBy: [
          {
            kind: 'publication',
            words: 'approver of Sales orders, as published',
          },
        ],
        mayCreate: false,
        mayJoin: false,
      });
      expect(await verdict(GIL, ref)).toMatchObject({ mayCreate: true });
    });

    it('stands for nobody where it is made in the catalog all the same', async () => {
      const approvers = (...names: string[]) => [
        aProduct({ spec: { access: { approvers: names } } }),
      ];
      const withDeciders = (user: string) => ({
        memberships: { ...thePeople.memberships, deciders: [user] },
      });
      const { runTask, setCatalog, setPeople, setProducts } = await start({
        products: approvers('deciders'),
        config: { trustedLocations: [PRODUCTS_LOCATION] },
        people: withDeciders('olga'),
      });
      setCatalog(inOrg);
      await runTask('data-mesh-publish');
      await remember();
      setProducts(approvers('stewards'));
      setPeople(withDeciders('eve'));
      setCatalog(entities =>
        inOrg(entities).map(entity =>
          entity.metadata.name === 'deciders'
            ? from(ELSEWHERE, () => 'new')([entity])[0]
            : entity,
        ),
      );
      await remember();
      expect(await doctor('name-replaced')).toEqual([
        expect.objectContaining({
          subject: 'group:default/deciders',
          words: expect.stringMatching(
            /approver of Sales orders, as published$/,
          ),
        }),
      ]);
    });

    it('is governance where only an open claim names the domain', async () => {
      const place = { system: 'fake', catalogId: 'fake', database: 'hr' };
      const { as, setCatalog } = await start({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Domain',
            metadata: { name: 'hr', namespace: 'default' },
            spec: { owner: 'group:default/analysts' },
          },
        ],
      });
      const claim = await as(ANA).post('/v1/claims', {
        domainRef: 'domain:default/hr',
        place,
        reason: 'Ours',
      });
      expect(claim.status).toBe(201);
      setCatalog(entities =>
        entities.filter(({ metadata }) => metadata.name !== 'hr'),
      );
      expect(await verdict(EVE, 'domain:default/hr')).toEqual({
        ref: 'domain:default/hr',
        state: 'trusted',
        trustedBy: [{ kind: 'claim', words: '1 claim of a place' }],
        mayCreate: false,
        mayJoin: false,
      });
      await as(ANA).post(
        `/v1/claims/${claim.body.id}/withdraw`,
        {},
        { 'if-match': '1' },
      );
      expect(await verdict(EVE, 'domain:default/hr')).toMatchObject({
        state: 'free',
      });
    });

    it('lets only governance put others behind a trusted group', async () => {
      await start();
      expect((await verdict(ANA, SALES)).mayJoin).toBe(false);
      expect((await verdict(ANA, 'group:default/analysts')).mayJoin).toBe(true);
      expect((await verdict(GIL, SALES)).mayJoin).toBe(true);
      // Who joins a part of a trusted group joins the whole.
      mesh.setPeople({
        memberships: { ...thePeople.memberships, emea: [], berlin: [] },
        parents: { berlin: 'emea', emea: 'sales' },
      });
      expect(await verdict(ANA, 'group:default/berlin')).toMatchObject({
        trustedBy: [],
        mayJoin: false,
      });
      expect((await verdict(GIL, 'group:default/berlin')).mayJoin).toBe(true);
    });

    it('says so where a name is easily taken for another', async () => {
      await start();
      expect(await verdict(ANA, 'group:default/sa1es')).toMatchObject({
        state: 'close',
        closeTo: SALES,
        mayCreate: true,
      });
    });
  });

  describe('a name that another entity has taken over', () => {
    it('stands for nobody until governance accepts it', async () => {
      const { as, setCatalog } = await start();
      setCatalog(inOrg);
      await remember();
      const request = await asked(mesh, ANA, aRequest());
      setCatalog(taken);

      expect(await approveNow(EVE, request.id)).toBe(403);
      expect(await doctor('name-replaced')).toEqual([
        {
          subject: SALES,
          words: expect.stringContaining(
            `Another entity has this name now, from ${ELSEWHERE}. It stands for nobody until it is accepted. Trusted as`,
          ),
          fix: expect.stringContaining('Ask group:default/governance'),
        },
      ]);

      const acceptance = { ref: SALES, reason: 'Renamed in the directory' };
      for (const user of [ANA, OMAR, DORA, EVE]) {
        const { status } = await as(user).post('/v1/names/accept', acceptance);
        expect(status).toBe(403);
      }
      const accepted = await as(GIL).post('/v1/names/accept', acceptance);
      expect(accepted.body).toEqual({ ref: SALES, origin: ELSEWHERE });
      expect(await doctor('name-replaced')).toEqual([]);
      expect(await approveNow(EVE, request.id)).toBe(200);
      const events = await knex('audit_events').where({
        action: 'name.accepted',
      });
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        actor_ref: GIL,
        subject: `name:${SALES}`,
      });
      expect(JSON.parse(events[0].before)).toMatchObject({ origin: ORG });
      expect(JSON.parse(events[0].after)).toMatchObject({
        origin: ELSEWHERE,
        reason: 'Renamed in the directory',
      });
    });

    it('gives a domain no owner while it is another domain', async () => {
      const domain = (entities: Entity[]) =>
        inOrg(entities).map(entity =>
          entity.kind === 'Domain'
            ? from(
                ELSEWHERE,
                () => 'new',
              )([{ ...entity, spec: { owner: EVE } }])[0]
            : entity,
        );
      const { as, setCatalog } = await start({
        // Nobody of the owner may decide what they ask for.
        products: [aProduct({ spec: { owner: OMAR } })],
      });
      setCatalog(inOrg);
      await remember();
      const preview = () =>
        as(OMAR).post('/v1/requests/preview', {
          ...aRequest(),
          principals: ['fake:omar'],
        });
      expect(JSON.stringify((await preview()).body)).toContain(
        'group:default/sales-domain',
      );
      setCatalog(domain);
      expect(JSON.stringify((await preview()).body)).not.toContain(EVE);
    });

    it('is the same after the catalog was read anew from the same source', async () => {
      const { setCatalog } = await start();
      setCatalog(inOrg);
      await remember();
      setCatalog(from(ORG, name => `reborn-${name}`));
      const request = await asked(mesh, ANA, aRequest());
      expect(
        (await decided(mesh, OLGA, request, { decision: 'approve' })).status,
      ).toBe(200);
    });

    it('is trusted where config trusts its location', async () => {
      const { setCatalog } = await start({
        // Where the team comes from now, and where its members do.
        config: { trustedLocations: ['file:/published/*', ORG] },
      });
      setCatalog(inOrg);
      await remember();
      const request = await asked(mesh, ANA, aRequest());
      setCatalog(taken);
      expect(
        (
          await decided(mesh, EVE, request, {
            decision: 'approve',
          })
        ).status,
      ).toBe(200);
    });

    it('cannot be accepted where nobody had it before, or nobody has it', async () => {
      const { as, setCatalog } = await start();
      setCatalog(inOrg);
      await remember();
      const accept = (ref: string) =>
        as(GIL).post('/v1/names/accept', { ref, reason: 'x' });
      expect((await accept(SALES)).status).toBe(409);
      expect((await accept('group:default/gone')).status).toBe(404);
    });
  });

  describe('a name that was trusted before anybody had it', () => {
    const products = [aProduct({ spec: { owner: 'late-team' } })];
    const late = {
      memberships: { ...thePeople.memberships, 'late-team': ['eve'] },
    };

    it('is told by the doctor, with whom to ask', async () => {
      await start({ products });
      expect(await doctor('name-dangles')).toEqual([
        {
          subject: 'group:default/late-team',
          words:
            'There is no group:default/late-team in the catalog, but it is trusted as owner of Sales orders',
          fix: 'Name somebody who exists. Only governance may create the name. Ask group:default/governance',
        },
      ]);
    });

    it('goes to whoever has it once the catalog has read its sources', async () => {
      const { setPeople } = await start({ products });
      await remember();
      now = new Date(now.getTime() + HOUR / 2);
      setPeople(late);
      expect(await doctor('name-dangles')).toEqual([]);
      expect(await doctor('name-replaced')).toEqual([]);
    });

    it('does not go to whoever takes it later', async () => {
      const { setPeople } = await start({ products });
      await remember();
      now = new Date(now.getTime() + HOUR);
      setPeople(late);
      await remember();
      expect(await doctor('name-replaced')).toEqual([
        expect.objectContaining({ subject: 'group:default/late-team' }),
      ]);
      await mesh.as(GIL).post('/v1/names/accept', {
        ref: 'group:default/late-team',
        reason: 'The team of the new department',
      });
      expect(await doctor('name-replaced')).toEqual([]);
    });
  });

  it('writes nothing where nothing is new', async () => {
    const { setCatalog } = await start();
    setCatalog(inOrg);
    await remember();
    const before = await knex('trusted_names').orderBy('ref');
    now = new Date(now.getTime() + HOUR);
    await remember();
    expect(await knex('trusted_names').orderBy('ref')).toEqual(before);
    expect(before.map(row => row.ref)).toEqual([
      'domain:default/sales',
      'group:default/governance',
      'group:default/sales',
      'group:default/sales-domain',
      'group:default/stewards',
    ]);
  });

  it('lets the doctor tell who may name principals', async () => {
    const { setCatalog } = await start({
      config: { trustedLocations: [ORG] },
    });
    setCatalog(taken);
    expect(await doctor('principals-origin')).toEqual([
      expect.objectContaining({
        subject: SALES,
        words: `It names principals, but comes from ${ELSEWHERE}, which is not trusted`,
      }),
    ]);
  });
});
