import type { Knex } from 'knex';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  grantsReadPermission,
  liveEntitlementStates,
  type ExplainedGrant,
  type ObservedGrant,
  type OutputPort,
  type ProductGrants,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { portOf, resourceOf, toEntitlement } from '../store/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { baselineOf, planStepOf } from '../store/StepRow';
import {
  hiddenEntitlement,
  refsOf,
  type GrantSeen,
  type GrantSight,
  type GrantView,
} from '../sight';
import { explainObserved, type BackingStep } from './explainObserved';
import { judgeHealth, type OwnedStep } from './judgeHealth';
import { PortIndex } from './PortIndex';
import { portsToList } from './portsToList';
import { ScannedReasons } from './ScannedReasons';
import { toBecause } from './toBecause';
import { begunSteps } from '../store/steps';
import { inTurns, mapInTurns } from '../turns';

const LISTING_MS = 30_000;

/** Who may see grants. */
export interface GrantsAccess {
  permissions: PermissionsService;
  products: Pick<MeshCatalog, 'findProduct'>;
  sight: Pick<GrantSight, 'of'>;
}

/**
 * Of whom grants on a product are told; without a principal, whether all are.
 */
function toldTo(
  view: GrantView,
  productRef: string,
): (principal?: string) => boolean {
  if (view === 'all' || refsOf(view).includes(productRef)) return () => true;
  return principal =>
    principal !== undefined && view.principals.includes(principal);
}

/**
 * Whether a grant is on what is published of a product, or was given for it. Of
 * what its file names beyond that only own principals are told.
 */
function publishedIn(
  view: GrantView,
  productRef: string,
  given: readonly OutputPort[],
): (grant: ObservedGrant) => boolean {
  if (view === 'all') return () => true;
  const index = new PortIndex([
    ...view.products.filter(product => product.productRef === productRef),
    { productRef, title: productRef, ports: given },
  ]);
  return grant =>
    view.principals.includes(grant.principal.id) ||
    index.productsOf(grant).length > 0;
}

const backingStep = ({ entitlement, live }: OwnedStep): BackingStep => ({
  entitlementId: entitlement.id,
  productRef: entitlement.productRef,
  expiresAt: entitlement.expiresAt ?? null,
  live,
  isResidue: false,
});

interface Listing {
  port: OutputPort;
  grants: ObservedGrant[];
  error?: string;
}

