// @ts-check

/** Indexes to find events by what they are about and by their time. */
const indexes = {
  audit_product_idx: ['product_ref', 'sequence'],
  audit_principal_idx: ['principal', 'sequence'],
  audit_at_idx: ['at', 'sequence'],
};

/**
 * How far the audit trail was passed on, and which product and principal each
 * event is about. Neither is part of an event: their hashes stay what they are.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('audit_forwarding', table => {
    table.comment('How far each destination has the audit trail');
    table.string('destination', 64).primary();
    table.integer('sequence').notNullable().comment('Last event it has');
    table.string('lease_owner', 36);
    table.string('lease_until', 24);
  });
  // What happened before is not sent as if it happened now.
  const head = await knex('audit_head').where({ id: 1 }).first();
  await knex('audit_forwarding').insert({
    destination: 'auditor',
    sequence: head?.sequence ?? 0,
  });

  await knex.schema.alterTable('audit_events', table => {
    table.string('product_ref', 255).comment('To find it by; not hashed');
    table.string('principal', 255).comment('To find it by; not hashed');
  });
  const id = (/** @type {string} */ prefix) =>
    `substr(audit_events.subject, ${prefix.length + 1})`;
  const grantId =
    knex.client.config.client === 'pg'
      ? `cast(${id('grant:')} as bigint)`
      : `cast(${id('grant:')} as integer)`;
  const abouts = [
    { prefix: 'request:', table: 'access_requests', id: id('request:') },
    { prefix: 'entitlement:', table: 'entitlements', id: id('entitlement:') },
    { prefix: 'grant:', table: 'observed_grants', id: grantId },
  ];
  for (const about of abouts) {
    const of = (/** @type {string} */ column) =>
      knex.raw(
        `(select ${column} from ${about.table} where ${about.table}.id = ${about.id})`,
      );
    await knex('audit_events')
      .where('subject', 'like', `${about.prefix}%`)
      .update({ product_ref: of('product_ref'), principal: of('principal') });
  }
  await knex('audit_events')
    .where('subject', 'like', 'dataproduct:%')
    .update({ product_ref: knex.ref('subject') });
  await knex.schema.alterTable('audit_events', table => {
    for (const [name, columns] of Object.entries(indexes)) {
      table.index(columns, name);
    }
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('audit_events', table => {
    for (const name of Object.keys(indexes)) table.dropIndex([], name);
  });
  await knex.schema.alterTable('audit_events', table => {
    table.dropColumns('product_ref', 'principal');
  });
  await knex.schema.dropTable('audit_forwarding');
};
