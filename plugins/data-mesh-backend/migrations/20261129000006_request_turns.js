// @ts-check

/**
 * A row for each port and principal that was ever asked for. Whoever makes a
 * request holds the row until its transaction ends, so that two requests for
 * the same know of each other.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('request_turns', table => {
    table.comment('Locked while a request is made: no duplicates at one time');
    table
      .string('key', 64)
      .primary()
      .comment('Hash of product, port and principal, or of an entitlement');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('request_turns');
};
