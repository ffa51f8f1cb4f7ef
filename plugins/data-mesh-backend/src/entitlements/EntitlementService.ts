import type { Knex } from 'knex';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  entitlementReadPermission,
  entitlementRelinquishPermission,
  entitlementRevokePermission,
  type EntitlementAction,
  type EntitlementDetail,
  type EntitlementPage,
  type EntitlementQuery,
  type RevocationPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { EntitlementResource, ResourceAuthorizer } from '../permissions';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioning/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioning/ProvisionerRegistry';
import type { StepJournal } from '../provisioning/StepJournal';
import {
  baselineOf,
  planStepOf,
  toProvisioningStep,
  type StepRow,
} from '../provisioning/StepRow';
import {
  actionsOfState,
  actorsInWords,
  isActorOf,
  type Standing,
} from './entitlementActions';
import type {
  EntitlementChange,
  EntitlementLifecycle,
} from './EntitlementLifecycle';
import {
  resourceOf,
  toEntitlement,
  type EntitlementRow,
} from './EntitlementRow';
import type { EntitlementStore } from './EntitlementStore';
import { productApprovers } from './productApprovers';

const DEFAULT_LIMIT = 50;
const OBSERVED_AT_ONCE = 8;

/** Who may see and change entitlements. */
export interface EntitlementAccess {
  authorizer: Pick<
    ResourceAuthorizer<EntitlementResource>,
    'isAllowed' | 'require' | 'readFilter'
  >;
  products: Pick<MeshCatalog, 'findProduct'>;
  principals: {
    availableTo(caller: Caller): Promise<ReadonlyArray<{ id: string }>>;
  };
  /** Users and groups that govern the whole mesh. */
  governanceRefs: readonly string[];
}

const permissionOf = {
  revoke: entitlementRevokePermission,
  relinquish: entitlementRelinquishPermission,
  // What was approved needs no new permission; who may see it may retry it,
  // if the entitlement is theirs.
  retry: entitlementReadPermission,
} as const;

