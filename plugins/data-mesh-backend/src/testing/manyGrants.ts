import type { Knex } from 'knex';
import { ChangedGroups, refreshCounts } from '../grants/GrantCounts';

/**
 * Fills a PostgreSQL database with live grants of ten targets, made by the
 * database itself: a hundredth of them unexplained, each about one of 211 products.
 */
export async function fillManyGrants(knex: Knex, count: number): Promise<void> {
  // Made when the rows are there: that is many times faster.
  const indexes = await knex('pg_indexes')
    .whereIn('tablename', ['observed_grants', 'observed_grant_products'])
    .whereNot('indexname', 'like', '%_pkey')
    .where({ schemaname: 'public' })
    .select('indexname', 'indexdef');
  for (const { indexname } of indexes) {
    await knex.raw('drop index ??', [indexname]);
  }
  await knex.raw(`
    insert into scan_targets (id, port_type, title, account_id, data, grants, seen_at)
    select 'fake:t' || n, 'fake', 'Target ' || n, lpad(n::text, 12, '0'),
      json_build_object('id', 'fake:t' || n, 'title', 'Target ' || n)::text,
      0, '2026-11-25T00:00:00.000Z'
    from generate_series(0, 9) n`);
  await knex.raw(
    `
    insert into observed_grants (target_id, grant_key, group_key, hash, account_id, catalog_id,
      principal, principal_kind, database_name, table_name, resource_key, data,
      search_text, because, products, first_seen_at, valid_from)
    select 'fake:t' || n % 10, 'k' || n, 'g' || n, md5(n::text),
      lpad((n % 10)::text, 12, '0'), lpad((n % 10)::text, 12, '0'), principal, 'iam-role', db, tbl,
      db || '/' || tbl || '/table/' || n,
      json_build_object(
        'principal', json_build_object('id', principal, 'kind', 'iam-role', 'name', 'r' || n % 5000),
        'resource', json_build_object('words', db || '.' || tbl, 'database', db, 'table', tbl),
        'permissions', array['SELECT', 'DESCRIBE'], 'grantable', array[]::text[])::text,
      principal || ' ' || db || ' ' || tbl || ' select',
      case when n % 100 = 0 then 'unexplained' else 'entitlement' end,
      '["dataproduct:default/p' || n % 211 || '"]',
      '2026-11-25T00:00:00.000Z', '2026-11-25T00:00:00.000Z'
    from (
      select n, 'arn:aws:iam::' || lpad((n % 10)::text, 12, '0') || ':role/r' || n % 5000 as principal,
        'db' || n % 211 as db, 't' || n % 5003 as tbl
      from generate_series(1, ?::int) n) as made`,
    [count],
  );
  await knex.raw(`
    insert into observed_grant_products (product_ref, grant_id, principal, resource_key)
    select products::json ->> 0, id, principal, resource_key
    from observed_grants`);
  await knex.raw(`
    insert into drift_items (kind, subject, target_id, account_id, grant_key, words, since)
    select case when id % 20 = 0 then 'residue' else 'excess' end,
      target_id || ' ' || grant_key, target_id, account_id, grant_key, '',
      '2026-11-25T00:00:00.000Z'
    from observed_grants where id % 4 = 0`);
  for (const { indexdef } of indexes) await knex.raw(indexdef);
  const all = new ChangedGroups();
  for (let n = 0; n < 400; n += 1) {
    all.add({ principal: `p${n}`, account_id: `${n}` }, `product:${n}`);
  }
  await refreshCounts(knex, all);
  for (const table of [
    'observed_grants',
    'observed_grant_products',
    'drift_items',
    'grant_counts',
    'scan_targets',
  ]) {
    await knex.raw('analyze ??', [table]);
  }
}
