import type { Knex } from 'knex';
import type { RequestRow } from '../tables';

const TABLE = 'access_requests';
const BATCH = 500;

type WaitingRow = Pick<
  RequestRow,
  'id' | 'group_id' | 'state' | 'updated_at'
> & {
  reminded_at: string | null;
};

/**
 * Takes the reminders of requests that wait for approvers since a time, and of
 * which nobody was reminded since.
 *
 * @returns ids of the requests by their submission, taken by this caller only
 */
export async function claimWaitReminders(
  knex: Knex,
  { since, now }: { since: string; now: string },
): Promise<Map<string, Set<string>>> {
  const taken = new Map<string, Set<string>>();
  for (;;) {
    const rows: Array<Pick<WaitingRow, 'id' | 'group_id'>> =
      await knex<WaitingRow>(TABLE)
        .where({ state: 'pending' })
        .where('updated_at', '<=', since)
        .where(query =>
          query.whereNull('reminded_at').orWhere('reminded_at', '<=', since),
        )
        .limit(BATCH)
        .select('id', 'group_id');
    for (const { id, group_id: groupId } of rows) {
      const count = await knex<WaitingRow>(TABLE)
        .where({ id, state: 'pending' })
        .where(query =>
          query.whereNull('reminded_at').orWhere('reminded_at', '<=', since),
        )
        .update({ reminded_at: now });
      if (count !== 1) continue;
      const group = taken.get(groupId) ?? new Set();
      taken.set(groupId, group.add(id));
    }
    if (rows.length < BATCH) return taken;
  }
}
