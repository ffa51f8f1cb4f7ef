import {
  principalSentence,
  sentence,
  type ObservedGrant,
  type RevocationEffect,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import { accountOfCatalog } from '../lake/PortLocation';
import {
  Access,
  NO_ACCESS,
  chosenColumns,
  effectiveAccess,
  intersectAccess,
  isNoAccess,
  lackingAccess,
  uniteAccess,
} from '../lake/access';
import { isNoColumns } from '../lake/columns';
import { Grant } from '../lake/grant';
import { readObserved } from '../lake/observed';
import {
  PermissionEntry,
  readEntry,
  revokeEntries,
  wantEntry,
} from '../lake/wire';
import { accessInWords } from '../lake/words';
import { shareOf } from './compareGrant';

/** A write to Lake Formation, with what it does in words. */
export interface PlannedWrite {
  verb: 'Grant' | 'Revoke';
  input: PermissionEntry & { CatalogId: string };
  words: Sentence;
}

/**
 * The writes that take parts of listed grants away, in the order in which they
 * are made. `ALL` can only go as a whole: what steps in force want of it is
 * granted by itself before, or after where Lake Formation refuses SELECT on
 * chosen columns beside it. Pure.
 *
 * @throws InputError for a kind of resource that is not known here
 */
export function planRevocation(
  accountId: string,
  parts: readonly ObservedGrant[],
  steps: readonly LiveStep[],
): PlannedWrite[] {
  return parts.flatMap(part => {
    const grant = readObserved(part, accountId);
    const who = whoIn(part, accountId);
    const { first, then } = revokeEntries(grant.grantee, grant);
    const revokes = [...first, ...then].map(entry =>
      write('Revoke', grant, entry, who),
    );
    const kept = keptOf(grant, steps);
    if (isNoAccess(kept)) return revokes;
    const again = write(
      'Grant',
      grant,
      wantEntry(grant.grantee, { ...grant, access: kept }),
      who,
    );
    return isNoColumns(chosenColumns(kept))
      ? [again, ...revokes]
      : [...revokes, again];
  });
}

/** The same as the backend shows it. */
export const revocationEffect = ({
  verb,
  input,
  words,
}: PlannedWrite): RevocationEffect => ({
  words:
    verb === 'Grant' ? sentence('plan.keepApproved', { change: words }) : words,
  call: {
    service: 'LakeFormation',
    operation: `${verb}Permissions`,
    input: { ...input },
  },
});

const withoutAll = (access: Access): Access => ({
  ...access,
  permissions: access.permissions.filter(name => name !== 'ALL'),
});

/** What goes with ALL although it is wanted. */
function keptOf(grant: Grant, steps: readonly LiveStep[]): Access {
  const wanted = steps
    .map(step => shareOf(step, grant).wanted)
    .reduce(uniteAccess, NO_ACCESS);
  // What is listed by its own name beside ALL is no part of what goes.
  const contained = lackingAccess(
    effectiveAccess(grant.access),
    withoutAll(grant.access),
  );
  return intersectAccess(wanted, contained);
}

function whoIn(part: ObservedGrant, accountId: string): Sentence {
  const who = principalSentence(part.principal, {
    homeAccountId: accountId,
    quoted: true,
  });
  return part.condition
    ? sentence('lake.access.while', {
        principal: who,
        condition: part.condition,
      })
    : who;
}

function write(
  verb: PlannedWrite['verb'],
  { resource: { catalogId } }: Grant,
  entry: PermissionEntry,
  principal: Sentence,
): PlannedWrite {
  const changed = readEntry(entry, catalogId);
  return {
    verb,
    // What a consumer's administrator passed on is named by its owner.
    input: { CatalogId: accountOfCatalog(catalogId), ...entry },
    words: sentence(verb === 'Grant' ? 'lake.access.to' : 'lake.access.from', {
      access: changed
        ? accessInWords([changed])
        : sentence('lake.access.permissions'),
      principal,
    }),
  };
}
