import { createHash } from 'node:crypto';
import type { JsonValue } from '@backstage/types';
import {
  canonicalJson,
  type ObservedGrant,
  type ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ObservedGrantRow } from '../tables';

/** Why the system itself lets a grant be. */
export interface StandingReason {
  kind: 'administrator' | 'unrestricted';
  words: string;
}

const SORT_KEY_LENGTH = 200;

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/** Tells whether a grant is still what it was. */
export function hashOfGrant({ group, grant }: ScannedGrant): string {
  return createHash('sha256')
    .update(canonicalJson([group, grant] as unknown as JsonValue))
    .digest('base64url');
}

/** What of a grant is searched and sorted by. */
export function facetsOfGrant(
  grant: ObservedGrant,
): Pick<
  ObservedGrantRow,
  | 'catalog_id'
  | 'principal'
  | 'principal_kind'
  | 'database_name'
  | 'table_name'
  | 'resource_key'
  | 'search_text'
> {
  const { principal, resource } = grant;
  const { catalogId, database, table, location, kind, words } = resource;
  return {
    catalog_id: catalogId ?? null,
    principal: principal.id,
    principal_kind: principal.kind,
    database_name: database === undefined ? null : lower(database),
    table_name: table === undefined ? null : lower(table),
    resource_key: lower(
      [database ?? location ?? '', table ?? '', kind ?? '', words].join('/'),
    ).slice(0, SORT_KEY_LENGTH),
    search_text: lower(
      [
        principal.id,
        principal.name,
        principal.accountAlias,
        words,
        database,
        table,
        ...(resource.columns ?? []),
        ...grant.permissions,
      ]
        .filter(Boolean)
        .join(' '),
    ),
  };
}

/** The grant as the system listed it. */
export function grantOf(row: Pick<ObservedGrantRow, 'data'>): ObservedGrant {
  return JSON.parse(row.data) as ObservedGrant;
}

/** Parts of the grant that nobody approved. */
export function excessOf(
  row: Pick<ObservedGrantRow, 'excess'>,
): ObservedGrant[] {
  return row.excess === null ? [] : (JSON.parse(row.excess) as ObservedGrant[]);
}

/** Account that a target's grants are counted under. */
export function accountOf(
  target: Pick<ScanTarget, 'accountId'>,
): string | null {
  return target.accountId ?? null;
}
