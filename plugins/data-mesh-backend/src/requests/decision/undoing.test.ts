import { setImmediate } from 'node:timers/promises';
import type { NewDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ANA,
  EVE,
  OLGA,
  OMAR,
  STELLA,
  aRequest,
} from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { asked, decided, type Mesh } from '../../testing/startMesh';
import {
  UndoWorld,
  detailOf,
  toDecide,
  trailOf,
  undo,
  undoably,
} from '../../testing/undoWorld';

const databases = testDatabases();
const AT = '2026-11-23T08:00:00.000Z';
const IN_5_S = '2026-11-23T08:00:05.000Z';

type Seen = Parameters<typeof decided>[2];

describe.each(databases.eachSupportedId())(
  'undoable decisions on %s',
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

    it('are stored, and take effect after a while', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const { status, body } = await undoably(mesh, OMAR, request, {
        decision: 'approve',
        comment: 'Welcome',
      });
      expect(status).toBe(200);
      const stored = {
        decision: 'approve',
        actorRef: OMAR,
        takesEffectAt: IN_5_S,
      };
      expect(body).toMatchObject({
        state: 'pending',
        version: 1,
        decisions: [],
        deciding: stored,
        actions: ['comment'],
      });
      expect((await detailOf(mesh, ANA, request)).actions).toEqual([
        'withdraw',
        'comment',
      ]);
      const { body: list } = await mesh.as(ANA).get('/v1/requests?view=mine');
      expect(list.items).toMatchObject([{ deciding: stored }]);

      await world.takeEffect();
      const after = await detailOf(mesh, OMAR, request);
      expect(after.deciding).toBeUndefined();
      expect(after).toMatchObject({
        state: 'approved',
        version: 2,
        decidedAt: IN_5_S,
        entitlementId: expect.any(String),
        decisions: [
          { actorRef: OMAR, decision: 'approve', comment: 'Welcome' },
        ],
      });
      expect(await mesh.told(1, /approved/)).toHaveLength(1);
      expect(await trailOf(mesh, request)).toMatchObject([
        { action: 'request.created' },
        {
          action: 'request.decision-stored',
          actorRef: OMAR,
          at: AT,
          after: {
            decision: 'approve',
            comment: 'Welcome',
            takesEffectAt: IN_5_S,
          },
        },
        {
          action: 'request.approved',
          actorRef: OMAR,
          at: IN_5_S,
          after: { state: 'approved', decidedAt: AT },
        },
      ]);
    });

    it('take effect as they were narrowed', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const narrowedScope = {
        level: 'read' as const,
        tables: [{ table: 'orders', columns: ['amount'] }],
      };
      await undoably(mesh, OMAR, request, {
        decision: 'approve',
        narrowedScope,
        narrowedDurationDays: 7,
      });
      await world.takeEffect();
      expect(await detailOf(mesh, OMAR, request)).toMatchObject({
        state: 'approved',
        scope: narrowedScope,
        durationDays: 7,
        decisions: [{ narrowedScope, narrowedDurationDays: 7 }],
      });
    });

    it('wait for nobody else: not in lists, not in counts', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      expect(await toDecide(mesh, OLGA)).toEqual({ listed: 1, counted: 1 });
      await undoably(mesh, OMAR, request);
      expect(await toDecide(mesh, OMAR)).toEqual({ listed: 0, counted: 0 });
      expect(await toDecide(mesh, OLGA)).toEqual({ listed: 0, counted: 0 });
    });

    it('are undone by who made them, and by nobody else', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      const { status, body } = await undo(mesh, OLGA, request);
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/Only user:default\/omar/);

      const undone = await undo(mesh, OMAR, request);
      expect(undone.status).toBe(200);
      expect(undone.body.deciding).toBeUndefined();
      expect(undone.body).toMatchObject({
        state: 'pending',
        version: 1,
        decisions: [],
        actions: ['approve', 'reject', 'request-changes', 'comment'],
      });
      expect(await toDecide(mesh, OLGA)).toEqual({ listed: 1, counted: 1 });
      expect(await actionsOf(mesh, request)).toEqual([
        'request.created',
        'request.decision-stored',
        'request.decision-undone',
      ]);
      expect((await undo(mesh, OMAR, request)).status).toBe(409);

      // The timer of the first has nothing to do with the second.
      expect((await undoably(mesh, OLGA, request)).status).toBe(200);
      await world.takeEffect();
      expect(await detailOf(mesh, ANA, request)).toMatchObject({
        state: 'approved',
        decisions: [{ actorRef: OLGA }],
      });
      expect(mesh.notifications).not.toContainEqual(
        expect.objectContaining({
          payload: expect.objectContaining({
            title: expect.stringMatching(/did not take effect/),
          }),
        }),
      );
    });

    it('cannot be undone once they take effect', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      await undoably(mesh, OMAR, request);
      world.clock.advance({ seconds: 5 });
      const late = await undo(mesh, OMAR, request);
      expect(late.status).toBe(409);
      expect(late.body.error.message).toMatch(
        `could be undone until ${IN_5_S}; it is taking effect now`,
      );
      world.fireTimers();
      await world.settled();
      const after = await undo(mesh, OMAR, request);
      expect(after.status).toBe(409);
      expect(after.body.error.message).toMatch(/took effect at 2026-11-23T08/);
      expect((await undo(mesh, OLGA, request)).body.error.message).toBe(
        'There is no decision of yours to undo',
      );
    });

    it('tell open pages when they are stored, undone and carried out', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const signal = { type: 'request', id: request.id };
      const countSignals = () =>
        mesh.signals.filter(
          ({ message }) =>
            message.id === signal.id && message.type === signal.type,
        ).length;
      const signalsOf = async (act: () => Promise<unknown>) => {
        const before = countSignals();
        await act();
        return countSignals() - before;
      };
      expect(await signalsOf(() => undoably(mesh, OMAR, request))).toBe(1);
      expect(await signalsOf(() => undo(mesh, OMAR, request))).toBe(1);
      await undoably(mesh, OMAR, request);
      const before = countSignals();
      await world.takeEffect();
      while (countSignals() === before) await setImmediate();
      expect(countSignals()).toBe(before + 1);
    });

    it('keep others from deciding', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const reject: NewDecision = { decision: 'reject', comment: 'No' };
      await undoably(mesh, OMAR, request, reject);
      for (const decision of [reject, { ...reject, undoable: true }]) {
        const other = await decided(mesh, OLGA, request, decision);
        expect(other.status).toBe(409);
        expect(other.body.error.message).toBe(
          `${OMAR} has rejected this request already, which takes effect at ${IN_5_S} unless it is undone`,
        );
      }
      expect((await detailOf(mesh, OLGA, request)).whyNotDecide).toMatch(
        /omar has rejected this request already/,
      );
      const own = await decided(mesh, OMAR, request, { decision: 'approve' });
      expect(own.status).toBe(409);
      expect(own.body.error.message).toMatch(
        /You have rejected this request already.*undo that first/,
      );
    });

    it('let one of two win that come at once', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const answers = await Promise.all([
        undoably(mesh, OMAR, request),
        undoably(mesh, OLGA, request, { decision: 'reject', comment: 'No' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await world.knex('undoable_decisions')).toHaveLength(1);
    });

    it.each<[string, string, NewDecision, number]>([
      ['a rejection without a reason', OMAR, { decision: 'reject' }, 400],
      [
        'more than was asked for',
        OMAR,
        {
          decision: 'approve',
          narrowedScope: { level: 'read', tables: [{ table: 'orders' }] },
        },
        400,
      ],
      ['who is not to decide', STELLA, { decision: 'approve' }, 403],
      ['the requester', ANA, { decision: 'approve' }, 403],
    ])('are checked at once: %s', async (_, userRef, decision, status) => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const answer = await undoably(mesh, userRef, request, decision);
      expect(answer.status).toBe(status);
      expect(await world.knex('undoable_decisions')).toEqual([]);
    });

    it('need the version that was seen', async () => {
      await start();
      const { id } = await asked(mesh, ANA, aRequest());
      const stale = await undoably(mesh, OMAR, { id, version: 2 });
      expect(stale.status).toBe(409);
      expect(await world.knex('undoable_decisions')).toEqual([]);
    });

    it('take effect at once where config switches undo off', async () => {
      await start({ policy: { undoSeconds: 0 } });
      const request = await asked(mesh, ANA, aRequest());
      const { body } = await undoably(mesh, OMAR, request);
      expect(body.deciding).toBeUndefined();
      expect(body).toMatchObject({ state: 'approved', version: 2 });
    });

    it('count as made in time where the request lapses meanwhile', async () => {
      await start({ policy: { requestLapseDays: 1 } });
      const request = await asked(mesh, ANA, aRequest());
      world.clock.advance({ days: 1, seconds: -2 });
      await undoably(mesh, OMAR, request);
      world.clock.advance({ seconds: 3 });
      await mesh.runTask('data-mesh-lapse-requests');
      expect((await detailOf(mesh, ANA, request)).state).toBe('pending');
      await world.takeEffect();
      expect((await detailOf(mesh, ANA, request)).state).toBe('approved');
    });

    it('lead to the next stage', async () => {
      await start();
      const request = await asked(
        mesh,
        ANA,
        aRequest({
          scope: { level: 'read', tables: [{ table: 'customers' }] },
          justification: 'Churn model',
        }),
      );
      await undoably(mesh, OMAR, request);
      expect(await toDecide(mesh, STELLA)).toEqual({ listed: 0, counted: 0 });
      await world.takeEffect();
      expect(await detailOf(mesh, EVE, request)).toMatchObject({
        state: 'pending',
        stage: 1,
        version: 2,
      });
      expect(await toDecide(mesh, STELLA)).toEqual({ listed: 1, counted: 1 });
    });
  },
);
