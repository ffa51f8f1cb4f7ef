import type {
  PortFacts,
  PublicationState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundProduct } from '../catalog/MeshCatalog';
import { nextTurn } from '../turns';
import { keepPublication } from './keepPublication';
import { publishPass, type PublishingDeps } from './publishPass';
import {
  acceptedOf,
  differencesOf,
  partsOfRow,
  type PublicationRow,
} from './PublicationRow';
import type { AcceptedVersion } from './PublicationStore';
import { World } from './world';

/** What of a port is published. */
export interface PublishedPort {
  /** Absent where the port was never seen. */
  id?: string;
  productRef: string;
  /** As the catalog says, or said last. */
  productTitle: string;
  port: string;
  state: PublicationState;
  /** The facts in force; absent where none were ever accepted. */
  facts?: PortFacts;
  /** Whether access can be asked for now. */
  requestable: boolean;
  /** Why it cannot be, or what waits. */
  why?: string;
  /** Whose turn it is. */
  waitsFor?: { approvers: string[]; because: string; since?: string };
  /**
   * Whether a change of who decides waits: until it is decided, neither the old
   * nor the new alone decides about requests.
   */
  contested: boolean;
  /**
   * Whether a person accepted the facts, or they came from a trusted location:
   * else no rule approves access by them.
   */
  vouched: boolean;
}

/** Rows that are read together: each has all columns of a port. */
const READ_AT_ONCE = 20;

/** How long all() takes a pass for recent. */
const RECENT_MS = 60_000;

/** Whose turn it is with a publication. */
export function waitsForOf(row: PublicationRow): PublishedPort['waitsFor'] {
  const parts = partsOfRow(row);
  if (parts.length === 0) return undefined;
  return {
    approvers: [...new Set(parts.flatMap(part => part.approvers))],
    because: [...new Set(parts.map(part => part.because))].join(', and '),
    ...(row.waits_since && { since: row.waits_since }),
  };
}

export function publishedPortOf(row: PublicationRow): PublishedPort {
  const accepted = acceptedOf(row);
  const facts = accepted?.facts;
  const waitsFor = waitsForOf(row);
  return {
    id: row.id,
    productRef: row.product_ref,
    productTitle: row.product_title,
    port: row.port,
    state: row.state,
    ...(facts && { facts }),
    requestable: Boolean(row.requestable),
    ...(row.why && { why: row.why }),
    ...(waitsFor && { waitsFor }),
    contested: differencesOf(row).some(
      ({ kind, sentBack }) =>
        !sentBack && (kind === 'owner' || kind === 'approvers'),
    ),
    vouched: accepted?.vouched ?? false,
  };
}

/** Knows which facts of ports are in force. */
export class PublishedPorts {
  readonly #deps: PublishingDeps;
  /** Facts may be large: they are read from their row once. */
  readonly #known = new Map<
    string,
    AcceptedVersion & { published: PublishedPort }
  >();
  #passedAt = 0;

  constructor(deps: PublishingDeps) {
    this.#deps = deps;
  }

  /**
   * What of a port is published now, by the catalog, the places and the people
   * as they are at this moment. A port seen for the first time is judged at
   * once.
   *
   * @param found - the product, where it was looked up as the plugin already
   */
  async find(
    productRef: string,
    port: string,
    found?: FoundProduct,
  ): Promise<PublishedPort> {
    const row = await this.look(productRef, port, found);
    return row
      ? this.#publishedOf(row)
      : {
          productRef,
          productTitle: found?.title ?? productRef,
          port,
          state: 'unpublished',
          requestable: false,
          why: 'The catalog has no such port',
          contested: false,
          vouched: false,
        };
  }

  /** The row of a port, judged by what holds at this moment. */
  async look(
    ref: string,
    portName: string,
    found?: FoundProduct,
  ): Promise<PublicationRow | undefined> {
    const deps = this.#deps;
    const product = found ?? (await deps.catalog.findProduct(ref));
    const productRef = product?.productRef ?? ref;
    const port = product?.entity.spec.outputPorts.find(
      one => one.name === portName,
    );
    const [seen, world] = await Promise.all([
      deps.store.ofPort(productRef, portName),
      World.load(deps),
    ]);
    if (!product || !port) {
      return seen && this.#keep(productRef, portName, seen, world.gone());
    }
    await world.learn([product.entity]);
    await nextTurn();
    const look = world.look(product.entity, port, {
      returned: seen !== undefined && !seen.present,
    });
    await nextTurn();
    return this.#keep(productRef, portName, seen, look);
  }

  /** The domain that holds each table now; empty where nobody does. */
  async holdersOf(facts: PortFacts): Promise<ReadonlyMap<string, string>> {
    return (await World.load(this.#deps)).holdersOf(facts);
  }

  /**
   * Ports that were published and that the catalog did not have when they were
   * looked at last.
   *
   * @param productRefs - only of these
   */
  async gone(
    productRefs?: readonly string[],
  ): Promise<Array<{ productRef: string; port: string }>> {
    return this.#deps.store.gone(productRefs);
  }

  /** Judges every port of the catalog. */
  async pass(signal?: AbortSignal): Promise<number> {
    const judged = await publishPass(this.#deps, signal);
    this.#passedAt = this.#deps.now().getTime();
    return judged;
  }

  /**
   * All ports that something was ever accepted of, whether they can be asked
   * for now or not: what protects their tables.
   */
  async all(): Promise<PublishedPort[]> {
    const age = this.#deps.now().getTime() - this.#passedAt;
    if (age > RECENT_MS || age < 0) await this.pass();
    return this.kept();
  }

  /** The same as the last pass has left it: for what people only look at. */
  async kept(): Promise<PublishedPort[]> {
    const versions = await this.#deps.store.acceptedVersions();
    const stale = versions.filter(version => !this.#isKnown(version));
    for (let start = 0; start < stale.length; start += READ_AT_ONCE) {
      const ids = stale.slice(start, start + READ_AT_ONCE).map(({ id }) => id);
      for (const row of await this.#deps.store.byIds(ids)) {
        this.#publishedOf(row);
        await nextTurn();
      }
    }
    return versions.flatMap(({ id }) => this.#known.get(id)?.published ?? []);
  }

  #isKnown({ id, version, accepted_hash }: AcceptedVersion): boolean {
    const known = this.#known.get(id);
    return known?.version === version && known.accepted_hash === accepted_hash;
  }

  #publishedOf(row: PublicationRow): PublishedPort {
    const known = this.#known.get(row.id);
    if (
      known &&
      this.#isKnown(row) &&
      // Another title makes no other version.
      known.published.productTitle === row.product_title
    ) {
      return known.published;
    }
    const { id, version, accepted_hash } = row;
    const published = publishedPortOf(row);
    if (row.accepted !== null) {
      this.#known.set(id, { id, version, accepted_hash, published });
    }
    return published;
  }

  async #keep(
    productRef: string,
    port: string,
    seen: PublicationRow | undefined,
    look: Parameters<typeof keepPublication>[1]['look'],
  ): Promise<PublicationRow | undefined> {
    return seen?.fingerprint === look.fingerprint
      ? seen
      : keepPublication(this.#deps, { productRef, port, seen, look });
  }
}
