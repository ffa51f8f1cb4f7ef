import type { Knex } from 'knex';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  entitlementReadPermission,
  type Entitlement,
  type EntitlementAction,
  type EntitlementDetail,
  type EntitlementPage,
  type EntitlementQuery,
  type EntitlementRequest,
  type NewMove,
  type NewNarrowing,
  type RevocationPreview,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import type { EntitlementResource } from '../../permissions';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import {
  baselineOf,
  planStepOf,
  toProvisioningStep,
} from '../../store/steps/StepRow';
import type { StepRow } from '../../store/tables';
import { mapInTurns } from '../../turns';
import { changedSince } from '../guard/changedSince';
import type { CredentialService } from '../use/CredentialService';
import type {
  EntitlementAccess,
  EntitlementGuard,
} from '../guard/EntitlementGuard';
import { assignToProduct } from '../lifecycle/assignToProduct';
import { beginChange } from '../lifecycle/changing';
import {
  beginEnding,
  closeWithResidue,
  endEarlier,
  noteResidueGone,
} from '../lifecycle/ending';
import type { EntitlementChange } from '../lifecycle/EntitlementChange';
import type { LifecycleDeps } from '../lifecycle/LifecycleDeps';
import { lockEntitlement } from '../lifecycle/lockEntitlement';
import { beginReapplying, beginRetrying } from '../lifecycle/restarting';
import type { EntitlementHappening } from '../../events';
import {
  changeOf,
  readinessOf,
  resourceOf,
  toEntitlement,
} from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import type { EntitlementStore } from '../reading/EntitlementStore';
import { requireSameIdentities } from './identities';
import type { NarrowingPlanner } from './NarrowingPlanner';
import { stepsOf, holdsSomething } from '../../store/steps/steps';
import { usersOf } from '../../store/steps/sharedSteps';

const DEFAULT_LIMIT = 50;
const OBSERVED_AT_ONCE = 8;

/** Whether what has failed was to take something away. */
const isEnding = (row: EntitlementRow): boolean =>
  row.failed_from === 'revoking' || changeOf(row)?.failedFrom === 'removing';

/** Renewals and amendments, as the requests know them. */
export interface RequestsAbout {
  aboutEntitlement(id: string): Promise<EntitlementRequest[]>;
}

/** What people do with entitlements. */
export class EntitlementService {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #lifecycle: LifecycleDeps;
  readonly #provisioners: ProvisionerRegistry;
  readonly #access: EntitlementAccess;
  readonly #guard: EntitlementGuard;
  readonly #narrowing: NarrowingPlanner;
  readonly #credentials: Pick<CredentialService, 'vendable'>;
  readonly #requests: RequestsAbout;
  readonly #changed: (change: EntitlementChange) => void;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    lifecycle: LifecycleDeps;
    provisioners: ProvisionerRegistry;
    access: EntitlementAccess;
    guard: EntitlementGuard;
    narrowing: NarrowingPlanner;
    credentials: Pick<CredentialService, 'vendable'>;
    requests: RequestsAbout;
    changed(change: EntitlementChange): void;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#lifecycle = options.lifecycle;
    this.#provisioners = options.provisioners;
    this.#access = options.access;
    this.#guard = options.guard;
    this.#narrowing = options.narrowing;
    this.#credentials = options.credentials;
    this.#requests = options.requests;
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
    const page = await this.#store.list(
      {
        readable,
        ...(await this.#guard.succeeded(caller, query.productRef)),
        states: query.state,
        productRef: query.productRef,
        principal: query.principal,
        ...(query.view === 'mine' && {
          holder: {
            userRef: caller.userRef,
            principals: await this.#guard.principalsOf(caller),
          },
        }),
      },
      { limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor },
    );
    return { ...page, items: await this.#withSuccessors(caller, page.items) };
  }

