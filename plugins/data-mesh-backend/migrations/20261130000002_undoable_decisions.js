// @ts-check

/**
 * Decisions on requests that can still be undone.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('undoable_decisions', table => {
    table.comment('Decisions that have not taken effect yet');
    table.string('id', 36).primary();
    table
      .string('request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table
      .integer('version')
      .notNullable()
      .comment('Of the request that was decided on');
    table.text('actor_ref').notNullable();
    table.string('decision', 16).notNullable();
    table.text('comment');
    table.text('narrowed_scope');
    table.integer('narrowed_duration_days');
    table.string('decided_at', 24).notNullable();
    table.string('takes_effect_at', 24).notNullable();
    table
      .string('due_at', 24)
      .notNullable()
      .comment('From then on any replica may carry it out');
    table
      .integer('attempts')
      .notNullable()
      .comment('How often a replica has begun to carry it out');
    table.unique(['request_id'], {
      indexName: 'undoable_decisions_request_idx',
    });
    table.index(['due_at'], 'undoable_decisions_due_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('undoable_decisions');
};
