// @ts-check

const APPROVED = ['entitlement', 'before-us', 'adopted'];
const hasMore = `sum(case when g.because = 'approved-and-more' then 1 else 0 end)`;

/**
 * A grant of which a part is approved and a part is not is counted and found by
 * a reason of its own.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      'alter table observed_grants alter column because type varchar(32)',
    );
  }
  await knex.schema.alterTable('grant_counts', table => {
    table
      .integer('more')
      .notNullable()
      .defaultTo(0)
      .comment('Of the grants, those that are approved and more');
  });
  await knex('observed_grants')
    .whereIn('because', APPROVED)
    .whereNotNull('excess')
    .update({ because: 'approved-and-more' });
  const ofProducts = await knex('observed_grant_products as p')
    .join('observed_grants as g', 'g.id', 'p.grant_id')
    .whereNull('p.gone_at')
    .where('g.because', 'approved-and-more')
    .groupBy('p.product_ref')
    .select('p.product_ref as ref', knex.raw(`${hasMore} as more`));
  await write(knex, 'product', ofProducts);
  for (const [pivot, column] of [
    ['principal', 'g.principal'],
    ['account', 'g.account_id'],
  ]) {
    const rows = await knex('observed_grants as g')
      .whereNull('g.gone_at')
      .whereNotNull(column)
      .where('g.because', 'approved-and-more')
      .groupBy(column)
      .select(`${column} as ref`, knex.raw(`${hasMore} as more`));
    await write(knex, pivot, rows);
  }
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} pivot
 * @param {Array<{ ref: string; more: number | string }>} rows
 */
async function write(knex, pivot, rows) {
  for (const { ref, more } of rows) {
    await knex('grant_counts')
      .where({ pivot, group_ref: ref })
      .update({ more: Number(more) });
  }
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('observed_grants')
    .where({ because: 'approved-and-more' })
    .whereNotNull('entitlement_id')
    .update({ because: 'entitlement' });
  await knex('observed_grants')
    .where({ because: 'approved-and-more' })
    .update({ because: 'adopted' });
  await knex.schema.alterTable('grant_counts', table => {
    table.dropColumn('more');
  });
};
