// Finds which products' owners and domains are kept with requests and
// entitlements, without reading all of them: they follow the catalog.

const TABLES = ['access_requests', 'entitlements'];
const COLUMNS = ['product_ref', 'product_owner_ref', 'domain_ref', 'state'];

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  for (const name of TABLES) {
    await knex.schema.alterTable(name, table => {
      table.index(COLUMNS, `${name}_home_idx`);
    });
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const name of TABLES) {
    await knex.schema.alterTable(name, table => {
      table.dropIndex(COLUMNS, `${name}_home_idx`);
    });
  }
};