/** What people do with entitlements. */
export class EntitlementService {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #lifecycle: EntitlementLifecycle;
  readonly #journal: StepJournal;
  readonly #provisioners: ProvisionerRegistry;
  readonly #access: EntitlementAccess;
  readonly #changed: (change: EntitlementChange) => void;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    lifecycle: EntitlementLifecycle;
    journal: StepJournal;
    provisioners: ProvisionerRegistry;
    access: EntitlementAccess;
    changed(change: EntitlementChange): void;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#lifecycle = options.lifecycle;
    this.#journal = options.journal;
    this.#provisioners = options.provisioners;
    this.#access = options.access;
    this.#changed = change => options.changed(change);
  }

  /** A page of what the caller may read, newest first. */
  async list(
    caller: Caller,
    query: EntitlementQuery,
  ): Promise<EntitlementPage> {
    const readable = await this.#access.authorizer.readFilter(
      entitlementReadPermission,
      caller,
    );
    return this.#store.list(
      {
        readable,
        states: query.state,
        productRef: query.productRef,
        principal: query.principal,
        ...(query.view === 'mine' && {
          holder: {
            userRef: caller.userRef,
            principals: await this.#principalsOf(caller),
          },
        }),
      },
      { limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor },
    );
  }

  /** @throws NotFoundError, NotAllowedError */
  async get(caller: Caller, id: string): Promise<EntitlementDetail> {
    return this.#detail(caller, await this.#readable(caller, id));
  }

  /** Resources of permissions, in the order of the ids. */
  async getResources(
    ids: string[],
  ): Promise<Array<EntitlementResource | undefined>> {
    const rows = await this.#store.getMany(ids);
    const byId = new Map(rows.map(row => [row.id, resourceOf(row)]));
    return ids.map(id => byId.get(id));
  }

  /**
   * What ending it now would take away and leave.
   *
   * @throws NotFoundError, NotAllowedError, ServiceUnavailableError where the
   * system cannot be looked at
   */
  async previewRevocation(
    caller: Caller,
    id: string,
  ): Promise<RevocationPreview> {
    const row = await this.#readable(caller, id);
    const provisioner = this.#provisioners.find(row.port_type);
    if (!provisioner) {
      throw new ServiceUnavailableError(
        `No provisioner serves ports of type '${row.port_type}'`,
      );
    }
    const steps = (await this.#stepsOf(id)).filter(
      step => !['undone', 'skipped'].includes(step.state),
    );
    const effects: RevocationPreview[] = [];
    for (let start = 0; start < steps.length; start += OBSERVED_AT_ONCE) {
      const part = steps.slice(start, start + OBSERVED_AT_ONCE);
      const previews = part.map(async one => {
        const baseline = baselineOf(one);
        if (baseline === undefined) return { removes: [], keeps: [] };
        const step = planStepOf(one);
        const others = await this.#journal.users(one);
        return callProvisioner(provisioner, async () =>
          provisioner.planUndo(step, {
            observation: await provisioner.observe(step),
            baseline,
            others,
          }),
        );
      });
      effects.push(...(await Promise.all(previews).catch(unavailable)));
    }
    return {
      removes: effects.flatMap(effect => effect.removes),
      keeps: effects.flatMap(effect => effect.keeps),
    };
  }

  /**
   * The product's side ends it.
   *
   * @throws InputError, NotFoundError, NotAllowedError, ConflictError
   */
  async revoke(
    caller: Caller,
    id: string,
    options: { version: number; reason: string },
  ): Promise<EntitlementDetail> {
    const reason = options.reason.trim();
    if (!reason) {
      throw new InputError(
        'reason: is empty, expected why the access ends; its holder reads it',
      );
    }
    return this.#act(caller, id, 'revoke', options.version, (tx, row) =>
      this.#lifecycle.beginEnding(tx, row, {
        kind: 'revoked',
        reason,
        actorRef: caller.userRef,
      }),
    );
  }

  /**
   * The consumer's side hands it back.
   *
   * @throws NotFoundError, NotAllowedError, ConflictError
   */
  async relinquish(
    caller: Caller,
    id: string,
    options: { version: number; reason?: string },
  ): Promise<EntitlementDetail> {
    return this.#act(caller, id, 'relinquish', options.version, (tx, row) =>
      this.#lifecycle.beginEnding(tx, row, {
        kind: 'relinquished',
        reason: options.reason?.trim() || undefined,
        actorRef: caller.userRef,
      }),
    );
  }

  /**
   * Lets a failed one go on where it stopped.
   *
   * @throws NotFoundError, NotAllowedError, ConflictError
   */
  async retry(
    caller: Caller,
    id: string,
    options: { version: number },
  ): Promise<EntitlementDetail> {
    return this.#act(caller, id, 'retry', options.version, (tx, row) =>
      this.#lifecycle.retry(tx, row, caller.userRef),
    );
  }

  async #act(
    caller: Caller,
    id: string,
    action: EntitlementAction,
    version: number,
    act: (tx: Knex.Transaction, row: EntitlementRow) => Promise<EntitlementRow>,
  ): Promise<EntitlementDetail> {
    const seen = await this.#readable(caller, id);
    await this.#access.authorizer.require(
      permissionOf[action],
      resourceOf(seen),
      caller,
    );
    if (!isActorOf(action, await this.#standingOf(caller, seen))) {
      throw new NotAllowedError(
        `${caller.userRef} may not ${action} entitlement ${id}: only ${actorsInWords[action]} may`,
      );
    }
    const change = await this.#knex.transaction(async tx => {
      const before = await this.#lifecycle.lock(tx, id);
      if (before.version !== version) throw changedSince(before, version);
      if (!actionsOfState(before).includes(action)) {
        throw new ConflictError(
          `Entitlement ${id} is ${stateInWords(
            before,
          )}: there is nothing to ${action}`,
        );
      }
      return { before, after: await act(tx, before) };
    });
    this.#changed(change);
    return this.#detail(caller, change.after);
  }

  async #readable(caller: Caller, id: string): Promise<EntitlementRow> {
    const row = await this.#store.get(id);
    await this.#access.authorizer.require(
      entitlementReadPermission,
      resourceOf(row),
      caller,
    );
    return row;
  }

  async #detail(
    caller: Caller,
    row: EntitlementRow,
  ): Promise<EntitlementDetail> {
    const [steps, actions] = await Promise.all([
      this.#stepsOf(row.id),
      this.#actionsOf(caller, row),
    ]);
    return {
      ...toEntitlement(row),
      steps: steps.map(toProvisioningStep),
      actions,
    };
  }

  async #actionsOf(
    caller: Caller,
    row: EntitlementRow,
  ): Promise<EntitlementAction[]> {
    const possible = actionsOfState(row);
    if (possible.length === 0) return [];
    const standing = await this.#standingOf(caller, row);
    const allowed = await Promise.all(
      possible.map(
        async action =>
          isActorOf(action, standing) &&
          this.#access.authorizer.isAllowed(
            permissionOf[action],
            resourceOf(row),
            caller,
          ),
      ),
    );
    return possible.filter((_, index) => allowed[index]);
  }

  async #standingOf(caller: Caller, row: EntitlementRow): Promise<Standing> {
    const [product, principals] = await Promise.all([
      this.#access.products.findProduct(row.product_ref),
      this.#principalsOf(caller),
    ]);
    const inCharge = [
      // A product that has left the catalog keeps the owner it had.
      product?.ownerRef ?? row.product_owner_ref,
      ...(product ? productApprovers(product.entity) : []),
      ...this.#access.governanceRefs,
    ];
    return {
      isInCharge: inCharge.some(ref => caller.ownershipRefs.includes(ref)),
      isRequester: row.requester_ref === caller.userRef,
      isHolder: principals.includes(row.principal),
    };
  }

  async #principalsOf(caller: Caller): Promise<string[]> {
    const principals = await this.#access.principals.availableTo(caller);
    return principals.map(principal => principal.id);
  }

  async #stepsOf(id: string): Promise<StepRow[]> {
    return this.#knex<StepRow>('entitlement_steps')
      .where({ entitlement_id: id })
      .orderBy('position');
  }
}

function stateInWords(row: EntitlementRow): string {
  return row.failed_from ? `${row.state} (from ${row.failed_from})` : row.state;
}

function changedSince(row: EntitlementRow, version: number): ConflictError {
  return new ConflictError(
    `Entitlement ${row.id} has changed since you looked: it is ${stateInWords(
      row,
    )} now (version ${row.version}, changed at ${
      row.updated_at
    }), you have seen version ${version}`,
  );
}

function unavailable(error: unknown): never {
  if (error instanceof ProvisionerFailure) {
    const { code, message, advice } = error.details;
    throw new ServiceUnavailableError(
      `What revoking would do cannot be seen now: ${code}: ${message}${
        advice ? ` (${advice})` : ''
      }`,
      error,
    );
  }
  throw error;
}
