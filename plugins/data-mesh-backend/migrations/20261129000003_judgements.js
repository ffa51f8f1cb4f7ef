// What approvers were last shown of a request, and which approvals count, so
// that what changed since can be told; and what was reached when access was
// approved, so that scans can tell what is reached newly.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_requests', table => {
    table
      .text('judgement')
      .nullable()
      .comment('JSON; absent for requests from before there were judgements');
  });
  await knex.schema.alterTable('entitlements', table => {
    table
      .text('protected_reach')
      .nullable()
      .comment('JSON: protected columns that are known to be reached');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('access_requests', table => {
    table.dropColumn('judgement');
  });
  await knex.schema.alterTable('entitlements', table => {
    table.dropColumn('protected_reach');
  });
};
