import type { Knex } from 'knex';
import { testDatabases } from '../testing/databases';
import { plansOfPages, problemsWith } from '../testing/queryPlans';
import { listEvents, type AuditFilter } from './auditEvents';

jest.setTimeout(300_000);

const EVENTS = 200_000;

/** One event a second; a few of most things, many of some. */
async function fill(knex: Knex): Promise<void> {
  await knex.raw(
    `
    insert into audit_events (sequence, id, at, actor_ref, action, subject,
      previous_hash, hash, product_ref, principal)
    select n, 'id-' || n,
      to_char(timestamp '2026-11-01' + n * interval '1 second',
        'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'),
      case when n % 3 = 0 then 'user:default/u' || n % 500 else 'plugin:data-mesh' end,
      case when n % 1000 = 0 then 'request.rejected' else 'step.applied' end,
      'entitlement:' || n / 20, 'p', 'h',
      'dataproduct:default/p' || n % 211, 'arn:aws:iam::000000000003:role/r' || n % 1009
    from generate_series(1, ?::int) n`,
    [EVENTS],
  );
  await knex('audit_head').update({ sequence: EVENTS, hash: 'h' });
  await knex.raw('analyze audit_events');
}

const databases = testDatabases();

if (databases.eachSupportedId().some(([id]) => id === 'POSTGRES_15')) {
  describe('pages of a long audit trail', () => {
    let knex: Knex;
    beforeAll(async () => {
      knex = await databases.migrated('POSTGRES_15');
      await fill(knex);
    });

    it.each<[string, AuditFilter, { page: number }]>([
      ['of everything', {}, { page: 20 }],
      ['of a subject', { subject: 'entitlement:77' }, { page: 20 }],
      ['of an actor', { actorRef: 'plugin:data-mesh' }, { page: 20 }],
      ['of an action', { action: 'request.rejected' }, { page: 20 }],
      ['of a product', { productRef: 'dataproduct:default/p7' }, { page: 20 }],
      [
        'of a principal',
        { principal: 'arn:aws:iam::000000000003:role/r7' },
        { page: 20 },
      ],
      [
        'of a time long ago',
        { from: '2026-11-01T10:00:00.000Z', to: '2026-11-01T11:00:00.000Z' },
        { page: 20 },
      ],
      [
        'of an actor at a time long ago',
        {
          actorRef: 'plugin:data-mesh',
          from: '2026-11-01T10:00:00.000Z',
          to: '2026-11-01T11:00:00.000Z',
        },
        { page: 20 },
      ],
      [
        'of a product, an actor and an action',
        {
          productRef: 'dataproduct:default/p7',
          actorRef: 'plugin:data-mesh',
          action: 'request.rejected',
        },
        { page: 1 },
      ],
      ['of nothing that there is', { subject: 'request:none' }, { page: 0 }],
    ])('%s are read from an index', async (_, filter, { page }) => {
      let found = 0;
      const plans = await plansOfPages(knex, async cursor => {
        const { items, nextCursor } = await listEvents(knex, {
          ...filter,
          limit: 20,
          cursor,
        });
        if (cursor === undefined) found = items.length;
        return { nextCursor };
      });
      expect(problemsWith(plans, /audit_events/)).toEqual([]);
      expect(found).toBeGreaterThanOrEqual(page);
    });
  });
} else {
  it.todo('pages of a long audit trail, where PostgreSQL is at hand');
}
