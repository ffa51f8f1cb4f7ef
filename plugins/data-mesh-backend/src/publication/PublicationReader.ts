import { NotFoundError } from '@backstage/errors';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  liveEntitlementStates,
  openRequestStates,
  publicationDecidePermission,
  type Publication,
  type PublicationState,
  type PublicationDetail,
  type PublicationPage,
  type PublicationQuery,
  type UnpublishedPart,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import { hasPermission } from '../permissions';
import {
  acceptedOf,
  differencesOf,
  inForceOf,
  partsOfRow,
  type PublicationRow,
} from './PublicationRow';
import { whyNotDecide } from './whyNotDecide';
import { waitsForOf } from './PublishedPorts';
import type { PublicationFilter, PublicationStore } from './PublicationStore';

const DEFAULT_LIMIT = 50;
/** Pages looked at for one page of what a caller sees. */
const TURNS = 20;

/** What a product is told by that has ports in several states. */
const SEVERITY: { [state in PublicationState]: number } = {
  published: 0,
  'change-pending': 1,
  pending: 2,
  unpublished: 3,
  suspended: 4,
};

type SeenRow = { row: PublicationRow; isInside: boolean };

/** Plainly published: nothing waits, and it can be asked for. */
const isPlain = (row: PublicationRow) =>
  row.state === 'published' && Boolean(row.requestable);

/** What people see of publications. */
export class PublicationReader {
  readonly #deps: {
    store: PublicationStore;
    catalog: Pick<MeshCatalog, 'visible'>;
    governance: Pick<Governance, 'seesAll'>;
    permissions: PermissionsService;
  };

  constructor(deps: {
    store: PublicationStore;
    catalog: Pick<MeshCatalog, 'visible'>;
    governance: Pick<Governance, 'seesAll'>;
    permissions: PermissionsService;
  }) {
    this.#deps = deps;
  }

  async list(
    caller: Caller,
    query: PublicationQuery,
  ): Promise<PublicationPage> {
    const { limit = DEFAULT_LIMIT } = query;
    const filter = filterOf(caller, query);
    const items: Publication[] = [];
    let { cursor } = query;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const page = await this.#deps.store.page(filter, {
        limit: limit - items.length,
        cursor,
      });
      items.push(...(await this.#seen(caller, page.rows)).map(publicationOf));
      cursor = page.nextCursor;
      if (cursor === undefined || items.length >= limit) break;
    }
    return { items, ...(cursor !== undefined && { nextCursor: cursor }) };
  }

  countToDecide(caller: Caller): Promise<number> {
    return this.#deps.store.count(filterOf(caller, { view: 'toDecide' }));
  }

  /**
   * How products stand that are not plainly published, by reference; whether
   * the caller sees them is another question.
   */
  async standings(): Promise<ReadonlyMap<string, UnpublishedPart>> {
    const byProduct = new Map<string, PublicationRow[]>();
    for (const row of await this.#deps.store.notPlain()) {
      byProduct.set(row.product_ref, [
        ...(byProduct.get(row.product_ref) ?? []),
        row,
      ]);
    }
    return new Map(
      [...byProduct].map(([productRef, rows]) => [
        productRef,
        unpublishedOf(rows),
      ]),
    );
  }

  /** How ports of a product stand that are not plainly published, by name. */
  async portStandings(
    productRef: string,
  ): Promise<ReadonlyMap<string, UnpublishedPart>> {
    const rows = await this.#deps.store.ofProducts([productRef]);
    return new Map(
      rows
        .filter(row => row.present && !isPlain(row))
        .map(row => [row.port, unpublishedOf([row])]),
    );
  }

  /** @throws NotFoundError also where the caller may not see the product */
  async detail(caller: Caller, id: string): Promise<PublicationDetail> {
    const [seen] = await this.#seen(caller, [await this.#deps.store.get(id)]);
    if (!seen) throw new NotFoundError(`There is no publication '${id}'`);
    const { row } = seen;
    const decisions = await this.#deps.store.decisionsOf(id);
    // Who decided sees what came of it, though it is nobody's turn any more.
    const isInside =
      seen.isInside ||
      decisions.some(({ actorRef }) => actorRef === caller.userRef);
    const outside = {
      differences: [],
      inForce: [],
      decisions: [],
      actions: [],
    };
    if (!isInside) return { ...publicationOf(seen), ...outside };
    const [touched, mayDecide] = await Promise.all([
      this.#deps.store.touchedBy(row, {
        open: openRequestStates,
        live: liveEntitlementStates,
      }),
      hasPermission(
        this.#deps.permissions,
        publicationDecidePermission,
        caller,
      ),
    ]);
    const refusal =
      whyNotDecide(row, partsOfRow(row), caller) ??
      (mayDecide
        ? undefined
        : `The permission ${publicationDecidePermission.name} is not given to ${caller.userRef}`);
    return {
      ...publicationOf({ row, isInside }),
      differences: differencesOf(row).map(
        ({ signature: _, ...difference }) => difference,
      ),
      inForce: inForceOf(row),
      ...touched,
      decisions,
      actions: refusal ? [] : ['decide'],
      ...(refusal && { whyNotDecide: refusal }),
    };
  }

  /** Rows of products that the caller sees, or has to do with. */
  async #seen(caller: Caller, rows: PublicationRow[]): Promise<SeenRow[]> {
    const all = this.#deps.governance.seesAll(caller);
    const inside = new Map(
      rows.map(row => [row.id, all || isConcerned(caller, row)]),
    );
    const refs = rows
      .filter(row => !inside.get(row.id))
      .map(row => row.product_ref);
    const visible = new Set(
      await this.#deps.catalog.visible([...new Set(refs)], caller.credentials),
    );
    return rows.flatMap(row => {
      const isInside = inside.get(row.id) ?? false;
      return isInside || visible.has(row.product_ref)
        ? [{ row, isInside }]
        : [];
    });
  }
}