/** Who holds what on a product, as the system itself reports it, and why. */
export class GrantsService {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #provisioners: ProvisionerRegistry;
  readonly #access: GrantsAccess;
  readonly #clock: () => Date;
  readonly #healthChanged: (entitlementId: string) => void;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    provisioners: ProvisionerRegistry;
    access: GrantsAccess;
    clock: () => Date;
    healthChanged(entitlementId: string): void;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#provisioners = options.provisioners;
    this.#access = options.access;
    this.#clock = options.clock;
    this.#healthChanged = id => options.healthChanged(id);
  }

  /**
   * Asks the system now. What one port answers with an error is reported
   * beside the grants of the others.
   *
   * @throws NotAllowedError; NotFoundError where the caller sees no such product
   */
  async ofProduct(caller: Caller, productRef: string): Promise<ProductGrants> {
    await requirePermission(
      this.#access.permissions,
      grantsReadPermission,
      caller,
    );
    const product = await this.#access.products.findProduct(
      productRef,
      caller.credentials,
    );
    if (!product) {
      throw new NotFoundError(
        `No data product '${productRef}' is in the catalog`,
      );
    }
    const before = await this.#store.liveOfProduct(product.productRef);
    const listings = await Promise.all(
      portsToList(product.entity.spec.outputPorts, before.map(portOf)).map(
        port => this.#list(port),
      ),
    );
    const steps = await this.#stepsBehind(product.productRef, listings);
    const missing = await this.#judge(before, listings, steps);
    const seen = await this.#access.sight.of(caller);
    const told = toldTo(seen.view, product.productRef);
    const scanned = await ScannedReasons.of(
      this.#knex,
      listings.flatMap(({ grants }) => grants),
    );
    const explained: ExplainedGrant[] = [];
    for (const listing of listings) {
      explained.push(...(await this.#explain(listing, steps, scanned, seen)));
    }
    const isOn = publishedIn(seen.view, product.productRef, before.map(portOf));
    const items = explained.filter(
      ({ grant }) => told(grant.principal.id) && isOn(grant),
    );
    return {
      productRef: product.productRef,
      seenAt: this.#clock().toISOString(),
      items,
      hidden: explained.length - items.length,
      missing: missing
        .filter(row => told(row.principal) && seen.entitlement(resourceOf(row)))
        .map(toEntitlement),
      errors: listings.flatMap(({ port, error }) =>
        error === undefined
          ? []
          : [
              {
                port: port.name,
                // What a system answers names accounts and roles.
                message: told()
                  ? error
                  : 'The grants of this port are not known now',
              },
            ],
      ),
    };
  }

  async #list(port: OutputPort): Promise<Listing> {
    const provisioner = this.#provisioners.find(port.type);
    if (!provisioner) {
      return {
        port,
        grants: [],
        error: `No provisioner serves ports of type '${port.type}'`,
      };
    }
    try {
      const grants = await callProvisioner(provisioner, () =>
        provisioner.listGrants(port, {
          signal: AbortSignal.timeout(LISTING_MS),
        }),
      );
      return { port, grants };
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      const { code, message, advice } = error.details;
      return {
        port,
        grants: [],
        error: `${code}: ${message}${advice ? ` (${advice})` : ''}`,
      };
    }
  }

  async #explain(
    { port, grants }: Listing,
    steps: readonly OwnedStep[],
    scanned: ScannedReasons,
    seen: GrantSeen,
  ): Promise<ExplainedGrant[]> {
    const provisioner = this.#provisioners.find(port.type);
    if (!provisioner) return [];
    const ofType = steps.filter(one => one.entitlement.portType === port.type);
    const backing = ofType.map(backingStep);
    return mapInTurns(grants, grant => {
      const reason = explainObserved(provisioner, grant, {
        steps: backing,
        ...scanned.groundsOf(provisioner, grant),
      });
      const behind = ofType.find(
        step => step.entitlement.id === reason.entitlementId,
      )?.entitlement;
      return {
        port: port.name,
        grant,
        because: this.#toldReason(toBecause(reason, behind), ofType, seen),
      };
    });
  }

  /** The reason, with no more of the decision than is seen. */
  #toldReason(
    because: ExplainedGrant['because'],
    steps: readonly OwnedStep[],
    seen: GrantSeen,
  ): ExplainedGrant['because'] {
    if (because.entitlementId === undefined) return because;
    const entitlement = steps.find(
      step => step.entitlement.id === because.entitlementId,
    )?.entitlement;
    return entitlement &&
      seen.entitlement({ ...entitlement, principal: entitlement.principal.id })
      ? because
      : {
          kind: because.kind,
          words: hiddenEntitlement,
          ...(because.more && { more: because.more }),
        };
  }

  /**
   * Notes the health of entitlements that were active both before and after the
   * system was asked; of others the answer may be too old.
   *
   * @returns those that nothing in the system stands behind
   */
  async #judge(
    before: readonly EntitlementRow[],
    listings: readonly Listing[],
    steps: readonly OwnedStep[],
  ): Promise<EntitlementRow[]> {
    const missing: EntitlementRow[] = [];
    const failed = new Set(
      listings
        .filter(listing => listing.error !== undefined)
        .map(listing => listing.port.name),
    );
    for await (const row of inTurns(before)) {
      const own = steps.filter(
        one =>
          one.entitlement.id === row.id && one.entitlement.state === 'active',
      );
      const provisioner = this.#provisioners.find(row.port_type);
      const judgeable =
        row.state === 'active' && own.length > 0 && !failed.has(row.port);
      if (provisioner && judgeable) {
        const grants = listings
          .filter(listing => listing.port.type === row.port_type)
          .flatMap(listing => listing.grants);
        const judged = judgeHealth(
          provisioner,
          own[0].entitlement.scope,
          own,
          grants,
        );
        const reason = judged.health === 'ok' ? undefined : judged.reason;
        // A scan has looked at more than these ports: what it found to be too
        // much is not taken back by a list that is not short.
        const isLess = judged.health === 'ok' && row.health === 'excess';
        if (
          !isLess &&
          (await this.#store.setHealth(row.id, judged.health, reason))
        ) {
          this.#healthChanged(row.id);
        }
        if (judged.health !== 'ok' && judged.missing) {
          missing.push({
            ...row,
            health: judged.health,
            health_reason: judged.reason,
          });
        }
      }
    }
    return missing;
  }

  /**
   * Steps in force of the product's entitlements, and of other products' for
   * the same principals: two products may give the same table away.
   */
  async #stepsBehind(
    productRef: string,
    listings: readonly Listing[],
  ): Promise<OwnedStep[]> {
    const principals = [
      ...new Set(
        listings.flatMap(({ grants }) =>
          grants.map(grant => grant.principal.id),
        ),
      ),
    ];
    const entitlements: EntitlementRow[] = await this.#knex<EntitlementRow>(
      'entitlements',
    )
      .whereIn('state', [...liveEntitlementStates])
      .where(query =>
        query
          .where({ product_ref: productRef })
          .orWhereIn('principal', principals),
      );
    const byId = new Map(entitlements.map(row => [row.id, toEntitlement(row)]));
    const rows = await begunSteps(this.#knex, [...byId.keys()]);
    const owned = await mapInTurns(rows, row => {
      const entitlement = byId.get(row.entitlement_id);
      return entitlement
        ? [
            {
              entitlement,
              live: { step: planStepOf(row), baseline: baselineOf(row) ?? {} },
            },
          ]
        : [];
    });
    return owned.flat();
  }
}
