import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { uniteAccess } from '../lake/access';
import { groupOf, keyOf } from '../lake/keys';
import { ReadPrincipal, observedGrant } from '../lake/observed';
import { ListedGrant, readListedGrant } from '../lake/wire';

/** Where a listing was made: what it does not say lies there. */
export interface ListingPlace {
  accountId: string;
  region: string;
}

/**
 * The lines of a page as grants of a scan, each key once: AWS lists none twice,
 * but says so nowhere. What names nobody or nothing is left out. Pure.
 */
export function readScannedGrants(
  lines: readonly PrincipalResourcePermissions[],
  { accountId, region }: ListingPlace,
  readPrincipal: ReadPrincipal,
): ScannedGrant[] {
  return scannedGrants(
    lines.flatMap(found => readListedGrant(found, accountId) ?? []),
    region,
    readPrincipal,
  );
}

/** The same of lines that were read already. Pure. */
export function scannedGrants(
  lines: readonly ListedGrant[],
  region: string,
  readPrincipal: ReadPrincipal,
): ScannedGrant[] {
  const byKey = new Map<string, { line: ListedGrant; scanned: ScannedGrant }>();
  for (const line of lines) {
    const scanned = scannedGrant(line, region, readPrincipal);
    const known = byKey.get(scanned.key)?.line;
    if (known) {
      const access = uniteAccess(known.access, line.access);
      const both = { ...known, access };
      byKey.set(scanned.key, {
        line: both,
        scanned: scannedGrant(both, region, readPrincipal),
      });
    } else {
      byKey.set(scanned.key, { line, scanned });
    }
  }
  return Array.from(byKey.values(), ({ scanned }) => scanned);
}

function scannedGrant(
  line: ListedGrant,
  region: string,
  readPrincipal: ReadPrincipal,
): ScannedGrant {
  const grant = observedGrant(line, region, readPrincipal);
  const group = groupOf(line.grantee.principalId, grant.resource);
  return { key: keyOf(group, grant), group, grant };
}
