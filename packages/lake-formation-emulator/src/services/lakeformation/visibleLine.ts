import {
  Requester,
  effectiveHolding,
  seesEverything,
} from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { Grant } from '../../model/grants/Grant';
import { ListedGrant } from '../../model/grants/listGrants';
import { positionOfToken } from '../../model/api/paging';
import { covers } from '../../model/grants/Permission';

/**
 * What a caller may see of a listed line: administrators and the grantee all of
 * it, others only the permissions that they hold on the resource themselves.
 */
export function visibleLine(
  catalog: Catalog,
  caller: Requester,
  line: ListedGrant,
): ListedGrant | undefined {
  if (
    seesEverything(catalog, caller.principal) ||
    line.grant.principal === caller.principal
  ) {
    return line;
  }
  const held = effectiveHolding(catalog, caller, line.grant.resource);
  const mine = (permission: string) =>
    covers(held.permissions, permission) ||
    (permission === 'SELECT' && held.columns !== undefined);
  const permissions = line.permissions.filter(mine);
  return permissions.length
    ? { ...line, permissions, grantable: line.grantable.filter(mine) }
    : undefined;
}

/** A line with its place in the listing, which changes of others do not move. */
export interface PlacedLine {
  readonly line: ListedGrant;
  readonly position: number;
}

/** A grant has at most four lines. */
const LINES_PER_GRANT = 4;

/** Numbers the lines by their grant and their place in it. */
export function* placed(lines: Iterable<ListedGrant>): Iterable<PlacedLine> {
  let last: Grant | undefined;
  let place = 0;
  for (const line of lines) {
    place = line.grant === last ? place + 1 : 0;
    last = line.grant;
    yield { line, position: line.grant.sequence * LINES_PER_GRANT + place };
  }
}

/**
 * The sequence number of the grant at which the page of a token starts, so that
 * what lies before it need not be read.
 */
export const firstSequence = (token: string | undefined): number =>
  Math.floor(Number(positionOfToken(token) ?? 0) / LINES_PER_GRANT) || 0;
