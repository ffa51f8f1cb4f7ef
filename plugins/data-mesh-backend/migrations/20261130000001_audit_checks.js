// @ts-check

/**
 * How far the last check of the audit trail has come, and what it found: it runs
 * in the background, and every replica tells of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_checks', table => {
    table.comment('One row: the check of the audit trail that began last');
    table.integer('id').primary();
    table.string('token', 36).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('running, whole, broken or failed');
    table.text('started_by').notNullable();
    table.string('started_at', 24).notNullable();
    table.string('beat_at', 24).notNullable();
    table.string('finished_at', 24);
    table.integer('checked').notNullable();
    table.integer('total').notNullable();
    table.text('result').comment('AuditVerification, or why it failed');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_checks');
};
