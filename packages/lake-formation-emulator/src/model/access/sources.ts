import { isAdministrator, seesEverything } from './administrators';
import { Catalog, catalogOf } from '../state/EmulatorState';
import { PrincipalTags, conditionHolds } from '../conditions/conditionHolds';
import { Grant } from '../grants/Grant';
import { GrantBook } from '../grants/GrantBook';
import { catalogIdOf } from '../state/nestedCatalogs';
import { iamPrincipalsOf } from '../iam/principals';
import { groupsOf, hasArrived } from '../sharing/arrival';

/** Whoever asks: the account matters for what holds for all of its principals. */
export interface Requester {
  readonly account: string;
  readonly principal: string;
  /** What conditions on grants look at. */
  readonly sessionTags?: PrincipalTags;
}

/** Entries of a book that are somebody's. */
export interface GrantSource {
  readonly grants: GrantBook;
  /** The grantees under whom the entries stand. */
  readonly holders: readonly string[];
  /** Whether an entry holds now. */
  counts(grant: Grant): boolean;
}

/** The grantees whose grants are a requester's own. */
export const holders = ({ account, principal }: Requester) => [
  principal,
  iamPrincipalsOf(account),
];

const holdsFor = (requester: Requester) => (grant: Grant) =>
  conditionHolds(grant, requester.sessionTags ?? {});

/** What a principal of the catalog's own account holds. */
export const ownSource = (
  { grants }: Catalog,
  requester: Requester,
): GrantSource => ({
  grants,
  holders: holders(requester),
  counts: holdsFor(requester),
});

/** What reaches a requester of another account. */
export interface SharedSources {
  /** What the owner has granted to the principal. */
  readonly direct: GrantSource;
  /** What the owner has granted to the account, its organization and its units. */
  readonly account: GrantSource;
  /** What the account's administrators have passed on of it. */
  readonly passedOn: GrantSource;
  /** Whether the requester is one of those administrators. */
  readonly isAdministrator: boolean;
  /** Whether they are, or are a read-only one. */
  readonly seesEverything: boolean;
}

/** Under which name other accounts keep what they pass on of a catalog. */
export const catalogKey = catalogIdOf;

const NO_GRANTS = new GrantBook();

/** The catalog of the requester's account beside the one that is asked. */
export const homeOf = ({ state, region }: Catalog, account: string): Catalog =>
  catalogOf(state, account, region);

/** What an account passes on of a catalog; a book to write into. */
export function grantsPassedOn(catalog: Catalog, account: string): GrantBook {
  const { passedOn } = homeOf(catalog, account);
  const key = catalogKey(catalog);
  const known = passedOn.get(key);
  if (known) return known;
  const grants = new GrantBook();
  passedOn.set(key, grants);
  return grants;
}

export function sharedSources(
  catalog: Catalog,
  requester: Requester,
): SharedSources {
  const { account, principal } = requester;
  const home = homeOf(catalog, account);
  const holds = holdsFor(requester);
  const arrived = (grant: Grant) => holds(grant) && hasArrived(catalog, grant);
  return {
    direct: {
      grants: catalog.grants,
      holders: holders(requester),
      counts: arrived,
    },
    account: {
      grants: catalog.grants,
      holders: [account, ...groupsOf(catalog.state, account)],
      counts: arrived,
    },
    passedOn: {
      grants: home.passedOn.get(catalogKey(catalog)) ?? NO_GRANTS,
      holders: holders(requester),
      counts: holds,
    },
    isAdministrator: isAdministrator(home, principal),
    seesEverything: seesEverything(home, principal),
  };
}

/**
 * The grants that a listing shows a requester at all: all of the catalog to its
 * own account; to another one what reaches it, and what it has passed on.
 */
export function grantsListedTo(
  catalog: Catalog,
  requester: Requester,
): GrantBook {
  if (requester.account === catalog.accountId) return catalog.grants;
  const { direct, account, passedOn } = sharedSources(catalog, requester);
  const found: Grant[] = [...passedOn.grants.all()];
  for (const { grants, holders: grantees, counts } of [direct, account]) {
    for (const grantee of grantees) {
      for (const grant of grants.ofPrincipal(grantee)) {
        if (counts(grant)) found.push(grant);
      }
    }
  }
  return new GrantBook(found.sort((a, b) => a.sequence - b.sequence));
}
