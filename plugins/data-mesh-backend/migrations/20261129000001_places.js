// @ts-check

/**
 * Places that governance gave to domains, claims of places, and what was
 * decided on them. Places of config and of annotations are not kept here.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('place_claims', table => {
    table.comment('A place that a domain asks to answer for');
    table.string('id', 36).primary();
    table.string('state', 32).notNullable();
    table.integer('version').notNullable().comment('Counts changes of state');
    table.string('domain_ref', 255).notNullable();
    table.text('place').notNullable();
    table
      .string('place_hash', 64)
      .notNullable()
      .comment('Same place, same hash');
    table.text('reason').notNullable();
    table.string('requester_ref', 255).notNullable();
    table.string('takes_place_id', 36).comment('Of the domain that hands over');
    table.text('without').notNullable().comment('Parts left out on acceptance');
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.string('decided_at', 24);
    table.index(['state', 'created_at', 'id'], 'place_claims_state_idx');
    table.index(['created_at', 'id'], 'place_claims_created_idx');
    table.index(['domain_ref', 'created_at', 'id'], 'place_claims_domain_idx');
    table.index(
      ['requester_ref', 'created_at', 'id'],
      'place_claims_requester_idx',
    );
  });

  await knex.schema.createTable('place_claim_decisions', table => {
    table.comment('What happened to a claim, in order');
    table.string('id', 36).primary();
    table
      .string('claim_id', 36)
      .notNullable()
      .references('place_claims.id')
      .onDelete('CASCADE');
    table.integer('version').notNullable().comment('Of the claim, after it');
    table.string('actor_ref', 255).notNullable();
    table.string('decision', 32).notNullable();
    table.text('comment');
    table.string('at', 24).notNullable();
    table.unique(['claim_id', 'version'], {
      indexName: 'place_claim_decisions_claim_idx',
    });
  });

  await knex.schema.createTable('places', table => {
    table.comment('Places that governance gave to domains');
    table.string('id', 36).primary();
    table.string('domain_ref', 255).notNullable();
    table.text('place').notNullable();
    table
      .string('place_hash', 64)
      .notNullable()
      .comment('Same place, same hash');
    table.text('except_places').notNullable().comment('Parts left to others');
    table.boolean('narrower_wins').notNullable();
    table.string('claim_id', 36).references('place_claims.id');
    table.string('taken_from', 255).comment('Domain that held it before');
    table.string('decided_by', 255).notNullable();
    table.text('reason').notNullable();
    table.string('since', 24).notNullable();
    table.string('ended_at', 24).comment('When it was given back or on');
    table.string('ended_by', 255);
    table.text('ended_because');
    table.index(['ended_at', 'domain_ref'], 'places_domain_idx');
  });
  // One domain holds a place once; whoever comes second is told so.
  await knex.schema.alterTable('places', table => {
    table.unique(['place_hash'], {
      indexName: 'places_held_idx',
      predicate: knex.whereNull('ended_at'),
    });
  });

  await knex.schema.createTable('place_turns', table => {
    table.comment('Locked while places change hands: one change at a time');
    table.integer('id').primary();
  });
  await knex('place_turns').insert({ id: 1 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('place_turns');
  await knex.schema.dropTable('places');
  await knex.schema.dropTable('place_claim_decisions');
  await knex.schema.dropTable('place_claims');
};
