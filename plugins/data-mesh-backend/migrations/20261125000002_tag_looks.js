// What the last look at the tags of a product has found, so that a hint at drift
// does not ask the system again each time the product is shown.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('tag_looks', table => {
    table.string('product_ref', 255).primary();
    table
      .string('asked', 64)
      .notNullable()
      .comment('Hash of what the product asked for at that time');
    table.string('checked_at', 24).notNullable();
    table.text('look').notNullable().comment('JSON');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('tag_looks');
};