  /** With what succeeds products that are not in the catalog any more. */
  async #withSuccessors(
    caller: Caller,
    items: readonly Entitlement[],
  ): Promise<Entitlement[]> {
    const told = await this.#access.successors?.told(items, caller);
    return items.map(item => {
      const successor = told?.(item);
      return successor ? { ...item, successor } : item;
    });
  }

  /** @throws NotFoundError, NotAllowedError */
  async get(caller: Caller, id: string): Promise<EntitlementDetail> {
    return this.#detail(caller, await this.#guard.readable(caller, id));
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
    const row = await this.#guard.readable(caller, id);
    const provisioner = this.#provisioners.find(row.port_type);
    if (!provisioner) {
      throw new ServiceUnavailableError(
        `No provisioner serves ports of type '${row.port_type}'`,
      );
    }
    const steps = (await stepsOf(this.#knex, id)).filter(holdsSomething);
    const effects: RevocationPreview[] = [];
    for (let start = 0; start < steps.length; start += OBSERVED_AT_ONCE) {
      const part = steps.slice(start, start + OBSERVED_AT_ONCE);
      const previews = part.map(async one => {
        const baseline = baselineOf(one);
        const step = planStepOf(one);
        if (baseline === undefined || !step.undo) {
          return { removes: [], keeps: [] };
        }
        const others = await usersOf(this.#knex, one);
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
      beginEnding(this.#lifecycle, tx, row, {
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
      beginEnding(this.#lifecycle, tx, row, {
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
    return this.#act(
      caller,
      id,
      'retry',
      options.version,
      (tx, row) => beginRetrying(this.#lifecycle, tx, row, caller.userRef),
      {
        // What is to end goes on ending, whatever stands there now.
        first: async row => {
          if (!isEnding(row))
            await requireSameIdentities(
              { provisioners: this.#provisioners },
              row,
            );
        },
      },
    );
  }

  /**
   * Has all of it looked at again, and applied where the system has lost it.
   * What was approved needs no new approval: the consumer may ask too.
   *
   * @throws NotFoundError, NotAllowedError, ConflictError
   */
  async reapply(
    caller: Caller,
    id: string,
    options: { version: number },
  ): Promise<EntitlementDetail> {
    return this.#act(
      caller,
      id,
      'reapply',
      options.version,
      (tx, row) => beginReapplying(this.#lifecycle, tx, row, caller.userRef),
      {
        happening: 'reapplied',
        first: row =>
          requireSameIdentities({ provisioners: this.#provisioners }, row),
      },
    );
  }

  /**
   * Has all of it looked at again for somebody whose right to that was looked
   * at before: who resolves drift, or a policy.
   *
   * @throws NotFoundError, ConflictError where its state does not allow it
   */
  async reapplyFor(actorRef: string, id: string): Promise<EntitlementRow> {
    const change = await this.#knex.transaction(async tx => {
      const before = await lockEntitlement(tx, id);
      this.#guard.requireState(before, 'reapply');
      return {
        before,
        after: await beginReapplying(this.#lifecycle, tx, before, actorRef),
      };
    });
    this.#changed({ ...change, happening: 'reapplied', actorRef });
    return change.after;
  }

  /**
   * Takes a part away, or lets it end earlier. Needs no approval.
   *
   * @throws InputError with all problems; NotFoundError, NotAllowedError,
   *   ConflictError; ServiceUnavailableError where the system does not say what
   *   would be left
   */
  async narrow(
    caller: Caller,
    id: string,
    options: { version: number; narrowing: NewNarrowing },
  ): Promise<EntitlementDetail> {
    const seen = await this.#guard.readable(caller, id);
    await this.#guard.requireActor(caller, seen, 'narrow');
    if (seen.version !== options.version) {
      throw changedSince(seen, options.version);
    }
    this.#guard.requireState(seen, 'narrow');
    const narrowed = await this.#narrowing.plan(seen, options.narrowing);
    return this.#act(
      caller,
      id,
      'narrow',
      options.version,
      async (tx, row) => {
        const { change, expiresAt, reason } = narrowed;
        const by = { reason, actorRef: caller.userRef };
        const shortened = expiresAt
          ? await endEarlier(this.#lifecycle, tx, row, { ...by, expiresAt })
          : row;
        return change
          ? beginChange(this.#lifecycle, tx, shortened, { ...change, ...by })
          : shortened;
      },
      // Otherwise it is told when it is done.
      narrowed.change ? {} : { happening: 'narrowed' },
    );
  }

  /**
   * Closes an ending that cannot be finished.
   *
   * @throws InputError, NotFoundError, NotAllowedError, ConflictError
   */
  async closeResidue(
    caller: Caller,
    id: string,
    options: { version: number; reason: string },
  ): Promise<EntitlementDetail> {
    const reason = options.reason.trim();
    if (!reason) {
      throw new InputError(
        'reason: is empty, expected why what is left cannot be taken away',
      );
    }
    return this.#act(
      caller,
      id,
      'close-residue',
      options.version,
      (tx, row) =>
        closeWithResidue(this.#lifecycle, tx, row, {
          reason,
          actorRef: caller.userRef,
        }),
      { happening: 'closed-with-residue' },
    );
  }

  /**
   * Makes what a vanished product left behind access to the product that
   * publishes its tables now. Nothing of it changes in the system.
   *
   * @throws NotFoundError, NotAllowedError
   * @throws ConflictError where that is not its successor, or is stricter
   */
  async move(
    caller: Caller,
    id: string,
    options: { version: number; to: NewMove },
  ): Promise<EntitlementDetail> {
    const { version, to } = options;
    const seen = await this.#guard.readable(caller, id);
    await this.#guard.requireActor(caller, seen, 'move');
    if (seen.version !== version) throw changedSince(seen, version);
    this.#guard.requireState(seen, 'move');
    const successor = await this.#guard.successorOf(seen);
    if (successor?.productRef !== to.productRef || successor.port !== to.port) {
      throw new ConflictError(
        successor
          ? `The tables of ${seen.product_ref} are published as the port '${successor.port}' of ${successor.productRef}, not as '${to.port}' of ${to.productRef}; look at the access again`
          : `Nothing succeeds ${seen.product_ref}: it is in the catalog, or no other product publishes all of its tables`,
      );
    }
    const stricter = await this.#access.successors?.whyNotMove(
      toEntitlement(seen),
    );
    if (stricter?.length) {
      throw new ConflictError(
        `The access cannot be moved, because ${
          to.productRef
        } is stricter: ${stricter.join(
          '; ',
        )}. Ask for it again under the new name, so that those decide who have to`,
      );
    }
    return this.#act(
      caller,
      id,
      'move',
      version,
      (tx, row) =>
        assignToProduct(this.#lifecycle, tx, row, successor, caller.userRef),
      { happening: 'moved' },
    );
  }

  /** A look at the system has proved that nothing of a residue is left. */
  async residueGone(id: string): Promise<void> {
    const change = await this.#knex.transaction(async tx => {
      const before = await lockEntitlement(tx, id);
      return {
        before,
        after: await noteResidueGone(this.#lifecycle, tx, before),
      };
    });
    this.#changed(change);
  }

  async #act(
    caller: Caller,
    id: string,
    action: EntitlementAction,
    version: number,
    act: (tx: Knex.Transaction, row: EntitlementRow) => Promise<EntitlementRow>,
    options: {
      happening?: EntitlementHappening;
      /** A look at the system before anything is locked. */
      first?: (row: EntitlementRow) => Promise<void>;
    } = {},
  ): Promise<EntitlementDetail> {
    const { happening, first } = options;
    const seen = await this.#guard.readable(caller, id);
    await this.#guard.requireActor(caller, seen, action);
    if (first) {
      if (seen.version !== version) throw changedSince(seen, version);
      this.#guard.requireState(seen, action);
      await first(seen);
    }
    const change = await this.#knex.transaction(async tx => {
      const before = await lockEntitlement(tx, id);
      if (before.version !== version) throw changedSince(before, version);
      this.#guard.requireState(before, action);
      return { before, after: await act(tx, before) };
    });
    this.#changed({ ...change, happening, actorRef: caller.userRef });
    return this.#detail(caller, change.after);
  }

  async #detail(
    caller: Caller,
    row: EntitlementRow,
  ): Promise<EntitlementDetail> {
    const [steps, actions, requests] = await Promise.all([
      stepsOf(this.#knex, row.id),
      this.#guard.actionsOf(caller, row),
      this.#requests.aboutEntitlement(row.id),
    ]);
    const vendable = this.#credentials.vendable(row, steps);
    const [entitlement] = await this.#withSuccessors(caller, [
      toEntitlement(row),
    ]);
    const stricter =
      actions.includes('move') && entitlement.successor
        ? await this.#access.successors?.whyNotMove(entitlement)
        : undefined;
    return {
      ...entitlement,
      ...(stricter?.length && { whyNotMove: stricter.join('; ') }),
      steps: await mapInTurns(
        steps.filter(step => isOfNow(row, step)),
        toProvisioningStep,
      ),
      actions: actions.filter(
        action =>
          (action !== 'vend' || 'tables' in vendable) &&
          // Not to what the caller may not even see.
          (action !== 'move' || entitlement.successor !== undefined),
      ),
      readiness: readinessOf(row),
      requests,
    };
  }
}

/** Steps that a change of the past has taken away are history. */
function isOfNow(row: EntitlementRow, step: StepRow): boolean {
  return !step.leaving || row.change_state !== null || holdsSomething(step);
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
