// @ts-check

/**
 * What is accepted of each port, what waits, and for whom. A database that had
 * none of it begins without rows: the first look at each port accepts what a
 * rule accepts, and the rest waits like any first publication.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('publications', table => {
    table.comment('One row for each port of each product that was ever seen');
    table.string('id', 36).primary();
    table.string('product_ref', 255).notNullable();
    table.string('port', 255).notNullable();
    table.string('state', 16).notNullable();
    table.integer('version').notNullable().comment('Of the row, for If-Match');
    table.boolean('present').notNullable().comment('In the catalog');
    table.boolean('requestable').notNullable();
    table.text('why');
    table.text('product_title').notNullable();
    table.text('product_version');
    table.text('port_title').notNullable();
    table.string('owner_ref', 255).comment('By the catalog');
    table.string('accepted_owner_ref', 255);
    table.string('domain_ref', 255).comment('By the catalog');
    table
      .integer('snapshot')
      .notNullable()
      .comment('Number of the accepted one');
    table.text('accepted').comment('Facts, holders and by whom, as JSON');
    table.string('accepted_hash', 64).comment('Of the facts accepted');
    table.text('current').comment('Facts of the catalog at the last look');
    table.text('differences').notNullable().comment('What loosens, as JSON');
    table.text('in_force').notNullable().comment('What loosens nothing');
    table.text('parts').notNullable().comment('Who has to accept, as JSON');
    table.text('part_accepts').notNullable().comment('Who has, as JSON');
    table.text('sent_back').notNullable().comment('By signature, as JSON');
    table.boolean('estranged').notNullable();
    table.integer('waiting').notNullable();
    table.string('waits_since', 24);
    table.string('order_key', 320).notNullable().comment('Waiting first');
    table
      .string('fingerprint', 64)
      .notNullable()
      .comment('Of all that it was judged by; the same needs no other look');
    table.string('updated_at', 24).notNullable();
    table.unique(['product_ref', 'port'], {
      indexName: 'publications_port_uniq',
    });
    table.index(['order_key', 'id'], 'publications_order_idx');
    table.index(['state', 'order_key', 'id'], 'publications_state_idx');
    table.index(['owner_ref', 'order_key', 'id'], 'publications_owner_idx');
    table.index(['domain_ref', 'order_key', 'id'], 'publications_domain_idx');
  });

  await knex.schema.createTable('publication_deciders', table => {
    table.comment('Who may decide what waits now');
    table
      .string('publication_id', 36)
      .notNullable()
      .references('id')
      .inTable('publications')
      .onDelete('CASCADE');
    table.string('decider_ref', 255).notNullable();
    table.primary(['publication_id', 'decider_ref']);
    table.index(
      ['decider_ref', 'publication_id'],
      'publication_deciders_ref_idx',
    );
  });

  await knex.schema.createTable('publication_snapshots', table => {
    table.comment('Each set of facts that was accepted; never changed');
    table
      .string('publication_id', 36)
      .notNullable()
      .references('id')
      .inTable('publications')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.text('accepted').notNullable().comment('As in publications');
    table.string('accepted_hash', 64).notNullable();
    table.string('accepted_at', 24).notNullable();
    table.string('accepted_by', 255).notNullable();
    table.primary(['publication_id', 'number']);
  });

  await knex.schema.createTable('publication_decisions', table => {
    table.string('id', 36).primary();
    table
      .string('publication_id', 36)
      .notNullable()
      .references('id')
      .inTable('publications')
      .onDelete('CASCADE');
    table.string('actor_ref', 255).notNullable();
    table.string('decision', 16).notNullable();
    table.text('comment');
    table.text('accepted').notNullable().comment('Words of what was accepted');
    table.text('sent_back').notNullable().comment('Words of what went back');
    table.string('at', 24).notNullable();
    table.index(
      ['publication_id', 'at'],
      'publication_decisions_publication_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('publication_decisions');
  await knex.schema.dropTable('publication_snapshots');
  await knex.schema.dropTable('publication_deciders');
  await knex.schema.dropTable('publications');
};
