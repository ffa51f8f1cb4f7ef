import type { Entity } from '@backstage/catalog-model';
import {
  ANA,
  ANA_ROLE,
  ANALYSTS_ROLE,
  OLGA,
  OMAR,
  STELLA,
  aRequest,
} from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import {
  asked,
  decided,
  inForce,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();
const DAY = 864e5;

const shown: { [name: string]: string } = {
  ana: 'Ana Ruiz',
  omar: 'Omar Haddad',
};

/** People with names, as a directory has them. */
const named = (entities: Entity[]) =>
  entities.map(entity =>
    entity.kind === 'User' && shown[entity.metadata.name]
      ? {
          ...entity,
          spec: {
            ...entity.spec,
            profile: { displayName: shown[entity.metadata.name] },
          },
        }
      : entity,
  );

const recipientsOf = ({ recipients }: Mesh['notifications'][number]) =>
  recipients.type === 'entity' ? [recipients.entityRef].flat() : [];

describe.each(databases.eachSupportedId())(
  'notifications on %s',
  databaseId => {
    let mesh: Mesh;
    let now: Date;
    const others: Mesh[] = [];
    beforeEach(async () => {
      now = new Date('2026-11-23T10:00:00Z');
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        now: () => now,
        worker: { pollSeconds: 0.05 },
      });
      mesh.setCatalog(named);
    });
    afterEach(async () => {
      await Promise.all(others.splice(0).map(one => one.stop()));
      await mesh.stop();
    });

    const two = aRequest({ principals: [ANALYSTS_ROLE, ANA_ROLE] });
    const ask = async () => {
      const { body } = await mesh.as(ANA).post('/v1/requests', two);
      return body as {
        groupId: string;
        items: Array<{ id: string; version: number }>;
      };
    };
    const later = (days: number) => {
      now = new Date(now.getTime() + days * DAY);
    };
    const remind = () => mesh.runTask('data-mesh-remind');

    it('are one a submission, until the access is there', async () => {
      const { groupId, items } = await ask();
      const scope = `submission:${groupId}`;
      expect(await mesh.told(1)).toEqual([
        {
          recipients: { type: 'entity', entityRef: [OLGA, OMAR] },
          payload: expect.objectContaining({
            title: 'Ana Ruiz asks for access to Sales orders',
            description:
              '2 columns of orders for ana and analysts, 30 days, purpose: Analytics and reporting',
            link: expect.stringMatching(/requests\?view=toDecide&id=/),
            scope,
          }),
        },
      ]);
      for (const item of items) {
        await decided(mesh, OMAR, item, { decision: 'approve' });
      }
      const mine = await mesh.told(4, /^Your/);
      expect(new Set(mine.map(({ payload }) => payload.scope))).toEqual(
        new Set([scope]),
      );
      expect(mine.at(-1)?.payload.title).toBe(
        'Your access to Sales orders is active',
      );
    });

    it('say who has decided to all who were asked, once nothing waits', async () => {
      const { items } = await ask();
      await mesh.told(1);
      await decided(mesh, OMAR, items[0], { decision: 'approve' });
      await mesh.told(1, /was approved/);
      // One still waits for them.
      expect(await mesh.settled(0)).toEqual([]);
      await decided(mesh, OMAR, items[1], {
        decision: 'reject',
        comment: 'One is enough',
      });
      const [settled] = await mesh.settled(1);
      expect(recipientsOf(settled).sort()).toEqual([OLGA, OMAR]);
      expect(settled.payload).toMatchObject({
        title: 'Omar Haddad rejected Ana Ruiz’s request for Sales orders',
        severity: 'low',
      });
      expect(await mesh.knex('open_notices')).toEqual([]);
    });

    it('reach the requester when it is their turn, and approvers after that', async () => {
      const made = await asked(mesh, ANA, aRequest());
      await mesh.told(1);
      await decided(mesh, OMAR, made, {
        decision: 'request-changes',
        comment: 'Fewer days',
      });
      expect(await mesh.told(1, /needs changes/)).toMatchObject([
        {
          recipients: { entityRef: [ANA] },
          payload: {
            link: `/data-mesh/request/default/orders?revise=${made.id}`,
            severity: 'high',
            description: 'Omar Haddad: Fewer days',
          },
        },
      ]);
      await mesh.settled(1, /^Omar Haddad asked for changes to/);
      const { scope, purpose } = aRequest();
      await mesh
        .as(ANA)
        .post(
          `/v1/requests/${made.id}/revisions`,
          { scope, purpose, durationDays: 7 },
          { 'if-match': '2' },
        );
      expect((await mesh.told(2, /asks for access/)).map(recipientsOf)).toEqual(
        [
          [OLGA, OMAR],
          [OLGA, OMAR],
        ],
      );
      expect(
        (await mesh.settled(1, /^Ana Ruiz changed/)).map(recipientsOf),
      ).toEqual([[ANA]]);
    });

    it('pass from one stage to the next', async () => {
      const made = await asked(
        mesh,
        ANA,
        aRequest({
          scope: { level: 'read', tables: [{ table: 'customers' }] },
          justification: 'Churn model',
        }),
      );
      await mesh.told(1);
      await decided(mesh, OMAR, made, { decision: 'approve' });
      expect((await mesh.told(2, /asks for/)).map(recipientsOf)).toEqual([
        [OLGA, OMAR],
        [STELLA],
      ]);
      const [settled] = await mesh.settled(1, /^Omar Haddad approved/);
      expect(recipientsOf(settled).sort()).toEqual([OLGA, OMAR]);
    });

    it('remind approvers of who waits, once in a while, by one of all replicas', async () => {
      await asked(mesh, ANA, aRequest());
      await mesh.told(1);
      later(2);
      await remind();
      later(1);
      const replica = await startMesh({ knex: mesh.knex, now: () => now });
      others.push(replica);
      await Promise.all([remind(), replica.runTask('data-mesh-remind')]);
      await remind();
      const reminders = () =>
        [...mesh.notifications, ...replica.notifications].filter(
          ({ payload }) =>
            /waits for you since 23 Nov 2026/.test(payload.title),
        );
      expect(reminders()).toMatchObject([
        {
          recipients: { entityRef: [OLGA, OMAR] },
          payload: { severity: 'high' },
        },
      ]);
      later(3);
      await remind();
      expect(reminders()).toHaveLength(2);
    });

    it('remind consumer and owner before the end, once, and not whoever renews', async () => {
      const id = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest(),
      });
      later(22);
      await remind();
      later(1);
      await remind();
      await remind();
      const ends = () =>
        mesh.notifications.filter(({ payload }) =>
          /ends on 23 Dec 2026$/.test(payload.title),
        );
      expect(ends()).toMatchObject([
        {
          recipients: { entityRef: [ANA] },
          payload: {
            title: 'Your access to Sales orders ends on 23 Dec 2026',
            link: `/data-mesh/request/default/orders?renew=${id}`,
            severity: 'high',
          },
        },
        {
          recipients: { entityRef: [OLGA, OMAR] },
          payload: { link: `/data-mesh/access/${id}`, severity: 'low' },
        },
      ]);
      const renewal = await asked(
        mesh,
        ANA,
        aRequest({ kind: 'renew', entitlementId: id }),
      );
      expect(
        (await mesh.settled(1, /^Ana Ruiz asked to renew/)).map(recipientsOf),
      ).toEqual([[ANA]]);
      await decided(mesh, OMAR, renewal, { decision: 'approve' });
      await remind();
      expect(ends()).toHaveLength(2);
      later(30);
      await remind();
      expect(
        mesh.notifications.filter(({ payload }) =>
          /^Your access to Sales orders ends on 22 Jan 2027$/.test(
            payload.title,
          ),
        ),
      ).toHaveLength(1);
    });
  },
);

describe('reminders', () => {
  it('are not sent where config says never', async () => {
    let now = new Date('2026-11-23T10:00:00Z');
    const mesh = await startMesh({
      knex: await databases.migrated('SQLITE_3'),
      now: () => now,
      config: { reminders: { beforeEndDays: 0, waitingDays: 0 } },
    });
    await asked(mesh, ANA, aRequest());
    await mesh.told(1);
    now = new Date('2026-12-20T10:00:00Z');
    await mesh.runTask('data-mesh-remind');
    expect(mesh.notifications).toHaveLength(1);
    await mesh.stop();
  });

  it('do not start with days that are none', async () => {
    await expect(
      startMesh({
        knex: await databases.migrated('SQLITE_3'),
        config: { reminders: { waitingDays: -1 } },
      }),
    ).rejects.toThrow(
      /dataMesh\.reminders\.waitingDays is -1, expected a whole/,
    );
  });
});
