// @ts-check

/**
 * Renewals and amendments: a request may be about an entitlement, and an active
 * entitlement may change beside staying in force.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_requests', table => {
    table
      .string('amends_entitlement_id', 64)
      .nullable()
      .comment('Entitlement that a renewal or amendment is about');
    table.index(['amends_entitlement_id', 'created_at'], 'requests_amends_idx');
  });
  await knex.schema.alterTable('entitlements', table => {
    table
      .string('change_state', 16)
      .nullable()
      .comment('How far a change of an active entitlement is');
    table.text('change').nullable().comment('What it changes to');
    table
      .text('residue')
      .nullable()
      .comment('Closed with something left, until a scan proves it gone');
    table.text('readiness').nullable().comment('What the last check has found');
    table
      .string('readiness_due_at', 24)
      .nullable()
      .comment('When the worker is to check it');
    table.index(['readiness_due_at'], 'entitlements_readiness_idx');
  });
  await knex.schema.alterTable('entitlement_steps', table => {
    table
      .boolean('leaving')
      .notNullable()
      .defaultTo(false)
      .comment('No longer wanted: undone when a change is in force');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entitlement_steps', table => {
    table.dropColumn('leaving');
  });
  await knex.schema.alterTable('entitlements', table => {
    table.dropIndex(['readiness_due_at'], 'entitlements_readiness_idx');
    table.dropColumn('readiness_due_at');
    table.dropColumn('readiness');
    table.dropColumn('residue');
    table.dropColumn('change');
    table.dropColumn('change_state');
  });
  await knex.schema.alterTable('access_requests', table => {
    table.dropIndex(
      ['amends_entitlement_id', 'created_at'],
      'requests_amends_idx',
    );
    table.dropColumn('amends_entitlement_id');
  });
};
