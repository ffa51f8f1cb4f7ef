// @ts-check

/**
 * What entities, config and other systems write may be of any length. Times,
 * ids, states and hashes are ours and stay bounded.
 */
const written = {
  access_requests: [
    'requester_ref',
    'principal',
    'principal_via',
    'consumer_ref',
    'product_ref',
    'product_version',
    'product_owner_ref',
    'domain_ref',
    'port',
    'port_type',
    'port_version',
  ],
  request_approvers: ['approver_ref'],
  decisions: ['actor_ref'],
  request_comments: ['author_ref'],
  request_revisions: ['author_ref'],
  submissions: ['user_ref'],
  audit_events: ['actor_ref', 'action', 'subject', 'correlation_id'],
  entitlements: [
    'requester_ref',
    'principal',
    'principal_name',
    'principal_account_id',
    'principal_account_alias',
    'consumer_ref',
    'product_ref',
    'product_title',
    'product_owner_ref',
    'domain_ref',
    'port',
    'port_type',
    'ended_by',
  ],
  step_shares: ['share_key'],
  step_locks: ['lock_key'],
  resource_locks: ['key'],
  scan_targets: ['port_type', 'account_id', 'requested_by'],
  scans: ['actor_ref', 'released_by'],
  observed_grants: [
    'account_id',
    'catalog_id',
    'principal',
    'database_name',
    'table_name',
    'resource_key',
    'product_ref',
  ],
  observed_grant_products: ['product_ref', 'principal', 'resource_key'],
  grant_counts: ['group_ref'],
  adopted_grants: ['adopted_by'],
  drift_items: ['subject', 'account_id', 'product_ref'],
  reapplications: ['actor_ref'],
  tag_looks: ['product_ref'],
};

/**
 * SQLite keeps texts of any length in every column; PostgreSQL changes the type
 * without rewriting the table.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client !== 'pg') return;
  for (const [table, columns] of Object.entries(written)) {
    await knex.raw(
      `alter table ?? ${columns
        .map(() => 'alter column ?? type text')
        .join(', ')}`,
      [table, ...columns],
    );
  }
};

/** Nothing: what is longer by now would be lost. */
exports.down = async function down() {};
