// @ts-check

/**
 * Lets every list of requests, entitlements and claims be read from an index in
 * its order, by whatever it is narrowed.
 */

const ENTITLEMENTS = {
  entitlements_state_idx: ['state', 'created_at', 'id'],
  entitlements_owner_idx: ['product_owner_ref', 'created_at', 'id'],
  entitlements_domain_idx: ['domain_ref', 'created_at', 'id'],
};

// As ClaimStore orders them, word for word: SQLite compares expressions so.
const OPEN_FIRST =
  "(case when state in ('pending', 'changes-requested') then '0' else '1' end || created_at)";
const CLAIMS = {
  place_claims_list_idx: '',
  place_claims_state_list_idx: 'state, ',
  place_claims_domain_list_idx: 'domain_ref, ',
};

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entitlements', table => {
    for (const [name, columns] of Object.entries(ENTITLEMENTS)) {
      table.index(columns, name);
    }
  });
  await knex.schema.alterTable('access_requests', table => {
    table.index(['group_id', 'created_at', 'id'], 'requests_group_list_idx');
    table.dropIndex([], 'requests_group_idx');
  });
  for (const [name, column] of Object.entries(CLAIMS)) {
    await knex.raw(
      `create index ${name} on place_claims (${column}${OPEN_FIRST}, id)`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of Object.keys(CLAIMS)) {
    await knex.raw(`drop index ${name}`);
  }
  await knex.schema.alterTable('access_requests', table => {
    table.index(['group_id'], 'requests_group_idx');
    table.dropIndex([], 'requests_group_list_idx');
  });
  await knex.schema.alterTable('entitlements', table => {
    for (const name of Object.keys(ENTITLEMENTS)) table.dropIndex([], name);
  });
};
