import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { uniteAccess } from '../lake/access';
import { groupOf, keyOf } from '../lake/keys';
import {
  ReadPrincipal,
  observedGrant,
  observedResource,
} from '../lake/observed';
import { ListedGrant, readListedGrant } from '../lake/wire';

/** Where a listing was made: what it does not say lies there. */
export interface ListingPlace {
  accountId: string;
  region: string;
}

/** A line of a scan, with the keys that it is stored under. */
interface KeyedLine {
  key: string;
  group: string;
  line: ListedGrant;
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
  const byKey = new Map<string, ScannedGrant & KeyedLine>();
  for (const found of lines) {
    const line = readListedGrant(found, accountId);
    if (!line) continue;
    const scanned = keyed(line, region, readPrincipal);
    const known = byKey.get(scanned.key);
    byKey.set(
      scanned.key,
      known
        ? keyed(
            {
              ...known.line,
              access: uniteAccess(known.line.access, line.access),
            },
            region,
            readPrincipal,
          )
        : scanned,
    );
  }
  return [...byKey.values()].map(({ key, group, grant }) => ({
    key,
    group,
    grant,
  }));
}

function keyed(
  line: ListedGrant,
  region: string,
  readPrincipal: ReadPrincipal,
): ScannedGrant & KeyedLine {
  const grant = observedGrant(line, region, readPrincipal);
  const group = groupOf(
    line.grantee.principalId,
    observedResource(line.resource, region),
  );
  return { key: keyOf(group, grant), group, grant, line };
}
