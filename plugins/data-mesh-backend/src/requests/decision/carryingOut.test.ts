import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ANA,
  OLGA,
  OMAR,
  aProduct,
  aRequest,
  thePeople,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { asked, deciding, type Mesh } from '../../testing/startMesh';
import {
  UndoWorld,
  detailOf,
  passOf,
  toDecide,
  trailOf,
  undo,
  undoably,
} from '../../testing/undoWorld';

const databases = testDatabases();

type Seen = Parameters<typeof undo>[2];

const LESS = { decision: 'approve' as const, narrowedDurationDays: 7 };

describe.each(databases.eachSupportedId())(
  'carrying out undoable decisions on %s',
  databaseId => {
    let world: UndoWorld;
    let mesh: Mesh;
    const start = async (
      options: Parameters<typeof UndoWorld.start>[1] = {},
    ) => {
      ({ world, mesh } = await UndoWorld.start(
        await databases.migrated(databaseId),
        options,
      ));
    };
    afterEach(() => world.stop());
    const actionsOf = async (on: Mesh, request: Seen) =>
      (await trailOf(on, request)).map(event => event.action);
    /** Lets the time to undo pass, here or in a backend that starts meanwhile. */
    const pass = async (
      when: string,
      options: Parameters<UndoWorld['replica']>[0] = {},
      meanwhile: () => void = () => undefined,
    ) => {
      if (when !== 'after a restart') {
        meanwhile();
        await world.takeEffect();
        return;
      }
      await world.die(mesh);
      mesh = await world.replica(options);
      meanwhile();
      world.clock.advance({ seconds: 5 });
      await passOf(mesh);
    };

    it('are carried out by the next start where the process dies', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      await world.die(mesh);
      mesh = await world.replica();
      world.clock.advance({ seconds: 4 });
      await passOf(mesh);
      expect((await detailOf(mesh, ANA, request)).state).toBe('pending');
      world.clock.advance({ seconds: 1 });
      await passOf(mesh);
      expect(await detailOf(mesh, ANA, request)).toMatchObject({
        state: 'approved',
        decisions: [{ actorRef: OMAR }],
      });
    });

    it('are carried out once by two replicas', async () => {
      await start();
      const other = await world.replica();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      world.clock.advance({ seconds: 5 });
      world.fireTimers();
      await Promise.all([passOf(mesh), passOf(other), passOf(other)]);
      await world.settled();
      expect(await detailOf(mesh, ANA, request)).toMatchObject({
        state: 'approved',
        version: 2,
        decisions: [{ actorRef: OMAR }],
      });
      expect(await world.knex('entitlements')).toHaveLength(1);
      expect(await actionsOf(mesh, request)).toEqual([
        'request.created',
        'request.decision-stored',
        'request.approved',
      ]);
    });

    it('are not carried out where they were undone on another replica', async () => {
      await start();
      const other = await world.replica();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      expect((await undo(other, OMAR, request)).status).toBe(200);
      await world.takeEffect();
      await passOf(mesh);
      expect(await detailOf(mesh, OMAR, request)).toMatchObject({
        state: 'pending',
        version: 1,
        decisions: [],
      });
    });

    it('are taken over from a replica that dies while it carries them out', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      world.clock.advance({ seconds: 5 });
      await world.knex('undoable_decisions').update({
        attempts: 1,
        due_at: '2026-11-23T08:01:05.000Z',
      });
      await passOf(mesh);
      expect((await detailOf(mesh, ANA, request)).state).toBe('pending');
      expect((await undo(mesh, OMAR, request)).status).toBe(409);
      world.clock.advance({ seconds: 60 });
      await passOf(mesh);
      expect((await detailOf(mesh, ANA, request)).state).toBe('approved');
    });

    const failOnce = async () => {
      mesh.provisioner.failNext('resolve');
      await passOf(mesh);
    };

    it('are tried again where the system does not answer', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request, LESS);
      world.clock.advance({ seconds: 5 });
      await failOnce();
      expect(await detailOf(mesh, ANA, request)).toMatchObject({
        state: 'pending',
        deciding: { actorRef: OMAR },
      });
      expect((await undo(mesh, OMAR, request)).status).toBe(409);
      world.clock.advance({ seconds: 60 });
      await passOf(mesh);
      expect(await detailOf(mesh, ANA, request)).toMatchObject({
        state: 'approved',
        durationDays: 7,
      });
      expect(mesh.notifications).not.toContainEqual(
        expect.objectContaining({
          payload: expect.objectContaining({
            title: expect.stringMatching(/did not take effect/),
          }),
        }),
      );
    });

    it('fall away where the requester withdraws', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      const withdrawn = await mesh
        .as(ANA)
        .post(
          `/v1/requests/${request.id}/withdraw`,
          {},
          { 'if-match': String(request.version) },
        );
      expect(withdrawn.body).toMatchObject({ state: 'withdrawn', version: 2 });
      expect(await mesh.told(1, /did not take effect/)).toMatchObject([
        {
          recipients: { entityRef: [OMAR] },
          payload: {
            title: 'Your approval for Sales orders did not take effect',
            description: `The request was changed by ${ANA} after you saw version 1: it is withdrawn now, at version 2`,
          },
        },
      ]);
      expect(await actionsOf(mesh, request)).toEqual([
        'request.created',
        'request.decision-stored',
        'request.decision-dropped',
        'request.withdrawn',
      ]);
      expect(await world.knex('undoable_decisions')).toEqual([]);
    });

    const isBackInTheList = async (request: Seen, reason: RegExp) => {
      const [told] = await mesh.told(1, /did not take effect/);
      expect(told).toMatchObject({
        recipients: { entityRef: [OMAR] },
        payload: { description: expect.stringMatching(reason) },
      });
      const after = await detailOf(mesh, OLGA, request);
      expect(after.deciding).toBeUndefined();
      expect(after).toMatchObject({ state: 'pending', decisions: [] });
      expect((await actionsOf(mesh, request)).at(-1)).toBe(
        'request.decision-dropped',
      );
    };

    it.each(['in the same process', 'after a restart'])(
      'need no permission again that their author had, %s',
      async when => {
        let denied = '';
        const permissions = deciding((permission, userRef) => ({
          result:
            permission.name === 'data-mesh.request.decide' && userRef === denied
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }));
        await start({ permissions });
        const request = await asked(mesh, ANA, aRequest());
        await undoably(mesh, OMAR, request);
        denied = OMAR;
        await pass(when, { permissions });
        expect(await detailOf(mesh, ANA, request)).toMatchObject({
          state: 'approved',
          decisions: [{ actorRef: OMAR }],
        });
      },
    );

    it.each(['in the same process', 'after a restart'])(
      'fall away where who decided left the approvers, %s',
      async when => {
        await start();
        const request = await asked(mesh, ANA, aRequest());
        await undoably(mesh, OMAR, request);
        await pass(when, {}, () =>
          mesh.setPeople({
            ...thePeople,
            memberships: {
              ...thePeople.memberships,
              sales: ['olga'],
              analysts: ['ana', 'eve', 'omar'],
            },
          }),
        );
        await isBackInTheList(request, /to whom you do not belong/);
        expect(await toDecide(mesh, OLGA)).toEqual({ listed: 1, counted: 1 });
      },
    );

    it('fall away where the system does not answer for minutes', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request, LESS);
      world.clock.advance({ seconds: 5 });
      for (let attempt = 1; attempt < 5; attempt += 1) {
        await failOnce();
        expect((await detailOf(mesh, ANA, request)).deciding).toBeDefined();
        world.clock.advance({ seconds: 60 });
      }
      await failOnce();
      await isBackInTheList(request, /cannot be found out now/);
      expect(await toDecide(mesh, OLGA)).toEqual({ listed: 1, counted: 1 });
    });

    it('fall away where more approvers are needed by now', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      const [port] = aProduct().spec.outputPorts;
      const [orders, customers] = port.tables ?? [];
      mesh.setProducts([
        aProduct({
          spec: {
            outputPorts: [
              {
                ...port,
                tables: [
                  {
                    ...orders,
                    columns: orders.columns?.map(column => ({
                      ...column,
                      pii: true,
                    })),
                  },
                  customers,
                ],
              },
            ],
          },
        }),
      ]);
      await world.takeEffect();
      const [told] = await mesh.told(1, /did not take effect/);
      expect(told).toMatchObject({ recipients: { entityRef: [OMAR] } });
      expect(await detailOf(mesh, OLGA, request)).toMatchObject({
        state: 'pending',
        decisions: [],
        actions: ['approve', 'reject', 'request-changes', 'comment'],
      });
    });
  },
);
