// Entitlements, the steps that make and unmake them, and the leases by which
// workers of several replicas share the work. JSON and times are text: times
// are ISO 8601 in UTC with milliseconds, so that they sort as text.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entitlements', table => {
    table.string('id', 64).primary();
    table.string('request_id', 64).notNullable();
    table.string('state', 32).notNullable();
    table
      .string('failed_from', 32)
      .nullable()
      .comment('State that the failed entitlement was in');
    table
      .integer('version')
      .notNullable()
      .comment('Counts the changes of state; what If-Match compares');
    table.string('health', 32).notNullable();
    table.text('health_reason').nullable();
    table.string('requester_ref', 255).notNullable();
    table.string('principal', 255).notNullable();
    table.string('principal_kind', 32).notNullable();
    table.string('principal_name', 255).notNullable();
    table.string('principal_account_id', 64).nullable();
    table.string('principal_account_alias', 255).nullable();
    table.string('consumer_ref', 255).nullable();
    table.string('product_ref', 255).notNullable();
    table.string('product_title', 255).notNullable();
    table.string('product_owner_ref', 255).notNullable();
    table.string('domain_ref', 255).nullable();
    table.string('port', 255).notNullable();
    table.string('port_type', 64).notNullable();
    table.text('port_snapshot').notNullable();
    table.text('scope').notNullable();
    table.string('level', 32).notNullable();
    table.text('purpose').notNullable();
    table.integer('duration_days').notNullable();
    table.text('approved_by').notNullable();
    table
      .text('identities')
      .notNullable()
      .comment('What table and role were when it was planned');
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.string('activated_at', 24).nullable();
    table.string('expires_at', 24).nullable();
    table.string('ended_at', 24).nullable();
    table.text('end_reason').nullable();
    table.string('ended_by', 255).nullable();
    table
      .string('end_kind', 32)
      .nullable()
      .comment('revoked, expired or relinquished; set when the ending begins');
    table.text('error').nullable();
    table
      .bigInteger('served')
      .notNullable()
      .defaultTo(0)
      .comment('Turn at which a worker last took a step: the lowest is next');

    table.index(['created_at', 'id'], 'entitlements_list_idx');
    table.index(
      ['product_ref', 'created_at', 'id'],
      'entitlements_product_idx',
    );
    table.index(
      ['principal', 'created_at', 'id'],
      'entitlements_principal_idx',
    );
    table.index(
      ['requester_ref', 'created_at', 'id'],
      'entitlements_requester_idx',
    );
    table.index(['state', 'expires_at'], 'entitlements_expiry_idx');
    table.index(['request_id'], 'entitlements_request_idx');
    table.index(['served'], 'entitlements_served_idx');
  });

  await knex.schema.createTable('entitlement_steps', table => {
    table.string('id', 64).primary();
    table
      .string('entitlement_id', 64)
      .notNullable()
      .references('id')
      .inTable('entitlements')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('direction', 16).notNullable().comment('apply or undo');
    table.string('state', 16).notNullable();
    table.text('step').notNullable();
    table
      .text('baseline')
      .nullable()
      .comment('What was there before us; stored before anything is written');
    table.text('outcome').nullable();
    table.integer('attempts').notNullable();
    table.text('last_error').nullable();
    table.string('next_attempt_at', 24).nullable();
    table.string('lease_owner', 64).nullable();
    table.string('lease_until', 24).nullable();
    table.string('started_at', 24).nullable();
    table.string('finished_at', 24).nullable();

    table.unique(['entitlement_id', 'position'], {
      indexName: 'entitlement_steps_position_idx',
    });
    table.index(['state'], 'entitlement_steps_state_idx');
  });

  await knex.schema.createTable('step_needs', table => {
    table
      .string('step_id', 64)
      .notNullable()
      .references('id')
      .inTable('entitlement_steps')
      .onDelete('CASCADE');
    table.string('needs_id', 64).notNullable();
    table.primary(['step_id', 'needs_id']);
    table.index(['needs_id'], 'step_needs_needs_idx');
  });

  await knex.schema.createTable('step_shares', table => {
    table
      .string('step_id', 64)
      .notNullable()
      .references('id')
      .inTable('entitlement_steps')
      .onDelete('CASCADE');
    table.string('share_key', 512).notNullable();
    table.primary(['step_id', 'share_key']);
    table.index(['share_key'], 'step_shares_key_idx');
  });

  await knex.schema.createTable('step_locks', table => {
    table
      .string('step_id', 64)
      .notNullable()
      .references('id')
      .inTable('entitlement_steps')
      .onDelete('CASCADE');
    table.string('lock_key', 512).notNullable();
    table.primary(['step_id', 'lock_key']);
  });

  await knex.schema.createTable('resource_locks', table => {
    table.string('key', 512).primary();
    table.string('owner', 64).notNullable();
    table.string('lease_until', 24).notNullable();
    table.index(['owner'], 'resource_locks_owner_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('resource_locks');
  await knex.schema.dropTable('step_locks');
  await knex.schema.dropTable('step_shares');
  await knex.schema.dropTable('step_needs');
  await knex.schema.dropTable('entitlement_steps');
  await knex.schema.dropTable('entitlements');
};
