import type { RevocationEffect } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Access, isNoAccess, lackingAccess } from '../../lake/access';
import { isAllColumns, isNoColumns } from '../../lake/columns';
import { Grantee, ResourceAccess } from '../../lake/grant';
import { AccessByResource, accessOn } from '../../lake/held';
import {
  PermissionEntry,
  readEntry,
  revokeEntries,
  wantEntry,
} from '../../lake/wire';
import { accessInWords } from '../../lake/words';
import { GrantCall, permissionsCall } from './GrantCall';

/**
 * Entries that one call writes, and what they change: what is shown before a
 * decision and what is carried out after it are both made of this.
 */
export interface PermissionChange {
  verb: 'Grant' | 'Revoke';
  /** What is gained or lost by it. */
  changes: ResourceAccess[];
  entries: PermissionEntry[];
}

/**
 * What of an access is granted: what is lacking, except that all columns are
 * granted as such, never as all but those held: the column lists that Lake
 * Formation merges stay simple. What is held but may not be passed on is granted
 * again with the option.
 */
function accessToGrant(wanted: Access, held: Access): Access {
  const lacking = lackingAccess(wanted, held);
  return isNoColumns(lacking.select) || !isAllColumns(wanted.select)
    ? lacking
    : { ...lacking, select: wanted.select };
}

/** Grants what of some wants is not held; nothing where all of it is. Pure. */
export function grantChanges(
  { wants, ...grantee }: Grantee & { wants: ResourceAccess[] },
  held: AccessByResource,
): PermissionChange[] {
  const lacking = wants
    .map(want => ({
      want,
      gains: lackingAccess(want.access, accessOn(held, want.resource)),
    }))
    .filter(({ gains }) => !isNoAccess(gains));
  if (lacking.length === 0) return [];
  return [
    {
      verb: 'Grant',
      changes: lacking.map(({ want, gains }) => ({ ...want, access: gains })),
      entries: lacking.map(({ want }) =>
        wantEntry(grantee, {
          ...want,
          access: accessToGrant(want.access, accessOn(held, want.resource)),
        }),
      ),
    },
  ];
}

/**
 * Takes something away: what is on whole tables first, for beside it SELECT
 * cannot be narrowed. Pure.
 */
export function revokeChanges(
  grantee: Grantee,
  removes: ResourceAccess[],
): PermissionChange[] {
  const entries = removes.map(removed => revokeEntries(grantee, removed));
  return [
    entries.flatMap(({ first }) => first),
    entries.flatMap(({ then }) => then),
  ]
    .filter(part => part.length > 0)
    .map(part => ({
      verb: 'Revoke',
      changes: part.flatMap(entry => readEntry(entry, '') ?? []),
      entries: part,
    }));
}

/** A change as it is shown. */
export const changeEffect = (
  { catalogAccountId }: Pick<GrantCall, 'catalogAccountId'>,
  { verb, changes, entries }: PermissionChange,
): RevocationEffect => ({
  words: accessInWords(changes),
  call: permissionsCall(verb, catalogAccountId, entries),
});
