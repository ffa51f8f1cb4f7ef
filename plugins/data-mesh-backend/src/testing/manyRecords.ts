import type { Knex } from 'knex';

/** The numbers from one to so many, as a table that a statement reads. */
const numbers = `with recursive numbers(n) as (
  select 1 union all select n + 1 from numbers where n < ?
)`;

/** A number with leading zeros, in the words of the database. */
function padded(knex: Knex, digits: number): string {
  return knex.client.config.client === 'pg'
    ? `lpad(n::text, ${digits}, '0')`
    : `printf('%0${digits}d', n)`;
}

/**
 * Fills a database with requests and entitlements, made by the database itself:
 * of 500 people, 40 teams, 211 products of 20 domains and 1,009 principals. A
 * fiftieth of the requests waits for a decision, a fifth of the entitlements is
 * active.
 */
export async function fillManyRecords(
  knex: Knex,
  count: number,
): Promise<void> {
  const at = `'2026-01-01T' || ${padded(knex, 9)} || '.0Z'`;
  const facts = `'user:default/u' || (n % 500), 'arn:aws:iam::000000000003:role/r' || (n % 1009),
    'dataproduct:default/p' || (n % 211), 'Product', 'group:default/g' || (n % 40),
    'domain:default/d' || (n % 20), 'lake', 'fake', '{}', '{}', 'analytics', 30`;
  const columns = `requester_ref, principal, product_ref, product_title,
    product_owner_ref, domain_ref, port, port_type, port_snapshot, scope, purpose, duration_days`;
  await knex.raw(
    `insert into access_requests (id, group_id, kind, state, version, ${columns},
      principal_json, sensitive_columns, policy, stage, identities, created_at, updated_at, search_text)
    ${numbers}
    select 'r' || ${padded(knex, 9)}, 'g' || (n / 2), 'new',
      case when n % 50 = 0 then 'pending' when n % 3 = 0 then 'rejected' else 'approved' end,
      1, ${facts}, '{"id":"p","kind":"other","name":"p"}', '[]',
      '{"stages":[],"refusals":[],"maxDurationDays":90,"autoApproved":false}', 0, '{}',
      ${at}, ${at}, 'product lake ' || case when n % 7001 = 0 then 'rare' else 'plenty' end
    from numbers`,
    [count],
  );
  await knex.raw(
    `insert into request_approvers (request_id, stage, approver_ref)
    ${numbers}
    select 'r' || ${padded(
      knex,
      9,
    )}, 0, 'group:default/g' || (n % 40) from numbers`,
    [count],
  );
  await knex.raw(
    `insert into entitlements (id, request_id, state, version, health, ${columns},
      principal_kind, principal_name, level, approved_by, identities, created_at, updated_at, expires_at, served)
    ${numbers}
    select 'e' || ${padded(knex, 9)}, 'r' || ${padded(knex, 9)},
      case when n % 5 = 0 then 'active' when n % 7 = 0 then 'expired' else 'revoked' end,
      1, 'ok', ${facts}, 'other', 'p', 'read', '[]', '{}', ${at}, ${at},
      '2027-01-01T00:00:00.000Z', 0
    from numbers`,
    [count],
  );
  await knex.raw(
    `insert into entitlement_steps (id, entitlement_id, position, direction, state, step, attempts)
    ${numbers}
    select 's' || ${padded(knex, 9)}, 'e' || ${padded(knex, 9)}, 0, 'apply',
      case when n % 5 = 0 then 'done' else 'undone' end,
      '{"id":"s","words":"w","needs":[],"call":{}}', 1
    from numbers`,
    [count],
  );
  await fillManyCases(knex, count);
}

/** Claims and publications: a fiftieth of each waits for a decision. */
async function fillManyCases(knex: Knex, count: number): Promise<void> {
  const at = `'2026-01-01T' || ${padded(knex, 9)} || '.0Z'`;
  await knex.raw(
    `insert into place_claims (id, state, version, domain_ref, place, place_hash, reason,
      requester_ref, without, created_at, updated_at)
    ${numbers}
    select 'c' || ${padded(knex, 9)},
      case when n % 50 = 0 then 'pending' else 'accepted' end, 1,
      'domain:default/d' || (n % 20), '{"kind":"catalog","catalogId":"1"}', 'h' || n, 'ours',
      'user:default/u' || (n % 500), '[]', ${at}, ${at}
    from numbers`,
    [count],
  );
  await knex.raw(
    `insert into publications (id, product_ref, port, state, version, present, requestable,
      product_title, port_title, owner_ref, domain_ref, snapshot, differences, in_force, parts,
      part_accepts, sent_back, estranged, waiting, order_key, fingerprint, updated_at)
    ${numbers}
    select 'p' || ${padded(knex, 9)}, 'dataproduct:default/p' || n, 'lake',
      case when n % 50 = 0 then 'pending' else 'published' end, 1, ?, ?,
      'Product', 'Lake', 'group:default/g' || (n % 40), 'domain:default/d' || (n % 20), 1,
      '[]', '[]', '[]', '[]', '[]', ?, 0,
      case when n % 50 = 0 then '0' else '1' end || ${at}, 'f', ${at}
    from numbers`,
    [count, true, true, false],
  );
}

/** Lets the planner know how much there is of what. */
export async function analyzeAll(knex: Knex): Promise<void> {
  await knex.raw('analyze');
}
