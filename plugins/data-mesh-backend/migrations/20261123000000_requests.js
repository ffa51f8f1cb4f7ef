// @ts-check

/**
 * Requests, who may decide them, what was said about them, and the audit
 * trail. Times are ISO 8601 text in UTC with milliseconds, which sorts alike
 * on SQLite and PostgreSQL; JSON is kept as text for the same reason.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('access_requests', table => {
    table.comment('One request for access: one port for one principal');
    table.string('id', 36).primary();
    table.string('group_id', 36).notNullable().comment('One submission');
    table.string('kind', 16).notNullable().comment('new, renew, amend, …');
    table.string('state', 32).notNullable();
    table.integer('version').notNullable().comment('Counts changes of state');
    table.string('requester_ref', 255).notNullable();
    table.string('principal', 255).notNullable().comment('Id, like an ARN');
    table.text('principal_json').notNullable();
    table.string('principal_via', 255).comment('Entity that leads to it');
    table.string('consumer_ref', 255);
    table.string('product_ref', 255).notNullable();
    table.text('product_title').notNullable();
    table.string('product_version', 64);
    table.string('product_owner_ref', 255).notNullable();
    table.string('domain_ref', 255);
    table.string('port', 255).notNullable();
    table.text('port_title');
    table.string('port_type', 64).notNullable();
    table.string('port_version', 64);
    table.text('port_snapshot').notNullable().comment('OutputPort as asked');
    table.text('scope').notNullable();
    table.text('sensitive_columns').notNullable();
    table.text('purpose').notNullable();
    table.text('justification');
    table.text('answers');
    table.text('accepted_terms');
    table.integer('duration_days').notNullable();
    table.text('policy').notNullable().comment('Evaluation that applies');
    table.integer('stage').notNullable().comment('Whose turn it is');
    table.text('plan').comment('As shown to the approvers');
    table.text('plan_error');
    table.text('identities').notNullable().comment('What the plan is for');
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.string('decided_at', 24);
    table.string('lapses_at', 24);
    table.string('entitlement_id', 64);
    table.text('search_text').notNullable().comment('Lower case');

    table.index(['created_at', 'id'], 'requests_created_idx');
    table.index(['state', 'created_at', 'id'], 'requests_state_idx');
    table.index(
      ['requester_ref', 'created_at', 'id'],
      'requests_requester_idx',
    );
    table.index(['product_ref', 'created_at', 'id'], 'requests_product_idx');
    table.index(
      ['product_owner_ref', 'created_at', 'id'],
      'requests_owner_idx',
    );
    table.index(['domain_ref', 'created_at', 'id'], 'requests_domain_idx');
    table.index(['principal', 'created_at', 'id'], 'requests_principal_idx');
    table.index(['group_id'], 'requests_group_idx');
    table.index(['state', 'lapses_at'], 'requests_lapse_idx');
    table.index(['product_ref', 'decided_at'], 'requests_decided_idx');
    table.index(['decided_at'], 'requests_recent_idx');
    table.index(
      ['product_ref', 'port', 'principal', 'state'],
      'requests_existing_idx',
    );
  });

  await knex.schema.createTable('request_approvers', table => {
    table.comment('Who may decide each stage of a request');
    table
      .string('request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table.integer('stage').notNullable();
    table.string('approver_ref', 255).notNullable();
    table.primary(['request_id', 'stage', 'approver_ref']);
    table.index(['approver_ref', 'request_id'], 'request_approvers_ref_idx');
  });

  await knex.schema.createTable('decisions', table => {
    table.string('id', 36).primary();
    table
      .string('request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table.integer('version').notNullable().comment('Of the request, after it');
    table.string('actor_ref', 255).notNullable();
    table.string('decision', 16).notNullable();
    table.integer('stage').notNullable();
    table.text('comment');
    table.text('narrowed_scope');
    table.integer('narrowed_duration_days');
    table.string('at', 24).notNullable();
    table.unique(['request_id', 'version'], {
      indexName: 'decisions_request_idx',
    });
  });

  await knex.schema.createTable('request_comments', table => {
    table.string('id', 36).primary();
    table
      .string('request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table.string('author_ref', 255).notNullable();
    table.text('text').notNullable();
    table.string('at', 24).notNullable();
    table.index(['request_id', 'at'], 'request_comments_request_idx');
  });

  await knex.schema.createTable('request_revisions', table => {
    table.comment('What a request said before it was changed');
    table
      .string('request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('author_ref', 255).notNullable();
    table.string('at', 24).notNullable();
    table.text('comment');
    table.text('before').notNullable();
    table.primary(['request_id', 'number']);
  });

  await knex.schema.createTable('submissions', table => {
    table.comment('Idempotency keys of submissions');
    table.string('user_ref', 255).notNullable();
    table.string('idempotency_key', 128).notNullable();
    table.string('body_hash', 64).notNullable();
    table.string('group_id', 36).notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['user_ref', 'idempotency_key']);
  });

  await knex.schema.createTable('audit_events', table => {
    table.comment('Append-only; each event carries the hash of the one before');
    table.integer('sequence').primary();
    table.string('id', 36).notNullable();
    table.string('at', 24).notNullable();
    table.string('actor_ref', 255).notNullable();
    table.string('action', 64).notNullable();
    table.string('subject', 255).notNullable();
    table.text('before');
    table.text('after');
    table.string('correlation_id', 255);
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.index(['subject', 'sequence'], 'audit_subject_idx');
    table.index(['actor_ref', 'sequence'], 'audit_actor_idx');
    table.index(['action', 'sequence'], 'audit_action_idx');
    table.index(['correlation_id', 'sequence'], 'audit_correlation_idx');
  });

  await knex.schema.createTable('audit_head', table => {
    table.comment('One row: the end of the audit trail, locked to append');
    table.integer('id').primary();
    table.integer('sequence').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('audit_head').insert({ id: 1, sequence: 0, hash: '' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('audit_head');
  await knex.schema.dropTable('audit_events');
  await knex.schema.dropTable('submissions');
  await knex.schema.dropTable('request_revisions');
  await knex.schema.dropTable('request_comments');
  await knex.schema.dropTable('decisions');
  await knex.schema.dropTable('request_approvers');
  await knex.schema.dropTable('access_requests');
};
