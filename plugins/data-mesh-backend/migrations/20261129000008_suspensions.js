// @ts-check

/**
 * Why access is suspended, and what it reached newly. No access that there is
 * already was ever suspended.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entitlements', table => {
    table
      .text('suspension')
      .nullable()
      .comment('JSON; while it is suspended, or is being suspended');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entitlements', table => {
    table.dropColumn('suspension');
  });
};
