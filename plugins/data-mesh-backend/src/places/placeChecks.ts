import {
  addressKey,
  counted,
  namesInWords,
  placeInWords,
  type DoctorReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PlaceBook } from './PlaceBook';
import type { PlacedTable } from './PlacedProducts';

type Item = DoctorReport['items'][number];
type Check = Item['checks'][number];

const item = (subject: string, check: Check): Item => ({
  subject,
  checks: [check],
});

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
function portItems(tables: readonly PlacedTable[], book: PlaceBook): Item[] {
  const ports = grouped(tables, ({ productRef, port }) =>
    JSON.stringify([productRef, port.name]),
  );
  return [...ports.values()].flatMap(ofPort => {
    const [{ title, port, domainRef = 'no domain' }] = ofPort;
    const foreign = new Map<string, string>();
    for (const table of ofPort) {
      const holder = book.holderOf(table.address);
      // Databases that nobody holds are told once each, below.
      if (!holder) continue;
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
      item(`${title}, port ${port.name}`, {
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

function sharedTableItems(tables: readonly PlacedTable[]): Item[] {
  return [
    ...grouped(tables, ({ address }) => addressKey(address)).values(),
  ].flatMap(same => {
    const products = [...new Set(same.map(({ productRef }) => productRef))];
    return products.length > 1
      ? [
          item(nameOf(same[0]), {
            id: 'table-of-one-product',
            title: 'One product names the table',
            state: 'warning',
            words: `${products
              .sort()
              .join(' and ')} name it; the strictest of what they say holds`,
            fix: 'Let one product offer it, unless both are meant to',
          }),
        ]
      : [];
  });
}

function unheldItems(tables: readonly PlacedTable[], book: PlaceBook): Item[] {
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
    const products = new Set(ofDatabase.map(({ productRef }) => productRef));
    return item(`${address.catalogId}, database ${address.database}`, {
      id: 'place-held',
      title: 'A domain holds the place',
      state: 'failed',
      words: `No domain answers for it, and ${counted(
        products.size,
        'product',
      )} ${products.size === 1 ? 'offers' : 'offer'} tables of it`,
      fix: 'Claim it for a domain, or name it in dataMesh.domains',
    });
  });
}

function contestedItems(book: PlaceBook): Item[] {
  return book.holdings.flatMap(holding => {
    const others = book.contesting(holding);
    return others.length > 0
      ? [
          item(`${holding.domainRef}, ${placeInWords(holding.place)}`, {
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

function domainItems(book: PlaceBook): Item[] {
  return book.domains.flatMap(({ domainRef, exists, ownerRef }) => {
    const holdsNothing = !book.holdings.some(
      holding => holding.domainRef === domainRef,
    );
    if (!exists) {
      return [
        item(domainRef, {
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
            item(domainRef, {
              id: 'domain-owner',
              title: 'The domain has an owner',
              state: 'failed',
              words: 'It names no owner, so nobody answers for its places',
              fix: 'Give the domain an owner in the catalog',
            }),
          ]),
      ...(holdsNothing
        ? [
            item(domainRef, {
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

/** What is wrong with who holds what. Pure. */
export function placeChecks(
  tables: readonly PlacedTable[],
  book: PlaceBook,
): Item[] {
  return [
    ...domainItems(book),
    ...contestedItems(book),
    ...unheldItems(tables, book),
    ...portItems(tables, book),
    ...sharedTableItems(tables),
  ];
}
