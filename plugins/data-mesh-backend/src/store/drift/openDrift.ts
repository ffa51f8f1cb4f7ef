import type { DriftKind } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';

/** How much drift is open, by kind; kinds without any too. */
export async function openDrift(knex: Knex): Promise<Map<DriftKind, number>> {
  const rows: Array<{ kind: DriftKind; items: number | string }> = await knex(
    'drift_items',
  )
    .whereNull('gone_at')
    .groupBy('kind')
    .select('kind')
    .count({ items: '*' });
  const none: Record<DriftKind, number> = {
    excess: 0,
    missing: 0,
    identity: 0,
    residue: 0,
  };
  const found = Object.fromEntries(
    rows.map(({ kind, items }) => [kind, Number(items)]),
  );
  return new Map(
    Object.entries({ ...none, ...found }) as Array<[DriftKind, number]>,
  );
}
