// Who stood behind a name when the mesh first saw it trusted: if somebody else
// takes the name later, they do not inherit what it was trusted with.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('trusted_names', table => {
    table.string('ref', 255).primary().comment('Full entity reference');
    table.string('uid', 255).nullable().comment('Of the entity, as known');
    table.text('origin').nullable().comment('Its origin location');
    table
      .string('first_seen_at', 24)
      .nullable()
      .comment('When this entity was first seen; null while there is none');
    table
      .string('missing_since', 24)
      .nullable()
      .comment('Trusted since then without an entity, which never existed');
    table.string('accepted_by', 255).nullable();
    table.string('accepted_at', 24).nullable();
    table.text('reason').nullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('trusted_names');
};
