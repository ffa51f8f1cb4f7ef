import type { Knex } from 'knex';
import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  excessOf,
  facetsOfGrant,
  hashOfGrant,
} from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { insertProducts } from './insertProducts';
import type { ReasonColumns } from './reasonsFor';

type Comparing = Pick<Provisioner, 'compare'>;
type Reason = Pick<ReasonColumns, 'because' | 'excess'>;

/**
 * What is still held of a grant of an entitlement after the records have
 * changed: the worker has taken the rest back, and verified it. Pure.
 *
 * @param after - why the grant would be there, by the records of now
 * @returns parts: none where all of it is gone
 */
export function leftByRecords(
  provisioner: Comparing,
  grant: ObservedGrant,
  after: Reason,
): ObservedGrant[] {
  return after.because === 'unexplained'
    ? []
    : without(provisioner, grant, excessOf(after));
}

/** A grant without some parts of it. Pure. */
export function without(
  provisioner: Comparing,
  grant: ObservedGrant,
  parts: readonly ObservedGrant[],
): ObservedGrant[] {
  return parts.length === 0
    ? [grant]
    : provisioner.compare(grant, { steps: [], adopted: parts }).unexplained;
}

/**
 * Notes that only some parts of a grant are held from now on, before a scan has
 * seen it. What was held until then stays known for that time.
 *
 * @param row - with its reason of now
 * @param parts - one or more
 */
export async function keepParts(
  knex: Knex,
  row: ObservedGrantRow,
  parts: readonly ObservedGrant[],
  at: string,
): Promise<void> {
  const { id, ...rest } = row;
  const kept = parts.map((part, index): Omit<ObservedGrantRow, 'id'> => {
    const hash = hashOfGrant({
      key: row.grant_key,
      group: row.group_key,
      grant: part,
    });
    return {
      ...rest,
      ...facetsOfGrant(part),
      // Lines of their own; the next scan gives them the system's keys.
      grant_key: index === 0 ? row.grant_key : `part ${hash}`,
      data: JSON.stringify(part),
      hash,
      valid_from: at,
    };
  });
  await knex.transaction(async tx => {
    const target = await tx('scan_targets')
      .where({ id: row.target_id })
      .first('seen_at');
    const ended = await tx<ObservedGrantRow>('observed_grants')
      .where({ id })
      .whereNull('gone_at')
      .update({ gone_at: at, last_seen_at: target?.seen_at ?? at });
    // A scan was faster: what it saw is newer.
    if (ended !== 1) return;
    await tx('observed_grant_products')
      .where({ grant_id: id })
      .whereNull('gone_at')
      .update({ gone_at: at });
    for (const next of kept) {
      const [inserted]: Array<Pick<ObservedGrantRow, 'id'>> = await tx(
        'observed_grants',
      )
        .insert(next)
        .returning('id');
      await insertProducts(tx, [{ ...next, id: inserted.id }]);
    }
  });
}

/** The reason of a grant that is held for nothing but what explains it. */
export function explainedOnly<R extends ReasonColumns>(row: R): R {
  return {
    ...row,
    because: row.entitlement_id === null ? 'adopted' : 'entitlement',
    words: null,
    excess: null,
  };
}
