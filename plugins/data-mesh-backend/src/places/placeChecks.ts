import {
  addressKey,
  counted,
  namesInWords,
  placeInWords,
  type DoctorReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundItem } from '../doctor/FoundItem';
import type { Holder, PlaceBook } from './PlaceBook';
import type { PlacedTable } from './PlacedProducts';

type Check = DoctorReport['items'][number]['checks'][number];

/** @param about - products and domains that it concerns */
const item = (
  subject: string,
  about: readonly string[],
  check: Check,
): FoundItem => ({ subject, about, checks: [check] });

function domainsOf(holder: Holder | undefined): string[] {
  if (!holder) return [];
  return 'domainRef' in holder ? [holder.domainRef] : holder.contestedBy;
}

function grouped<T>(
  things: readonly T[],
  keyOf: (thing: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

const nameOf = ({ address }: PlacedTable) =>
  `${address.database}.${address.table}`;

/** Ports with tables that another domain holds, or several, or nobody. */
function portItems(
  tables: readonly PlacedTable[],
  book: PlaceBook,
): FoundItem[] {
  const ports = grouped(tables, ({ productRef, port }) =>
    JSON.stringify([productRef, port.name]),
  );
  return [...ports.values()].flatMap(ofPort => {
    const [{ productRef, title, port, domainRef = 'no domain' }] = ofPort;
    const foreign = new Map<string, string>();
    const holders = new Set<string>();
    for (const table of ofPort) {
      const holder = book.holderOf(table.address);
      // Databases that nobody holds are told once each, below.
      if (!holder) continue;
      for (const domain of domainsOf(holder)) holders.add(domain);
      if ('contestedBy' in holder) {
        foreign.set(
          nameOf(table),
          `contested by ${holder.contestedBy.join(' and ')}`,
        );
      } else if (holder.domainRef !== domainRef) {
        foreign.set(nameOf(table), `held by ${holder.domainRef}`);
      }
    }
    if (foreign.size === 0) return [];
    return [
      item(`${title}, port ${port.name}`, [productRef, domainRef, ...holders], {
        id: 'port-held',
        title: 'Its tables are held by its domain',
        state: 'failed',
        words: `The product is of ${domainRef}; ${namesInWords(
          [...foreign].map(([name, why]) => `${name} is ${why}`),
        )}`,
        fix: 'Offer only tables of the domain, or have the place handed over',
      }),
    ];
  });
}

const productsOf = (tables: readonly PlacedTable[]) =>
  [...new Set(tables.map(({ productRef }) => productRef))].sort();

/** Tables that several products name, each with those that name it. */
function sharedTables(tables: readonly PlacedTable[]): PlacedTable[][] {
  return [
    ...grouped(tables, ({ address }) => addressKey(address)).values(),
  ].filter(same => productsOf(same).length > 1);
}

/** Products that are named beside others: not everybody may see them. */
export function productsNamedTogether(
  tables: readonly PlacedTable[],
): string[] {
  return productsOf(sharedTables(tables).flat());
}

function sharedTableItems(
  tables: readonly PlacedTable[],
  book: PlaceBook,
  sees: (productRef: string) => boolean,
): FoundItem[] {
  return sharedTables(tables).map(same => {
    const products = productsOf(same);
    const named = products.filter(sees);
    const hidden = products.length - named.length;
    const words = [
      ...named,
      ...(hidden > 0
        ? [`${counted(hidden, 'product')} that you may not see`]
        : []),
    ].join(' and ');
    return item(
      nameOf(same[0]),
      [...products, ...domainsOf(book.holderOf(same[0].address))],
      {
        id: 'table-of-one-product',
        title: 'One product names the table',
        state: 'warning',
        words: `${words} name it; the strictest of what they say holds`,
        fix: 'Let one product offer it, unless both are meant to',
      },
    );
  });
}

function unheldItems(
  tables: readonly PlacedTable[],
  book: PlaceBook,
): FoundItem[] {
  const unheld = tables.filter(({ address }) => !book.holderOf(address));
  return [
    ...grouped(unheld, ({ address }) =>
      JSON.stringify([
        address.system,
        address.catalogId,
        address.region,
        address.database,
      ]),
    ).values(),
  ].map(ofDatabase => {
    const [{ address }] = ofDatabase;
    const products = productsOf(ofDatabase);
    const where = `${address.catalogId}, database ${address.database}`;
    return item(where, products, {
      id: 'place-held',
      title: 'A domain holds the place',
      state: 'failed',
      words: `No domain answers for it, and ${counted(
        products.length,
        'product',
      )} ${products.length === 1 ? 'offers' : 'offer'} tables of it`,
      fix: 'Claim it for a domain, or name it in dataMesh.domains',
    });
  });
}

function contestedItems(book: PlaceBook): FoundItem[] {
  return book.holdings.flatMap(holding => {
    const others = book.contesting(holding);
    const { domainRef: domain, place: held } = holding;
    const about = [domain, ...others.map(({ domainRef }) => domainRef)];
    return others.length > 0
      ? [
          item(`${domain}, ${placeInWords(held)}`, about, {
            id: 'place-contested',
            title: 'Nobody else holds it with equal right',
            state: 'failed',
            words: namesInWords(
              others.map(
                ({ domainRef, place }) =>
                  `${domainRef} holds ${placeInWords(place)}`,
              ),
            ),
            fix: 'Until one gives way, nobody answers for what both hold: put config right, or have governance decide',
          }),
        ]
      : [];
  });
}

function domainItems(book: PlaceBook): FoundItem[] {
  return book.domains.flatMap(({ domainRef, exists, ownerRef }) => {
    const holdsNothing = !book.holdings.some(
      holding => holding.domainRef === domainRef,
    );
    if (!exists) {
      return [
        item(domainRef, [domainRef], {
          id: 'domain-exists',
          title: 'The domain is in the catalog',
          state: 'failed',
          words:
            'dataMesh.domains names it, and the catalog does not have it: nobody answers for its places',
          fix: 'Put the domain into the catalog, or take it out of dataMesh.domains',
        }),
      ];
    }
    return [
      ...(ownerRef
        ? []
        : [
            item(domainRef, [domainRef], {
              id: 'domain-owner',
              title: 'The domain has an owner',
              state: 'failed',
              words: 'It names no owner, so nobody answers for its places',
              fix: 'Give the domain an owner in the catalog',
            }),
          ]),
      ...(holdsNothing
        ? [
            item(domainRef, [domainRef], {
              id: 'domain-places',
              title: 'The domain holds a place',
              state: 'warning',
              words:
                'It holds none: data governance decides about all of its products',
              fix: 'Claim a place for it, or name one in dataMesh.domains',
            }),
          ]
        : []),
    ];
  });
}

/**
 * What is wrong with who holds what. Pure.
 *
 * @param sees - whether the reader may see a product
 */
export function placeChecks(
  tables: readonly PlacedTable[],
  book: PlaceBook,
  sees: (productRef: string) => boolean = () => true,
): FoundItem[] {
  return [
    ...domainItems(book),
    ...contestedItems(book),
    ...unheldItems(tables, book),
    ...portItems(tables, book),
    ...sharedTableItems(tables, book, sees),
  ];
}
