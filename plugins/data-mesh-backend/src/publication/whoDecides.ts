import type { PlaceBook } from '../places';
import { nameOf } from './names';
import { NOBODY, type DecisionPart } from './Publication';

/** What deciding depends on beside the port. */
export interface DecidingWorld {
  book: Pick<PlaceBook, 'domainOf'>;
  /** Users behind owners of domains and products, and governance. */
  members: ReadonlyMap<string, readonly string[]>;
  /** References of `dataMesh.governance`. */
  governance: readonly string[];
}

/**
 * Who decides about a port: the owner of each domain that holds its tables;
 * governance where nobody holds them, and where a team would decide about
 * itself. Pure.
 *
 * @param holders - domains that hold the tables, or nobody
 * @param owners - owners of the product: as accepted, and as the catalog says
 */
export function whoDecides(
  holders: readonly string[],
  owners: readonly string[],
  world: DecidingWorld,
): DecisionPart[] {
  const parts = new Map<string, { holders: string[]; part: DecisionPart }>();
  for (const holder of [...new Set(holders)].sort()) {
    const part = partOf(holder, owners, world);
    const key = part.approvers.join(' ');
    const known = parts.get(key);
    if (known) known.holders.push(holder);
    else parts.set(key, { holders: [holder], part });
  }
  return [...parts.values()].map(({ holders: held, part }) => ({
    ...part,
    holders: held,
  }));
}

function partOf(
  holder: string,
  owners: readonly string[],
  world: DecidingWorld,
): Omit<DecisionPart, 'holders'> & { holders: string[] } {
  const { book, governance } = world;
  if (holder === NOBODY) {
    return byGovernance(
      'no domain holds the place of its tables',
      world,
      owners,
    );
  }
  const domain = book.domainOf(holder);
  if (!domain.ownerRef) {
    return byGovernance(
      `the domain ${nameOf(holder)} that holds its tables has no owner`,
      world,
      owners,
    );
  }
  if (owners.includes(domain.ownerRef)) {
    return byGovernance(
      `${nameOf(domain.ownerRef)} owns the product and the domain ${nameOf(
        holder,
      )}`,
      world,
      owners,
    );
  }
  if (!isSomebodyLeft([domain.ownerRef], owners, world)) {
    return byGovernance(
      `nobody is in ${nameOf(domain.ownerRef)}, which owns the domain ${nameOf(
        holder,
      )}, but the product's own team`,
      world,
      owners,
    );
  }
  return {
    holders: [holder],
    approvers: [domain.ownerRef],
    because: `its tables are in a place of the domain ${nameOf(holder)}`,
  };

  function byGovernance(
    why: string,
    { governance: refs }: DecidingWorld,
    own: readonly string[],
  ) {
    const able = isSomebodyLeft(governance, own, world);
    return {
      holders: [holder],
      approvers: able ? [...refs].sort() : [],
      because: able
        ? why
        : `${why}, and dataMesh.governance names nobody who could decide instead`,
    };
  }
}

/** Whether somebody stands behind the references who is not of the owners. */
function isSomebodyLeft(
  refs: readonly string[],
  owners: readonly string[],
  { members }: DecidingWorld,
): boolean {
  const own = new Set(owners.flatMap(ref => members.get(ref) ?? [ref]));
  return refs.some(ref => members.get(ref)?.some(user => !own.has(user)));
}
