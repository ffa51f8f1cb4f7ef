// @ts-check

/**
 * Calls may end without an answer and arrive later; and what a scan misses was
 * seen before, or never.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entitlement_steps', table => {
    table
      .string('apply_unknown_at', 24)
      .nullable()
      .comment('When a call to apply it ended without an answer');
  });
  await knex.schema.alterTable('step_findings', table => {
    table
      .string('present_at', 24)
      .nullable()
      .comment('Begin of the last scan before that saw it as a whole');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('step_findings', table => {
    table.dropColumn('present_at');
  });
  await knex.schema.alterTable('entitlement_steps', table => {
    table.dropColumn('apply_unknown_at');
  });
};
