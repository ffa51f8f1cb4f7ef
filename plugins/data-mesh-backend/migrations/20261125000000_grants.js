// What scans see in the provisioners' systems, why it is there, and where it
// differs from what was decided. Times are ISO 8601 text in UTC, JSON is text.

/** Indexes of lists: of what is held now, by principal and resource. */
const liveIndexes = {
  observed_grants_live_idx: ['principal', 'resource_key', 'id'],
  observed_grants_target_idx: ['target_id', 'principal', 'resource_key', 'id'],
  observed_grants_account_idx: [
    'account_id',
    'principal',
    'resource_key',
    'id',
  ],
  observed_grants_because_idx: ['because', 'principal', 'resource_key', 'id'],
  observed_grants_database_idx: [
    'database_name',
    'principal',
    'resource_key',
    'id',
  ],
  observed_grants_table_idx: ['table_name', 'principal', 'resource_key', 'id'],
  observed_grants_kind_idx: [
    'principal_kind',
    'principal',
    'resource_key',
    'id',
  ],
  observed_grants_group_idx: ['target_id', 'group_key'],
  observed_grants_entitlement_idx: ['entitlement_id'],
};

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const ofLive = (name, table, columns, unique = '') =>
    knex.raw(
      `create ${unique} index ${name} on ${table} (${columns.join(
        ', ',
      )}) where gone_at is null`,
    );

  await knex.schema.createTable('scan_targets', table => {
    table.comment('What is scanned as a whole, like a catalog in a region');
    table.string('id', 255).primary();
    table.string('port_type', 64).notNullable();
    table.text('title').notNullable();
    table.string('account_id', 64);
    table.text('data').notNullable().comment('ScanTarget');
    table.integer('grants').notNullable().defaultTo(0);
    table.string('seen_at', 24).comment('Begin of the last scan that counts');
    table.string('known_since', 24).comment('Begin of the first one');
    table.string('requested_at', 24).comment('Somebody asked for a scan');
    table.string('requested_by', 255);
    table.string('lease_owner', 64).comment('Claim of who scans it now');
    table.string('lease_until', 24);
    table.string('retired_at', 24).comment('Nothing leads there any more');
  });

  await knex.schema.createTable('scan_clock', table => {
    table.comment('One row: when the last pass began');
    table.integer('id').primary();
    table.string('last_pass_at', 24);
  });
  await knex('scan_clock').insert({ id: 1 });

  await knex.schema.createTable('scans', table => {
    table.string('id', 36).primary();
    table.string('target_id', 255).notNullable();
    table.string('state', 16).notNullable();
    table.string('claim', 64).notNullable().comment('Whose changes it staged');
    table.string('actor_ref', 255).notNullable();
    table.string('started_at', 24).notNullable();
    table.string('finished_at', 24);
    table.integer('grants').notNullable().defaultTo(0);
    table.integer('added').notNullable().defaultTo(0);
    table.integer('changed').notNullable().defaultTo(0);
    table.integer('removed').notNullable().defaultTo(0);
    table.integer('calls').notNullable().defaultTo(0);
    table.text('error');
    table.string('released_by', 255);
    table.text('released_reason');
    table.index(['target_id', 'started_at'], 'scans_target_idx');
    table.index(['state'], 'scans_state_idx');
  });

  await knex.schema.createTable('scan_changes', table => {
    table.comment('Differences that a scan has found and not applied yet');
    table.string('claim', 64).notNullable();
    table.string('target_id', 255).notNullable();
    table.string('grant_key', 512).notNullable();
    table.bigInteger('observed_id').comment('What it changes or removes');
    table.text('group_key').comment('Null: it is gone');
    table.string('hash', 64);
    table.text('data');
    table.text('standing').comment('Kept for a scan that waits for a person');
    table.primary(['claim', 'grant_key']);
    table.index(['target_id'], 'scan_changes_target_idx');
  });

  await knex.schema.createTable('observed_grants', table => {
    table.comment(
      'Grants as scans saw them; a change ends one row for another',
    );
    table.bigIncrements('id');
    table.string('target_id', 255).notNullable();
    table.string('grant_key', 512).notNullable();
    table.string('group_key', 512).notNullable();
    table.string('hash', 64).notNullable();
    table.string('account_id', 64);
    table.string('principal', 255).notNullable();
    table.string('principal_kind', 32).notNullable();
    table.string('database_name', 255).comment('Lower case');
    table.string('table_name', 255).comment('Lower case');
    table.string('resource_key', 255).notNullable().comment('To sort by');
    table.text('data').notNullable().comment('ObservedGrant');
    table.text('search_text').notNullable().comment('Lower case');
    table.string('because', 16).notNullable();
    table.string('entitlement_id', 64);
    table.text('words');
    table.text('standing').comment('Why the system itself lets it be');
    table.text('excess').comment('Parts of it that nobody approved');
    table.text('products').notNullable().comment('References, sorted');
    table.string('product_ref', 255).comment('The first of them');
    table.string('first_seen_at', 24).notNullable();
    table.string('valid_from', 24).notNullable();
    table.string('gone_at', 24);
    table.string('last_seen_at', 24).comment('Set when it is gone');
    table.index(
      ['principal', 'resource_key', 'id'],
      'observed_grants_history_idx',
    );
  });
  await ofLive(
    'observed_grants_key_idx',
    'observed_grants',
    ['target_id', 'grant_key'],
    'unique',
  );
  for (const [name, columns] of Object.entries(liveIndexes)) {
    await ofLive(name, 'observed_grants', columns);
  }

  await knex.schema.createTable('observed_grant_products', table => {
    table.comment('Products that a grant is about');
    table.string('product_ref', 255).notNullable();
    table
      .bigInteger('grant_id')
      .notNullable()
      .references('observed_grants.id')
      .onDelete('CASCADE');
    table.string('principal', 255).notNullable();
    table.string('resource_key', 255).notNullable();
    table.string('gone_at', 24);
    table.primary(['grant_id', 'product_ref']);
    table.index(
      ['product_ref', 'principal', 'resource_key', 'grant_id'],
      'grant_products_history_idx',
    );
  });
  await ofLive('grant_products_live_idx', 'observed_grant_products', [
    'product_ref',
    'principal',
    'resource_key',
    'grant_id',
  ]);

  await knex.schema.createTable('grant_counts', table => {
    table.comment('Live grants by product, principal and account');
    table.string('pivot', 16).notNullable();
    table.string('group_ref', 255).notNullable();
    table.text('title').notNullable();
    table.integer('grants').notNullable();
    table.integer('unexplained').notNullable();
    table
      .integer('rank')
      .notNullable()
      .comment('Minus the unexplained ones, so that they come first');
    table.primary(['pivot', 'group_ref']);
    table.index(['pivot', 'rank', 'group_ref'], 'grant_counts_rank_idx');
  });

  await knex.schema.createTable('adopted_grants', table => {
    table.comment('Grants that a person let stay without an entitlement');
    table.string('id', 36).primary();
    table.string('target_id', 255).notNullable();
    table.string('grant_key', 512).notNullable();
    table.text('data').notNullable().comment('ObservedGrant as adopted');
    table.text('reason').notNullable();
    table.string('adopted_by', 255).notNullable();
    table.string('adopted_at', 24).notNullable();
    table.string('gone_at', 24).comment('When the grant was gone');
  });
  await ofLive(
    'adopted_grants_key_idx',
    'adopted_grants',
    ['target_id', 'grant_key'],
    'unique',
  );

  await knex.schema.createTable('drift_items', table => {
    table.comment('Differences between what was decided and what is held');
    table.bigIncrements('id');
    table.string('kind', 16).notNullable();
    table
      .string('subject', 800)
      .notNullable()
      .comment('What it is about; one open item for each kind and subject');
    table.string('target_id', 255);
    table.string('account_id', 64);
    table.string('grant_key', 512);
    table.string('entitlement_id', 64);
    table.string('product_ref', 255);
    table.text('words').notNullable();
    table.string('since', 24).notNullable();
    table.string('notified_at', 24);
    table.string('gone_at', 24).comment('Resolved, by whomever');
  });
  await ofLive('drift_open_idx', 'drift_items', ['kind', 'subject'], 'unique');
  await ofLive('drift_list_idx', 'drift_items', ['since', 'id']);
  await ofLive('drift_kind_idx', 'drift_items', ['kind', 'since', 'id']);
  await ofLive('drift_account_idx', 'drift_items', [
    'account_id',
    'since',
    'id',
  ]);
  await ofLive('drift_product_idx', 'drift_items', [
    'product_ref',
    'since',
    'id',
  ]);
  await ofLive('drift_target_idx', 'drift_items', ['target_id', 'id']);
  await ofLive('drift_entitlement_idx', 'drift_items', ['entitlement_id']);
  await knex.raw(
    'create index drift_news_idx on drift_items (id) where gone_at is null and notified_at is null',
  );

  await knex.schema.createTable('step_groups', table => {
    table.comment('Where a step shows among the grants that scans see');
    table
      .string('step_id', 64)
      .notNullable()
      .references('entitlement_steps.id')
      .onDelete('CASCADE');
    table.string('target_id', 255).notNullable();
    table
      .string('group_key', 512)
      .notNullable()
      .comment('Empty where the step does not show');
    table.primary(['step_id', 'group_key']);
    table.index(['target_id', 'group_key'], 'step_groups_group_idx');
  });

  await knex.schema.createTable('step_findings', table => {
    table.comment('Steps in force that the system does not hold as a whole');
    table
      .string('step_id', 64)
      .primary()
      .references('entitlement_steps.id')
      .onDelete('CASCADE');
    table.string('entitlement_id', 64).notNullable();
    table.string('target_id', 255);
    table.string('state', 16).notNullable();
    table.text('words').notNullable();
    table.string('seen_at', 24).notNullable();
    table.index(['entitlement_id'], 'step_findings_entitlement_idx');
  });

  await knex.schema.createTable('entitlement_checks', table => {
    table.comment('When an entitlement was last looked at beyond its grants');
    table
      .string('entitlement_id', 64)
      .primary()
      .references('entitlements.id')
      .onDelete('CASCADE');
    table.string('checked_at', 24).notNullable();
    table.text('identity_words').comment('What is not what it was');
    table.index(['checked_at'], 'entitlement_checks_idx');
  });

  await knex.schema.createTable('reapplications', table => {
    table.comment('Entitlements to be re-applied when their turn comes');
    table
      .string('entitlement_id', 64)
      .primary()
      .references('entitlements.id')
      .onDelete('CASCADE');
    table.string('due_at', 24).notNullable();
    table.string('actor_ref', 255).notNullable();
    table.index(['due_at'], 'reapplications_due_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'reapplications',
    'entitlement_checks',
    'step_findings',
    'step_groups',
    'drift_items',
    'adopted_grants',
    'grant_counts',
    'observed_grant_products',
    'observed_grants',
    'scan_changes',
    'scans',
    'scan_clock',
    'scan_targets',
  ]) {
    await knex.schema.dropTable(table);
  }
};
