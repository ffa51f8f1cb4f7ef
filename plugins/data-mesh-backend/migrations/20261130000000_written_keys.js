// @ts-check

/**
 * Keys and references that hold what entities and systems write, like the path
 * of a nested catalog, may be of any length. As `wide_columns` did for others.
 */
const written = {
  adopted_grants: ['target_id', 'grant_key', 'group_key'],
  audit_events: ['product_ref', 'principal'],
  drift_items: ['target_id', 'grant_key'],
  observed_grants: ['target_id', 'grant_key', 'group_key'],
  place_claim_decisions: ['actor_ref'],
  place_claims: ['domain_ref', 'requester_ref'],
  places: ['domain_ref', 'taken_from', 'decided_by', 'ended_by'],
  publications: [
    'product_ref',
    'port',
    'owner_ref',
    'accepted_owner_ref',
    'domain_ref',
    'order_key',
  ],
  publication_deciders: ['decider_ref'],
  publication_decisions: ['actor_ref'],
  publication_snapshots: ['accepted_by'],
  scan_changes: ['target_id', 'grant_key'],
  scan_targets: ['id'],
  scans: ['target_id'],
  step_findings: ['target_id'],
  step_groups: ['target_id', 'group_key'],
  trusted_names: ['ref', 'uid', 'accepted_by'],
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