/** Owns the product, or decides about it. */
function isConcerned({ ownershipRefs }: Caller, row: PublicationRow): boolean {
  return [
    row.owner_ref,
    row.accepted_owner_ref,
    ...partsOfRow(row).flatMap(part => part.approvers),
  ].some(ref => ref !== null && ownershipRefs.includes(ref));
}

function filterOf(
  { ownershipRefs }: Caller,
  query: PublicationQuery,
): PublicationFilter {
  return {
    ...(query.state?.length && { states: query.state }),
    ...(query.productRef && { productRef: query.productRef }),
    ...(query.domainRef && { domainRef: query.domainRef }),
    ...(query.view === 'mine' && { ownerRefs: ownershipRefs }),
    ...(query.view === 'toDecide' && { deciderRefs: ownershipRefs }),
  };
}

/** What to tell of ports together: the worst of them. */
function unpublishedOf(rows: readonly PublicationRow[]): UnpublishedPart {
  const [worst] = [...rows].sort(
    (one, other) => SEVERITY[other.state] - SEVERITY[one.state],
  );
  return {
    state: worst.state,
    requestable: rows.some(row => Boolean(row.requestable)),
    why: worst.why ?? 'It cannot be asked for now',
    waitsFor: waitsForOf(worst)?.approvers ?? [],
    id: worst.id,
  };
}

function publicationOf({ row, isInside }: SeenRow): Publication {
  const waitsFor = waitsForOf(row);
  const accepted = acceptedOf(row);
  return {
    id: row.id,
    productRef: row.product_ref,
    productTitle: row.product_title,
    ...(row.product_version && { productVersion: row.product_version }),
    ...(row.owner_ref && { ownerRef: row.owner_ref }),
    ...(row.domain_ref && { domainRef: row.domain_ref }),
    port: row.port,
    portTitle: row.port_title,
    state: row.state,
    version: row.version,
    requestable: Boolean(row.requestable),
    ...(row.why && { why: row.why }),
    ...(accepted &&
      isInside && {
        acceptedAt: accepted.at,
        acceptedBy: accepted.by,
        acceptedBecause: accepted.because,
      }),
    ...(waitsFor && { waitsFor }),
    waiting: row.waiting,
    updatedAt: row.updated_at,
  };
}
