import type { Knex } from 'knex';
import { NotFoundError } from '@backstage/errors';
import type { EntitlementRow } from '../../store/tables';

/**
 * Reads an entitlement and keeps others from changing it until the
 * transaction ends. Everything that changes an entitlement or its steps takes
 * this lock first, so that no two transactions wait for each other.
 *
 * @throws NotFoundError where there is none of the id
 */
export async function lockEntitlement(
  tx: Knex.Transaction,
  id: string,
): Promise<EntitlementRow> {
  const row = await tx<EntitlementRow>('entitlements')
    .where({ id })
    .forUpdate()
    .first();
  if (!row) throw new NotFoundError(`No entitlement has the id '${id}'`);
  return row;
}
