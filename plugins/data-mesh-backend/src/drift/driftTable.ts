import type {
  DriftItem,
  DriftQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Column, ExportedTable } from '../http/sendTable';

const grantOf = (item: DriftItem) => item.grant?.grant;

const columns: ReadonlyArray<Column<DriftItem>> = [
  ['kind', item => item.kind],
  ['since', item => item.since],
  ['account', item => item.accountId],
  ['principal', item => principalOf(item)?.id],
  ['principal name', item => principalOf(item)?.name],
  ['what', item => item.words],
  ['database', item => grantOf(item)?.resource.database],
  ['table', item => grantOf(item)?.resource.table],
  ['columns', item => grantOf(item)?.resource.columns?.join(' ')],
  ['permissions', item => grantOf(item)?.permissions.join(' ')],
  ['may pass on', item => grantOf(item)?.grantable.join(' ')],
  [
    'nobody approved',
    item =>
      item.kind === 'excess'
        ? (item.grant?.because.more ?? [])
            .map(
              ({ permissions, resource }) =>
                `${permissions.join(' ')} on ${resource.words}`,
            )
            .join('; ') || 'all of it'
        : undefined,
  ],
  ['products', item => item.productRefs?.join(' ')],
  ['entitlement', item => item.entitlement?.id],
  ['request', item => item.entitlement?.requestId],
];

function principalOf(item: DriftItem) {
  return grantOf(item)?.principal ?? item.entitlement?.principal;
}

/** All drift that a filter finds as a file, with the filter and the time. */
export function driftTable(
  rows: AsyncIterable<DriftItem[]>,
  {
    filter,
    by,
    at,
  }: { filter: Omit<DriftQuery, 'limit' | 'cursor'>; by: string; at: Date },
): ExportedTable<DriftItem> {
  const exportedAt = at.toISOString();
  const asked = Object.entries(filter)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  return {
    name: `drift-${exportedAt.slice(0, 10)}`,
    columns,
    rows,
    about: [
      [
        'question',
        `What differs from what was decided${asked && `: ${asked}`}`,
      ],
      ['exported at', exportedAt],
      ['exported by', by],
    ],
    facts: { filter, exportedAt, exportedBy: by },
  };
}
