import type { Knex } from 'knex';
import type { ObservedGrantRow } from '../store/tables';

const AT_ONCE = 200;

/** Writes which products grants are about. */
export async function insertProducts(
  connection: Knex,
  rows: ReadonlyArray<
    Pick<ObservedGrantRow, 'id' | 'principal' | 'resource_key' | 'products'>
  >,
): Promise<void> {
  const links = rows.flatMap(row =>
    (JSON.parse(row.products) as string[]).map(product => ({
      product_ref: product,
      grant_id: row.id,
      principal: row.principal,
      resource_key: row.resource_key,
      gone_at: null,
    })),
  );
  for (let start = 0; start < links.length; start += AT_ONCE) {
    await connection('observed_grant_products').insert(
      links.slice(start, start + AT_ONCE),
    );
  }
}
