import type { Knex } from 'knex';
import type { EntitlementRow } from '../tables';

const TABLE = 'entitlements';
const BATCH = 500;

type EndingRow = Pick<EntitlementRow, 'id' | 'state'> & {
  activated_at: string;
  expires_at: string;
  reminded_end: string | null;
};

/** An access that ends, of which nobody was reminded. */
export type Ending = Pick<EndingRow, 'id' | 'activated_at' | 'expires_at'>;

const notReminded = (knex: Knex) => (query: Knex.QueryBuilder) =>
  query
    .whereNull('reminded_end')
    .orWhere('reminded_end', '<>', knex.ref('expires_at'));

/** Active access that ends in a span, and of whose end nobody was reminded. */
export async function* endingWithin(
  knex: Knex,
  span: { from: string; to: string },
): AsyncGenerator<Ending> {
  let after: Ending | undefined;
  for (;;) {
    const last = after;
    const rows: Ending[] = await knex<EndingRow>(TABLE)
      .where({ state: 'active' })
      .where('expires_at', '>', span.from)
      .where('expires_at', '<=', span.to)
      .whereNotNull('activated_at')
      .where(notReminded(knex))
      .modify(query => {
        if (!last) return;
        query.where('expires_at', '>=', last.expires_at);
        query.where(later =>
          later
            .where('expires_at', '>', last.expires_at)
            .orWhere('id', '>', last.id),
        );
      })
      .orderBy(['expires_at', 'id'])
      .limit(BATCH)
      .select('id', 'activated_at', 'expires_at');
    yield* rows;
    after = rows.at(-1);
    if (rows.length < BATCH) return;
  }
}

/**
 * Takes the reminder of this end.
 *
 * @returns false where somebody else has, or it ends at another time
 */
export async function claimEndReminder(
  knex: Knex,
  { id, expires_at }: Ending,
): Promise<boolean> {
  const count = await knex<EndingRow>(TABLE)
    .where({ id, state: 'active', expires_at })
    .where(notReminded(knex))
    .update({ reminded_end: expires_at });
  return count === 1;
}
