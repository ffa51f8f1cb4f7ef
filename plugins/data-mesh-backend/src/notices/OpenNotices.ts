import type { Knex } from 'knex';

/** Row of the table `open_notices`. */
interface OpenNoticeRow {
  scope: string;
  user_ref: string;
  told_at: string;
}

const TABLE = 'open_notices';

/** Who was asked to do something, by the scope of the notification. */
export class OpenNotices {
  readonly #knex: Knex;
  readonly #clock: () => Date;

  constructor(options: { knex: Knex; clock: () => Date }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
  }

  /** Users who were asked and have not been told that it is done. */
  async usersOf(scope: string): Promise<string[]> {
    const rows = await this.#knex<OpenNoticeRow>(TABLE)
      .where({ scope })
      .orderBy('user_ref')
      .select('user_ref');
    return rows.map(row => row.user_ref);
  }

  async add(scope: string, users: readonly string[]): Promise<void> {
    if (users.length === 0) return;
    const told_at = this.#clock().toISOString();
    await this.#knex<OpenNoticeRow>(TABLE)
      .insert(users.map(user_ref => ({ scope, user_ref, told_at })))
      .onConflict(['scope', 'user_ref'])
      .merge(['told_at']);
  }

  /**
   * Forgets that they were asked.
   *
   * @returns those who were, each told by one replica only
   */
  async close(scope: string, users: readonly string[]): Promise<string[]> {
    if (users.length === 0) return [];
    return this.#knex.transaction(async tx => {
      const those = () =>
        tx<OpenNoticeRow>(TABLE)
          .where({ scope })
          .whereIn('user_ref', [...users]);
      const rows = await those().forUpdate().select('user_ref');
      await those().delete();
      return rows.map(row => row.user_ref);
    });
  }
}
