import type { Grant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { csvLines } from '../http/csv';

const columns: ReadonlyArray<
  readonly [string, (grant: Grant) => string | undefined]
> = [
  ['id', one => one.id],
  ['target', one => one.targetId],
  ['account', one => one.accountId],
  ['principal', one => one.grant.principal.id],
  ['principal kind', one => one.grant.principal.kind],
  ['principal name', one => one.grant.principal.name],
  ['resource', one => one.grant.resource.words],
  ['resource kind', one => one.grant.resource.kind],
  ['catalog', one => one.grant.resource.catalogId],
  ['region', one => one.grant.resource.region],
  ['database', one => one.grant.resource.database],
  ['table', one => one.grant.resource.table],
  ['columns', one => one.grant.resource.columns?.join(' ')],
  ['excluded columns', one => one.grant.resource.excludedColumns?.join(' ')],
  ['row filter', one => one.grant.resource.rowFilter],
  [
    'tag expression',
    one =>
      one.grant.resource.tagExpression
        ?.map(({ key, values }) => `${key}=${values.join('|')}`)
        .join(' and '),
  ],
  ['location', one => one.grant.resource.location],
  ['permissions', one => one.grant.permissions.join(' ')],
  ['may pass on', one => one.grant.grantable.join(' ')],
  ['condition', one => one.grant.condition],
  ['because', one => one.because.kind],
  ['request', one => one.because.requestId],
  ['entitlement', one => one.because.entitlementId],
  ['requester', one => one.because.requesterRef],
  ['approved by', one => one.because.approvedBy?.join(' ')],
  ['since', one => one.because.since],
  ['expires', one => one.because.expiresAt],
  ['words', one => one.because.words],
  ['products', one => one.productRefs?.join(' ')],
  ['first seen', one => one.firstSeenAt],
  ['last seen', one => one.lastSeenAt],
  ['gone', one => one.goneAt],
];

/** First line of the file. */
export function grantsCsvHeader(): string {
  return csvLines([columns.map(([name]) => name)]);
}

/** A line for each grant. */
export function grantsCsvLines(grants: readonly Grant[]): string {
  return csvLines(grants.map(grant => columns.map(([, read]) => read(grant))));
}
