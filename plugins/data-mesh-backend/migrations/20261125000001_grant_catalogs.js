// The catalog that a grant is in, which may be another account's than the one it
// was seen in: so that a question about a table reads only what is on its catalog.

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('observed_grants', table => {
    table.string('catalog_id', 255).comment('As the system names it');
  });
  const isPostgres = knex.client.config.client === 'pg';
  await knex('observed_grants').update({
    catalog_id: knex.raw(
      isPostgres
        ? `data::json -> 'resource' ->> 'catalogId'`
        : `json_extract(data, '$.resource.catalogId')`,
    ),
  });
  await knex.schema.alterTable('observed_grants', table => {
    table.index(
      ['catalog_id', 'database_name', 'principal', 'resource_key', 'id'],
      'observed_grants_catalog_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('observed_grants', table => {
    table.dropIndex([], 'observed_grants_catalog_idx');
  });
  await knex.schema.alterTable('observed_grants', table => {
    table.dropColumn('catalog_id');
  });
};
