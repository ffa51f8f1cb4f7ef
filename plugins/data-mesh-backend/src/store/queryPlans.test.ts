import type { Knex } from 'knex';
import type {
  ClaimQuery,
  RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { listEvents, type AuditFilter } from '../audit/auditEvents';
import { ClaimStore } from '../claims/ClaimStore';
import { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import type { ReadFilter } from '../permissions';
import {
  PublicationStore,
  type PublicationFilter,
} from '../publication/PublicationStore';
import { testDatabases } from '../testing/databases';
import { analyzeAll, fillManyRecords } from '../testing/manyRecords';
import { problemsWithPages } from '../testing/queryPlans';
import {
  listEntitlements,
  type EntitlementFilter,
} from './entitlements/entitlementList';
import { listRequests } from './requests/requestList';

jest.setTimeout(300_000);

const RECORDS = 60_000;
const PAGE = 20;

const large =
  /access_requests|request_approvers|entitlements|entitlement_steps|place_claims|publications/;

const ana = {
  userRef: 'user:default/u7',
  ownershipRefs: ['user:default/u7', 'group:default/g7', 'group:default/g8'],
};

const fact = (
  name: 'requesterRef' | 'productOwnerRef' | 'approverRefs' | 'principal',
  ...values: string[]
) => ({ fact: name, values });

const own: ReadFilter = {
  anyOf: [
    fact('requesterRef', ana.userRef),
    fact('productOwnerRef', ...ana.ownershipRefs),
  ],
};
const ownOrToDecide: ReadFilter = {
  anyOf: [own, fact('approverRefs', ...ana.ownershipRefs)],
};
const othersOnly: ReadFilter = { not: fact('requesterRef', ana.userRef) };

const databases = testDatabases();

describe.each(databases.eachSupportedId())('lists on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.migrated(id);
    await fillManyRecords(knex, RECORDS);
    await analyzeAll(knex);
  });

  const pagesOf = (
    list: (
      cursor: string | undefined,
    ) => Promise<{ nextCursor?: string; rows?: unknown[]; items?: unknown[] }>,
  ) => problemsWithPages(knex, large, list);

  it.each<[string, RequestQuery, ReadFilter]>([
    ['everything', {}, 'all'],
    ['everything, oldest first', { order: 'oldest' }, 'all'],
    ['a state', { state: ['rejected'] }, 'all'],
    ['two states', { state: ['rejected', 'pending'] }, 'all'],
    ['a product', { productRef: 'dataproduct:default/p7' }, 'all'],
    [
      'a product and a state',
      { productRef: 'dataproduct:default/p7', state: ['pending'] },
      'all',
    ],
    ['a domain', { domainRef: 'domain:default/d7' }, 'all'],
    ['somebody', { requesterRef: 'user:default/u9' }, 'all'],
    ['a principal', { principal: 'arn:aws:iam::000000000003:role/r7' }, 'all'],
    ['their own', { view: 'mine' }, 'all'],
    ['their own, as far as they may', { view: 'mine' }, own],
    ['what waits for them', { view: 'toDecide' }, 'all'],
    ['what waits for them, as far as they may', { view: 'toDecide' }, own],
    ['a group', { groupId: 'g77' }, 'all'],
    ['words that many have', { q: 'plenty' }, 'all'],
    ['words that few have', { q: 'rare' }, 'all'],
    ['all that somebody may read', {}, own],
    ['all that somebody may read or decide', {}, ownOrToDecide],
    ['all but their own', {}, othersOnly],
  ])('of requests: %s', async (_, query, readable) => {
    const problems = await pagesOf(cursor =>
      listRequests(
        knex,
        { ...query, cursor },
        { looker: ana, readable, limit: PAGE },
      ),
    );
    expect(problems).toEqual([]);
  });

  it.each<[string, Partial<EntitlementFilter>]>([
    ['everything', {}],
    ['a state', { states: ['active'] }],
    ['two states', { states: ['active', 'expired'] }],
    ['a product', { productRef: 'dataproduct:default/p7' }],
    [
      'a product and a state',
      { productRef: 'dataproduct:default/p7', states: ['active'] },
    ],
    [
      'a product and what it succeeds',
      {
        productRef: 'dataproduct:default/p7',
        predecessors: [{ productRef: 'dataproduct:default/p8', port: 'lake' }],
      },
    ],
    ['a principal', { principal: 'arn:aws:iam::000000000003:role/r7' }],
    [
      'what somebody holds',
      {
        holder: {
          userRef: ana.userRef,
          principals: ['arn:aws:iam::000000000003:role/r7'],
        },
      },
    ],
    ['all that somebody may read', { readable: own }],
    [
      'active ones that somebody may read',
      { readable: own, states: ['active'] },
    ],
    ['all but their own', { readable: othersOnly }],
  ])('of entitlements: %s', async (_, filter) => {
    const problems = await pagesOf(cursor =>
      listEntitlements(
        knex,
        { readable: 'all', ...filter },
        { limit: PAGE, cursor },
      ),
    );
    expect(problems).toEqual([]);
  });

  it('of what is over by now', async () => {
    const store = new EntitlementStore(knex);
    const problems = await pagesOf(async () => {
      await store.expiredIds(new Date('2026-02-01T00:00:00.000Z'));
      return {};
    });
    expect(problems).toEqual([]);
  });

  it.each<[string, AuditFilter]>([
    ['everything', {}],
    ['a subject', { subject: 'entitlement:77' }],
    ['an actor', { actorRef: 'plugin:data-mesh' }],
  ])('of the audit trail: %s', async (_, filter) => {
    if (id === 'POSTGRES_15') return; // audit/queryPlans.test.ts
    const problems = await pagesOf(cursor =>
      listEvents(knex, { ...filter, limit: PAGE, cursor }),
    );
    expect(problems).toEqual([]);
  });

  it.each<[string, ClaimQuery, boolean]>([
    ['everything', {}, true],
    ['a domain', { domainRef: 'domain:default/d7' }, true],
    ['what waits for a decision', { view: 'toDecide' }, true],
  ])('of claims: %s', async (_, query, all) => {
    const store = new ClaimStore(knex);
    const problems = await pagesOf(cursor =>
      store.list(
        { ...query, limit: PAGE, cursor },
        {
          all,
          requesterRef: ana.userRef,
          domainRefs: ['domain:default/d8'],
        },
      ),
    );
    expect(problems).toEqual([]);
  });

  it.each<[string, PublicationFilter]>([
    ['everything', {}],
    ['a state', { states: ['pending'] }],
    ['a domain', { domainRef: 'domain:default/d7' }],
    ['an owner', { ownerRefs: ['group:default/g7'] }],
  ])('of publications: %s', async (_, filter) => {
    const store = new PublicationStore(knex);
    const problems = await pagesOf(cursor =>
      store.page(filter, { limit: PAGE, cursor }),
    );
    expect(problems).toEqual([]);
  });

  it('hold every row once, whatever they are narrowed by', async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRequests(
        knex,
        { cursor, productRef: 'dataproduct:default/p7' },
        { looker: ana, readable: ownOrToDecide, limit: 7 },
      );
      found.push(...page.rows.map(row => row.id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    const wanted: Array<{ id: string }> = await knex('access_requests')
      .where({ product_ref: 'dataproduct:default/p7' })
      .where(query =>
        query
          .where('requester_ref', ana.userRef)
          .orWhereIn('product_owner_ref', [...ana.ownershipRefs]),
      )
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select('id');
    expect(wanted.length).toBeGreaterThan(7);
    expect(found).toEqual(wanted.map(row => row.id));
  });
});
