import type {
  Because,
  Grant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { BECAUSE_KINDS } from '../grantsUrl';

/** All that one principal holds on one resource, as one row. */
export interface JoinedGrant {
  /** Of the grant to look at first. */
  id: string;
  grants: readonly Grant[];
  /** Those that say something: DESCRIBE is not told beside SELECT. */
  told: readonly Grant[];
  because: Because;
}

function placeOf({ grant: { principal, resource, condition } }: Grant): string {
  const { catalogId, region, database, table, words } = resource;
  return JSON.stringify([
    principal.id,
    condition,
    catalogId,
    region,
    database,
    table,
    table === undefined ? words : '',
  ]);
}

const rank = ({ because }: Grant) => BECAUSE_KINDS.indexOf(because.kind);

/** What is approved of one line and not of another is approved and more. */
function together(grants: readonly Grant[]): Because {
  const [worst] = [...grants].sort((a, b) => rank(a) - rank(b));
  const explained = grants.find(
    ({ because }) =>
      because.kind !== 'unexplained' && because.kind !== 'unrestricted',
  );
  if (worst.because.kind !== 'unexplained' || !explained) return worst.because;
  return {
    ...explained.because,
    kind: 'approved-and-more',
    more: grants.flatMap(({ because, grant }) =>
      because.kind === 'unexplained' ? [grant] : because.more ?? [],
    ),
  };
}

const isOnlyDescribe = ({ grant }: Grant) =>
  grant.grantable.length === 0 &&
  grant.permissions.every(permission => permission === 'DESCRIBE');

function joined(grants: readonly Grant[]): JoinedGrant {
  const because = together(grants);
  const reads = grants.some(({ grant }) =>
    grant.permissions.includes('SELECT'),
  );
  const told = grants.filter(
    one => !reads || !isOnlyDescribe(one) || one.because.kind === 'unexplained',
  );
  const [first] = [...grants].sort((a, b) => rank(a) - rank(b));
  return { id: first.id, grants, told, because };
}

/**
 * Grants that come sorted by principal and resource, with the lines of one
 * principal on one resource as one. Pure.
 */
export function joinGrants(grants: readonly Grant[]): JoinedGrant[] {
  const groups: Grant[][] = [];
  let place: string | undefined;
  for (const grant of grants) {
    const next = placeOf(grant);
    if (next === place) groups[groups.length - 1].push(grant);
    else groups.push([grant]);
    place = next;
  }
  return groups.map(joined);
}
