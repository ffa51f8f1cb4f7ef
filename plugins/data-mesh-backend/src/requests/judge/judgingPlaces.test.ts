import type { Entity } from '@backstage/catalog-model';
import {
  ANA,
  DORA,
  GIL,
  OMAR,
  OMAR_ROLE,
  STELLA,
  aRequest,
  thePeople,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { asked, decided, startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();
const NOBODY_GROUP = 'group:default/does-not-exist';

/** A domain that analysts own. */
const hr: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: { name: 'hr', namespace: 'default' },
  spec: { owner: 'group:default/analysts' },
};

/** Omar is the only one in his team, so the owner of the domain stands in. */
const alone = { memberships: { ...thePeople.memberships, sales: ['omar'] } };

/** Gives the domain sales another owner. */
const ownedBy = (owner: string) => (entities: Entity[]) =>
  entities.map(entity =>
    entity.kind === 'Domain' && entity.metadata.name === 'sales'
      ? {
          ...entity,
          spec: { owner },
          relations: [{ type: 'ownedBy', targetRef: owner }],
        }
      : entity,
  );

describe.each(databases.eachSupportedId())(
  'judging by who answers now on %s',
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

    const detail = async (userRef: string, id: string) =>
      (await mesh.as(userRef).get(`/v1/requests/${id}`)).body;
    const approve = (userRef: string, seen: { id: string; version: number }) =>
      decided(mesh, userRef, seen, { decision: 'approve' });
    const granted = async () =>
      (await mesh.knex('entitlements').select('id')).length;

    it('asks the new owner of the domain where the domain got another', async () => {
      await start({ people: alone });
      const request = await asked(
        mesh,
        OMAR,
        aRequest({ principals: [OMAR_ROLE] }),
      );
      expect((await detail(DORA, request.id)).actions).toContain('approve');

      mesh.setCatalog(ownedBy('group:default/stewards'));
      const { status, body } = await approve(DORA, request);
      expect(status).toBe(409);
      expect(body.error.differences).toEqual(
        expect.arrayContaining([
          {
            kind: 'people',
            words: expect.objectContaining({
              text: expect.stringMatching(
                /^`default\/stewards` must approve now/,
              ),
            }),
          },
          {
            kind: 'people',
            words: expect.objectContaining({
              text: '`default/sales-domain` no longer decides',
            }),
          },
        ]),
      );
      expect(await granted()).toBe(0);
      expect(
        (await mesh.told(1, /request for Sales orders has changed/)).map(
          ({ recipients }) => recipients,
        ),
      ).toEqual([{ type: 'entity', entityRef: [STELLA] }]);

      const shown = await detail(STELLA, request.id);
      expect((await approve(DORA, shown)).status).toBe(403);
      expect((await approve(STELLA, shown)).body.state).toBe('approved');
    });

    it('grants nothing where the place was handed over, until its holder agrees', async () => {
      await start({ entities: [hr] });
      const request = await asked(mesh, ANA, aRequest());
      const { body: places } = await mesh.as(GIL).get('/v1/places');
      const handed = await mesh
        .as(GIL)
        .post(`/v1/places/${places.items[0].id}/hand-over`, {
          toDomainRef: 'domain:default/hr',
          reason: 'Hr keeps it',
        });
      expect(handed.body).toMatchObject({ requests: 1 });

      const { status, body } = await approve(OMAR, request);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/belongs to .*hr/);
      expect(await granted()).toBe(0);
      const shown = await detail(OMAR, request.id);
      expect(shown).toMatchObject({ state: 'pending', version: 2 });
      expect((await approve(OMAR, shown)).status).toBe(409);
      expect(await granted()).toBe(0);

      const { body: waiting } = await mesh
        .as(ANA)
        .get('/v1/publications?view=toDecide');
      const { body: publication } = await mesh
        .as(ANA)
        .get(`/v1/publications/${waiting.items[0].id}`);
      const accepted = await mesh.as(ANA).post(
        `/v1/publications/${publication.id}/decisions`,
        {
          accept: publication.differences.map(({ id }: { id: string }) => id),
          sendBack: [],
        },
        { 'if-match': String(publication.version) },
      );
      expect(accepted.body).toMatchObject({ requestable: true });
      const again = await detail(OMAR, request.id);
      expect((await approve(OMAR, again)).body.state).toBe('approved');
    });

    describe('where the stewards do not exist', () => {
      const personal = aRequest({
        scope: { level: 'read', tables: [{ table: 'customers' }] },
        justification: 'Churn model',
      });
      const policy = { stewards: [NOBODY_GROUP] };

      it('has the owner of the domain decide about personal data in their place', async () => {
        await start({ policy });
        const request = await asked(mesh, ANA, personal);
        const { policy: judged } = await detail(OMAR, request.id);
        expect(judged.stages).toMatchObject([
          { name: 'owner', approvers: ['group:default/sales'] },
          {
            name: 'fallback',
            approvers: ['group:default/sales-domain'],
            because: {
              text: expect.stringMatching(
                /group:default\/does-not-exist is not in the catalog/,
              ),
            },
          },
        ]);
        const { body } = await approve(OMAR, request);
        expect(body).toMatchObject({ state: 'pending', stage: 1 });
        expect(await granted()).toBe(0);
        expect(
          (await mesh.told(2, /asks for access/)).map(
            ({ recipients }) =>
              recipients.type === 'entity' && recipients.entityRef,
          ),
        ).toEqual([expect.arrayContaining([OMAR]), [DORA]]);
        expect((await approve(DORA, body)).body.state).toBe('approved');
        const { body: doctor } = await mesh.as(GIL).get('/v1/doctor');
        expect(JSON.stringify(doctor.items)).toMatch(
          /Nobody stands behind group:default\/does-not-exist/,
        );
      });

      it('refuses where nobody is left to stand in', async () => {
        await start({
          policy,
          people: {
            memberships: {
              ...thePeople.memberships,
              'sales-domain': [],
              governance: [],
            },
          },
        });
        const { status, body } = await mesh
          .as(ANA)
          .post('/v1/requests', personal);
        expect(status).toBe(400);
        expect(body.error.message).toMatch(
          /does-not-exist is not in the catalog, and no fallback approver is left/,
        );
      });

      it('asks the stand-in where the stewards go after the request was made', async () => {
        await start();
        const request = await asked(mesh, ANA, personal);
        const { stewards: _, ...others } = thePeople.memberships;
        mesh.setPeople({ memberships: others });
        const { status, body } = await approve(OMAR, request);
        expect(status).toBe(409);
        expect(body.error.message).toMatch(/sales-domain` must approve now/);
        expect(await granted()).toBe(0);
      });
    });
  },
);
