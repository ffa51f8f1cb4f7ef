import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import type { Knex } from 'knex';
import {
  driftResolvePermission,
  grantsReadPermission,
  type NewTagging,
  type PlanStep,
  type ProductTags,
  type Tagging,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  Provisioner,
  ResourceTagger,
  TaggedProduct,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { AuditLog } from '../audit/AuditLog';
import type { FoundProduct, MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import { hasPermission, requirePermission } from '../permissions';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { PublishedPorts } from '../publication';
import { askedTags, type AskedTags } from './askedTags';
import type { ResourceLocks } from './ResourceLocks';
import type { TagLook, TagLooks } from './TagLooks';

/** For all of a product: a table takes two calls to look at. */
const PLAN_MS = 60_000;
const STEP_MS = 30_000;

/** A step, and who carries it out. */
interface Planned {
  step: PlanStep;
  provisioner: Provisioner;
  tagger: ResourceTagger;
}

interface Look extends TagLook {
  planned: Planned[];
}

type Item = Tagging['items'][number];

const isBusy = ({ productRef }: FoundProduct) =>
  new ConflictError(
    `Somebody else is changing the tags of ${productRef} now; look again in a minute`,
  );

/**
 * Keeps the tags by which access to a product's tables is given in line with
 * what the product says. Each step has an effect that may be had twice, so that
 * a run that was cut off is taken up by the next one.
 */
export class TagService {
  readonly #knex: Knex;
  readonly #catalog: Pick<MeshCatalog, 'findProduct' | 'annotationsOfDomain'>;
  readonly #published: Pick<PublishedPorts, 'find' | 'holdersOf'>;
  readonly #provisioners: ProvisionerRegistry;
  readonly #permissions: PermissionsService;
  readonly #governance: Governance;
  readonly #audit: AuditLog;
  readonly #locks: ResourceLocks;
  readonly #looks: TagLooks;
  readonly #clock: () => Date;

  constructor(options: {
    knex: Knex;
    catalog: Pick<MeshCatalog, 'findProduct' | 'annotationsOfDomain'>;
    published: Pick<PublishedPorts, 'find' | 'holdersOf'>;
    provisioners: ProvisionerRegistry;
    permissions: PermissionsService;
    governance: Governance;
    audit: AuditLog;
    locks: ResourceLocks;
    looks: TagLooks;
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#published = options.published;
    this.#provisioners = options.provisioners;
    this.#permissions = options.permissions;
    this.#governance = options.governance;
    this.#audit = options.audit;
    this.#locks = options.locks;
    this.#looks = options.looks;
    this.#clock = options.clock;
  }

  /**
   * Changes nothing.
   *
   * @param maxAgeSeconds - looks now, unless somebody has since so long
   * @throws NotFoundError where the caller sees no such product
   * @throws NotAllowedError
   * @throws InputError where the ontology of the domain does not have what the
   *   product asks for, or cannot be read
   * @throws ServiceUnavailableError where the system does not answer
   */
  async ofProduct(
    caller: Caller,
    productRef: string,
    maxAgeSeconds = 0,
  ): Promise<ProductTags> {
    const product = await this.#product(caller, productRef);
    const mayApply = await this.#mayApply(caller, product);
    if (!mayApply) {
      await requirePermission(this.#permissions, grantsReadPermission, caller);
    }
    const asked = await this.#asked(product);
    const known =
      maxAgeSeconds > 0 ? await this.#known(asked, maxAgeSeconds) : undefined;
    const { checkedAt, keys, ontology, tables, findings, steps, errors } =
      known ?? (await this.#look(asked));
    return {
      productRef: product.productRef,
      checkedAt,
      keys,
      ontology,
      tables,
      findings,
      steps,
      errors,
      mayApply,
    };
  }

  /** Whether {@link TagService.ofProduct} tells the caller of the product. */
  async maySee(caller: Caller, product: FoundProduct): Promise<boolean> {
    return (
      (await this.#mayApply(caller, product)) ||
      hasPermission(this.#permissions, grantsReadPermission, caller)
    );
  }

  /**
   * Brings the tags to what the product asks for. What a step fails with is
   * said with it, and the others go on.
   *
   * @throws as {@link TagService.ofProduct}
   * @throws ConflictError where somebody else is at it
   */
  async apply(
    caller: Caller,
    productRef: string,
    { dryRun = false }: NewTagging,
  ): Promise<Tagging> {
    const product = await this.#product(caller, productRef);
    if (!(await this.#mayApply(caller, product))) {
      throw new NotAllowedError(
        `The tags of ${product.productRef} are changed by its owner ${product.ownerRef}, or by data governance (dataMesh.governance) with the permission ${driftResolvePermission.name}; ${caller.userRef} is neither`,
      );
    }
    if (dryRun) {
      const { planned, findings } = await this.#look(
        await this.#asked(product),
      );
      return {
        productRef: product.productRef,
        dryRun,
        items: planned.map(({ step }) => ({ step, ok: true })),
        left: findings,
      };
    }
    const lock = await this.#locks.take([`tags:${product.productRef}`]);
    if (!lock) throw isBusy(product);
    try {
      const asked = await this.#asked(product);
      const { planned } = await this.#look(asked);
      if (planned.length > 0) await this.#looks.forget(product.productRef);
      const items = await this.#applyAll(caller, product, planned, lock);
      const left = planned.length > 0 ? await this.#look(asked) : undefined;
      return {
        productRef: product.productRef,
        dryRun,
        items,
        left: left?.findings ?? [],
      };
    } finally {
      await this.#locks.release(lock);
    }
  }

  async #product(caller: Caller, productRef: string): Promise<FoundProduct> {
    const product = await this.#catalog.findProduct(
      productRef,
      caller.credentials,
    );
    if (product) return product;
    throw new NotFoundError(
      `No data product '${productRef}' is in the catalog`,
    );
  }

  async #mayApply(
    caller: Caller,
    { ownerRef }: FoundProduct,
  ): Promise<boolean> {
    return (
      caller.ownershipRefs.includes(ownerRef) ||
      (this.#governance.isGovernance(caller) &&
        hasPermission(this.#permissions, driftResolvePermission, caller))
    );
  }

  #asked(found: FoundProduct): Promise<AskedTags> {
    return askedTags(
      { catalog: this.#catalog, published: this.#published },
      found,
    );
  }

  #known(asked: AskedTags, maxAgeSeconds: number) {
    return this.#looks.find(
      asked,
      new Date(this.#clock().getTime() - maxAgeSeconds * 1_000),
    );
  }

  async #look(asked: AskedTags): Promise<Look> {
    const look: TagLook = {
      checkedAt: this.#clock().toISOString(),
      keys: [],
      ontology: [],
      tables: [],
      findings: [],
      steps: [],
      errors: [...asked.errors],
    };
    const planned: Planned[] = [];
    const pairs = this.#provisioners
      .list()
      .flatMap(provisioner =>
        asked.products.map(product => ({ provisioner, product })),
      );
    for (const { provisioner, product } of pairs) {
      const { tagger } = provisioner;
      if (!tagger) continue;
      const ports = portsFor(provisioner, product, look.errors);
      if (ports.length === 0) continue;
      const plan = await planOf(provisioner, tagger, { ...product, ports });
      look.keys.push(...plan.keys);
      look.ontology.push(...plan.ontology);
      look.tables.push(...plan.tables);
      look.findings.push(...plan.findings);
      look.steps.push(...plan.steps);
      planned.push(...plan.steps.map(step => ({ step, provisioner, tagger })));
    }
    look.keys = [...new Set(look.keys)].sort();
    await this.#looks.remember(asked, look);
    return { ...look, planned };
  }

  async #applyAll(
    caller: Caller,
    product: FoundProduct,
    planned: Planned[],
    lock: string,
  ): Promise<Item[]> {
    if (planned.length === 0) return [];
    // Before anything is written, so that nothing is that was not announced.
    await this.#note(caller, product, 'tags.begun', {
      steps: planned.map(({ step }) => step.words.text),
    });
    const items: Item[] = [];
    const failed = new Map<string, PlanStep>();
    for (const one of planned) {
      const { step } = one;
      if (!(await this.#locks.extend(lock))) throw isBusy(product);
      const before = step.needs.flatMap(id => failed.get(id) ?? []);
      const error =
        before.length > 0
          ? `Needs what has failed: ${before[0].words.text}`
          : await this.#applyOne(one);
      if (error === undefined) {
        await this.#note(caller, product, 'tags.applied', {
          step: step.words.text,
          call: `${step.call.service}.${step.call.operation}`,
        });
        items.push({ step, ok: true });
      } else {
        failed.set(step.id, step);
        items.push({ step, ok: false, error });
      }
    }
    return items;
  }

  /** @returns what it failed with */
  async #applyOne({
    step,
    provisioner,
    tagger,
  }: Planned): Promise<string | undefined> {
    const lock = await this.#locks.take([
      ...(step.locks ?? []),
      ...(step.shares ?? []),
    ]);
    if (!lock) {
      return 'Somebody else changes the same tags now; do it again when that is done';
    }
    try {
      await callProvisioner(provisioner, () =>
        tagger.apply(step, { signal: AbortSignal.timeout(STEP_MS) }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      const { code, message, advice } = error.details;
      return advice
        ? `${code}: ${message.replace(/\.+$/, '')}. ${advice}`
        : `${code}: ${message}`;
    } finally {
      await this.#locks.release(lock);
    }
  }

  #note(
    caller: Caller,
    { productRef }: FoundProduct,
    action: 'tags.begun' | 'tags.applied',
    after: { steps: string[] } | { step: string; call: string },
  ): Promise<void> {
    return this.#knex.transaction(tx =>
      this.#audit.append(tx, {
        actorRef: caller.userRef,
        action,
        subject: productRef,
        after,
      }),
    );
  }
}

/** The ports that a provisioner serves; what is wrong with them is told. */
function portsFor(
  provisioner: Provisioner,
  { ports }: TaggedProduct,
  errors: TagLook['errors'],
) {
  return ports.filter(port => {
    if (port.type !== provisioner.portType) return false;
    const problems = provisioner.checkPort(port);
    errors.push(
      ...problems.map(({ field, reason }) => ({
        port: port.name,
        message: `${field} ${reason}`,
      })),
    );
    return problems.length === 0;
  });
}

/** Where the product asks for what there is not, it is told so in its words. */
async function planOf(
  provisioner: Provisioner,
  tagger: ResourceTagger,
  product: TaggedProduct,
) {
  try {
    return await tagger.plan(product, {
      signal: AbortSignal.timeout(PLAN_MS),
    });
  } catch (error) {
    if (isError(error) && error.name === 'InputError') throw error;
    const { code, message } = provisioner.classify(error);
    throw new ServiceUnavailableError(
      `The tags of ${product.productRef} cannot be seen now: ${code}: ${message}`,
      isError(error) ? error : undefined,
    );
  }
}
