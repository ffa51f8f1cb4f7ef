// @ts-check

const AT_ONCE = 500;

/**
 * What was adopted explains all lines under which the system lists the grant
 * later on, not only the one that was adopted.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('adopted_grants', table => {
    table
      .string('group_key', 512)
      .nullable()
      .comment('Principal and resource, as in observed_grants');
  });
  let after = '';
  for (;;) {
    const rows = await knex('adopted_grants')
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'target_id', 'grant_key');
    if (rows.length === 0) break;
    after = rows[rows.length - 1].id;
    for (const row of rows) {
      const grant = await knex('observed_grants')
        .where({ target_id: row.target_id, grant_key: row.grant_key })
        .orderBy('id', 'desc')
        .first('group_key');
      if (grant) {
        await knex('adopted_grants')
          .where({ id: row.id })
          .update({ group_key: grant.group_key });
      }
    }
  }
  await knex.raw(
    'create index adopted_grants_group_idx on adopted_grants (target_id, group_key) where gone_at is null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index adopted_grants_group_idx');
  await knex.schema.alterTable('adopted_grants', table => {
    table.dropColumn('group_key');
  });
};
