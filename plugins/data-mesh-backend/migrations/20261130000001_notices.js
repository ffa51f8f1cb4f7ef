// @ts-check

/**
 * Who was asked to do something and has not done it, so that they are told when
 * it is done; and of what people were reminded. Nobody was asked or reminded
 * before this was there.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('open_notices', table => {
    table.comment('Users who were asked to do something that is not done yet');
    table.string('scope', 255).notNullable().comment('Of the notification');
    table.string('user_ref', 255).notNullable();
    table.string('told_at', 24).notNullable();
    table.primary(['scope', 'user_ref']);
  });
  await knex.schema.alterTable('access_requests', table => {
    table
      .string('reminded_at', 24)
      .nullable()
      .comment('When its approvers were last reminded');
    table.index(['state', 'updated_at'], 'requests_waiting_idx');
  });
  await knex.schema.alterTable('entitlements', table => {
    table
      .string('reminded_end', 24)
      .nullable()
      .comment('The end that people were reminded of');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entitlements', table => {
    table.dropColumn('reminded_end');
  });
  await knex.schema.alterTable('access_requests', table => {
    table.dropIndex(['state', 'updated_at'], 'requests_waiting_idx');
    table.dropColumn('reminded_at');
  });
  await knex.schema.dropTable('open_notices');
};
