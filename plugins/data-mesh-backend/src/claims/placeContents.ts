import {
  placeHolds,
  placeKind,
  type Place,
  type PlaceContents,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { grantsIn, type GrantsInPlace } from '../grants';
import type { Caller } from '../identity/Caller';
import type { PlacedTable } from '../places';
import {
  ProvisionerFailure,
  callProvisioner,
} from '../provisioners/ProvisionerFailure';
import type { ClaimDeps } from './ClaimDeps';

const MOST_TABLES = 1_000;
const SAMPLE = 3;
const LOOK_MS = 5_000;

type Principals = PlaceContents['principals'];

/** What is in a place, with what the API does not tell. */
export interface FoundContents {
  contents: PlaceContents;
  /** Whether all of IAM holds grants there. */
  isOpenToIam: boolean;
  /** Domains whose products name tables there. */
  productDomains: ReadonlyMap<string, number>;
}

/**
 * Looks at what is in a place today. What fails is said, not left out.
 *
 * @param named - whether tables and principals may be named, or only counted
 */
export async function readPlaceContents(
  deps: Pick<ClaimDeps, 'knex' | 'now' | 'placed' | 'provisioners'>,
  place: Place,
  caller: Caller,
  { named }: { named: boolean },
): Promise<FoundContents> {
  const unknown: string[] = [];
  const [tables, grants, placed] = await Promise.all([
    tablesIn(deps, place, unknown),
    placeKind(place) === 'tag' ? undefined : grantsIn(deps.knex, place),
    deps.placed.named(),
  ]);
  const inside = placed.filter(({ address }) => placeHolds(place, address));
  if (grants && !grants.scanned) {
    unknown.push(
      `Who holds grants there: no scan has looked at ${place.catalogId} yet`,
    );
  }
  if (grants?.more) {
    unknown.push(
      'Everybody who holds grants there: there are more than were counted',
    );
  }
  if (!grants) {
    unknown.push('Tables and grants: those of a tag are not looked up');
  }
  const byProduct = productsOf(inside);
  const visible = await deps.placed.visible(
    [...byProduct.keys()],
    caller.credentials,
  );
  const shown = [...byProduct.values()].filter(({ productRef }) =>
    visible.has(productRef),
  );
  const productDomains = new Map<string, number>();
  for (const { domainRef = '' } of byProduct.values()) {
    productDomains.set(domainRef, (productDomains.get(domainRef) ?? 0) + 1);
  }
  return {
    contents: {
      checkedAt: deps.now().toISOString(),
      tables: {
        ...tables,
        sample: named ? tables.sample : [],
        personalColumns: personalColumnsOf(inside),
      },
      principals: principalsOf(grants, named),
      products: shown,
      hiddenProducts: byProduct.size - shown.length,
      unknown,
    },
    isOpenToIam: Boolean(
      grants?.grants.some(
        ({ grant }) => grant.principal.id === 'IAM_ALLOWED_PRINCIPALS',
      ),
    ),
    productDomains,
  };
}

async function tablesIn(
  deps: Pick<ClaimDeps, 'provisioners'>,
  place: Place,
  unknown: string[],
): Promise<PlaceContents['tables']> {
  if (placeKind(place) === 'tag') return { sample: [] };
  const provisioner = deps.provisioners.find(place.system);
  const directory = provisioner?.directory;
  if (!provisioner || !directory) {
    unknown.push(`Its tables: '${place.system}' cannot be looked up`);
    return { sample: [] };
  }
  try {
    const { tables, more } = await callProvisioner(provisioner, () =>
      directory.tablesIn(place, {
        limit: MOST_TABLES,
        signal: AbortSignal.timeout(LOOK_MS),
      }),
    );
    return {
      count: tables.length,
      ...(more && { atLeast: true }),
      sample: tables
        .slice(0, SAMPLE)
        .map(({ database, table }) => `${database}.${table}`),
    };
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    unknown.push(`Its tables: ${error.details.code}: ${error.message}`);
    return { sample: [] };
  }
}

function productsOf(tables: readonly PlacedTable[]) {
  const products = new Map<string, PlaceContents['products'][number]>();
  const names = new Map<string, Set<string>>();
  for (const { productRef, title, domainRef, address } of tables) {
    const known = names.get(productRef) ?? new Set<string>();
    names.set(productRef, known.add(`${address.database}.${address.table}`));
    products.set(productRef, {
      productRef,
      title,
      ...(domainRef && { domainRef }),
      tables: [],
    });
  }
  for (const [ref, product] of products) {
    product.tables.push(...(names.get(ref) ?? []));
  }
  return products;
}

function personalColumnsOf(tables: readonly PlacedTable[]): number {
  const personal = new Set<string>();
  for (const { table, address } of tables) {
    for (const column of table.columns) {
      if (!column.pii) continue;
      personal.add(
        JSON.stringify([address.database, address.table, column.name]),
      );
    }
  }
  return personal.size;
}

function principalsOf(
  found: GrantsInPlace | undefined,
  named: boolean,
): Principals {
  if (!found?.scanned || found.more) return { sample: [] };
  const byPrincipal = new Map<string, GrantsInPlace['grants']>();
  for (const one of found.grants) {
    const { id } = one.grant.principal;
    const known = byPrincipal.get(id);
    if (known) known.push(one);
    else byPrincipal.set(id, [one]);
  }
  const isExplained = (grants: GrantsInPlace['grants']) =>
    grants.every(
      ({ because }) =>
        because !== 'unexplained' && because !== 'approved-and-more',
    );
  const held = [...byPrincipal.values()];
  return {
    count: held.length,
    explained: held.filter(isExplained).length,
    sample: named
      ? held
          // Those whom nobody can explain are what a decider has to see.
          .sort((a, b) => Number(isExplained(a)) - Number(isExplained(b)))
          .slice(0, SAMPLE)
          .map(grants => ({
            principal: grants[0].grant.principal,
            words: [
              ...new Set(grants.flatMap(({ grant }) => grant.permissions)),
            ].join(', '),
            ...(isExplained(grants) && {
              because: grants[0].words ?? grants[0].because,
            }),
          }))
      : [],
  };
}
