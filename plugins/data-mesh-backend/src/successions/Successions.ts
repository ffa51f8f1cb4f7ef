import {
  addressKey,
  foldedName,
  scopeForm,
  type PortFacts,
  type Successor,
  type SuccessorList,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundProduct, MeshCatalog } from '../catalog/MeshCatalog';
import type { ProductSuccessor } from '../entitlements/guard/EntitlementAccess';
import type { ProductPort } from '../store/entitlements/entitlementList';
import type { Caller } from '../identity/Caller';
import {
  addressOfFacts,
  ownerAnswers,
  type PlaceBook,
  type Places,
} from '../places';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { PublishedPort, PublishedPorts } from '../publication';
import { whyNotMove, type MovedAccess } from './whyNotMove';

/** A published port that has all tables of one whose product has vanished. */
export interface FoundSuccessor extends ProductSuccessor {
  /** What was published of the vanished port. */
  lost: PortFacts;
  facts: PortFacts;
}

const keyOf = ({ productRef, port }: ProductPort) => `${productRef}\n${port}`;

/**
 * Finds what has become of products that vanished from the catalog: another
 * product that publishes all of their tables at the same place. Known by what
 * was accepted of both, never by names.
 */
export class Successions {
  readonly #deps: {
    catalog: Pick<MeshCatalog, 'entitiesOf' | 'findProduct' | 'visible'>;
    published: Pick<PublishedPorts, 'find' | 'all' | 'gone'>;
    places: Pick<Places, 'book'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
    /** Those of the products that have live access, with its ports. */
    withAccess(productRefs: readonly string[]): Promise<ProductPort[]>;
    now: () => Date;
  };

  constructor(deps: {
    catalog: Pick<MeshCatalog, 'entitiesOf' | 'findProduct' | 'visible'>;
    published: Pick<PublishedPorts, 'find' | 'all' | 'gone'>;
    places: Pick<Places, 'book'>;
    provisioners: Pick<ProvisionerRegistry, 'find'>;
    withAccess(productRefs: readonly string[]): Promise<ProductPort[]>;
    now: () => Date;
  }) {
    this.#deps = deps;
  }

  /**
   * The successor of a port, by the catalog, the publications and the places as
   * they are at this moment.
   *
   * @returns undefined where the product is in the catalog, where nothing was
   *   ever published of the port, or where nobody publishes all of its tables
   */
  async of(item: ProductPort): Promise<FoundSuccessor | undefined> {
    return this.#finder()(item);
  }

  /** Finds successors of several ports by one look at what is published. */
  #finder(): (item: ProductPort) => Promise<FoundSuccessor | undefined> {
    const { catalog, published, places } = this.#deps;
    let known: Promise<[Map<string, PublishedPort[]>, PlaceBook]> | undefined;
    const look = async (): Promise<[Map<string, PublishedPort[]>, PlaceBook]> =>
      Promise.all([this.#byPlace(), places.book()]);
    return async ({ productRef, port }) => {
      const there = await catalog.entitiesOf([productRef]);
      if (there.has(productRef)) return undefined;
      const { facts: lost } = await published.find(productRef, port);
      if (!lost) return undefined;
      known ??= look();
      const [byPlace, book] = await known;
      const alike = (byPlace.get(this.#placeOf(lost)) ?? []).filter(
        one => one.productRef !== productRef && hasAllOf(one, lost),
      );
      const found: FoundSuccessor[] = [];
      for (const one of alike) {
        const successor = await this.#asOfNow(one, lost, book);
        if (successor) found.push(successor);
      }
      return found.sort(
        (one, other) =>
          closeness(other, lost) - closeness(one, lost) ||
          (keyOf(one) < keyOf(other) ? -1 : 1),
      )[0];
    };
  }

  /** What can be asked for, by where its tables are. */
  async #byPlace(): Promise<Map<string, PublishedPort[]>> {
    const byPlace = new Map<string, PublishedPort[]>();
    for (const one of await this.#deps.published.all()) {
      if (!one.requestable || !one.facts) continue;
      const place = this.#placeOf(one.facts);
      const there = byPlace.get(place);
      if (there) there.push(one);
      else byPlace.set(place, [one]);
    }
    return byPlace;
  }

  /**
   * Tells of each port whether its product has gone and what succeeds it, as far
   * as the caller may see that.
   */
  async told(
    items: readonly ProductPort[],
    caller: Caller,
  ): Promise<(item: ProductPort) => Successor | undefined> {
    const { published, catalog } = this.#deps;
    const wanted = new Set(items.map(keyOf));
    const gone = await published.gone([
      ...new Set(items.map(({ productRef }) => productRef)),
    ]);
    const successorOf = this.#finder();
    const found = new Map<string, FoundSuccessor>();
    for (const port of gone.filter(one => wanted.has(keyOf(one)))) {
      const successor = await successorOf(port);
      if (successor) found.set(keyOf(port), successor);
    }
    const refs = [...found.values()].map(({ productRef }) => productRef);
    const visible = new Set(
      await catalog.visible([...new Set(refs)], caller.credentials),
    );
    return item => {
      const successor = found.get(keyOf(item));
      if (!successor || !visible.has(successor.productRef)) return undefined;
      const { productRef, productTitle, port } = successor;
      return { productRef, productTitle, port };
    };
  }

  /** What of a product's successors the caller may see, by its ports. */
  async toldOf(productRef: string, caller: Caller): Promise<SuccessorList> {
    const gone = await this.#deps.published.gone([productRef]);
    const told = await this.told(gone, caller);
    return {
      items: gone.flatMap(item => {
        const successor = told(item);
        return successor ? [{ port: item.port, successor }] : [];
      }),
    };
  }

  /** Vanished ports that live access is of, each with its successor. */
  async leftBehind(): Promise<
    Array<ProductPort & { successor: FoundSuccessor }>
  > {
    const { published, withAccess } = this.#deps;
    const gone = await published.gone();
    if (gone.length === 0) return [];
    const known = new Set(gone.map(keyOf));
    const ports = await withAccess([
      ...new Set(gone.map(({ productRef }) => productRef)),
    ]);
    const successorOf = this.#finder();
    const left = [];
    for (const port of ports.filter(one => known.has(keyOf(one)))) {
      const successor = await successorOf(port);
      if (successor) left.push({ ...port, successor });
    }
    return left;
  }

  /**
   * Why access cannot be moved to the successor of its port, in words; empty
   * where it can.
   */
  async whyNotMove(access: MovedAccess & ProductPort): Promise<string[]> {
    const successor = await this.of(access);
    if (!successor) return ['Nothing succeeds its product'];
    const { lost, facts } = successor;
    const holdsATag =
      scopeForm(access.scope) !== 'tag-expression' ||
      this.#holdsATag(await this.#deps.places.book(), access, facts);
    return whyNotMove(
      access,
      { lost, successor: facts, holdsATag },
      this.#deps.now(),
    );
  }

  async #asOfNow(
    { productRef, port }: ProductPort,
    lost: PortFacts,
    book: PlaceBook,
  ): Promise<FoundSuccessor | undefined> {
    const { catalog, published } = this.#deps;
    const product = await catalog.findProduct(productRef);
    if (!product) return undefined;
    const now = await published.find(productRef, port, product);
    if (!now.requestable || !now.facts || !this.#isThere(now, lost)) {
      return undefined;
    }
    return {
      productRef,
      productTitle: product.title,
      port,
      ownerRef: product.ownerRef,
      domainRef: product.domainRef,
      held: this.#isHeld({ ...now, facts: now.facts }, product, lost, book),
      lost,
      facts: now.facts,
    };
  }

  /** The same text for the same place of a system. */
  #placeOf(facts: PortFacts): string {
    const address = this.#addressOf(facts);
    return address
      ? addressKey({ ...address, table: '' })
      : JSON.stringify([facts.system, facts.location]);
  }

  #addressOf(facts: PortFacts) {
    const { directory } = this.#deps.provisioners.find(facts.system) ?? {};
    return addressOfFacts(directory, facts);
  }

  #isThere(now: Pick<PublishedPort, 'facts'>, lost: PortFacts): boolean {
    return (
      now.facts !== undefined &&
      this.#placeOf(now.facts) === this.#placeOf(lost) &&
      hasAllOf(now, lost)
    );
  }

  #isHeld(
    published: PublishedPort & { facts: PortFacts },
    product: FoundProduct,
    lost: PortFacts,
    book: PlaceBook,
  ): boolean {
    const address = this.#addressOf(lost);
    if (!address) return false;
    const names = Object.keys(lost.tables);
    const tables = (names.length > 0 ? names : ['*']).map(table => ({
      ...address,
      table,
    }));
    return ownerAnswers(published, product, tables, book);
  }

  #holdsATag(
    book: PlaceBook,
    { scope }: MovedAccess,
    facts: PortFacts,
  ): boolean {
    const address = this.#addressOf(facts);
    if (!address) return false;
    const { system, catalogId, region } = address;
    return (scope.tagExpression ?? []).some(({ key, values }) => {
      const tag = { system, catalogId, region, key, values };
      const holder = book.holderOfTag(tag);
      return (
        holder !== undefined &&
        'domainRef' in holder &&
        holder.domainRef === facts.domainRef
      );
    });
  }
}

/** Whether a port of the same place has all tables of a vanished one. */
function hasAllOf(
  { facts }: Pick<PublishedPort, 'facts'>,
  lost: PortFacts,
): boolean {
  if (!facts) return false;
  const tables = new Set(Object.keys(facts.tables).map(foldedName));
  const wanted = Object.keys(lost.tables);
  // A port that names no tables reaches all of them.
  if (wanted.length === 0) return tables.size === 0;
  return wanted.every(table => tables.has(foldedName(table)));
}

/** Of several successors, the one that most is as it was. */
function closeness(
  { held, domainRef, ownerRef }: FoundSuccessor,
  lost: PortFacts,
): number {
  return (
    (held ? 4 : 0) +
    (domainRef === lost.domainRef ? 2 : 0) +
    (ownerRef === lost.ownerRef ? 1 : 0)
  );
}
