import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type {
  AccessScope,
  Plan,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { ProvisionerRegistry } from '../provisioning/ProvisionerRegistry';
import {
  failureInWords,
  type AccessPlanner,
  type PlanOutcome,
} from './AccessPlanner';
import { asChange } from './changesOfEntitlement';
import type { RequestRecord } from './RequestRecord';

/** The part of a request that its plan is made of. */
export type Planned = Pick<
  RequestRecord,
  'portSnapshot' | 'plan' | 'identities' | 'planError'
>;

/** What became of the plan since it was shown. */
export type PlanCheckResult =
  /** It would do no more than was shown. */
  | { outcome: 'good'; planned: Planned & { plan: Plan } }
  /** It would do more or other than was shown. */
  | { outcome: 'changed'; planned: Planned; differences: string[] };

type Planning = Extract<PlanOutcome, { ok: true }>;

/** What a new plan would do beyond the one shown, in words. Pure. */
export function beyondPlan(
  shown: Pick<Planned, 'plan' | 'identities'>,
  now: Pick<Planning, 'plan' | 'identities'>,
): string[] {
  if (!shown.plan) return ['there was no plan when the request was shown'];
  const known = new Set(shown.plan.steps.map(step => step.id));
  const recreated = Object.keys(now.identities).filter(
    key =>
      shown.identities[key] !== undefined &&
      shown.identities[key] !== now.identities[key],
  );
  return [
    ...recreated.map(key => `${key} was created anew under the same name`),
    ...now.plan.steps
      .filter(step => !known.has(step.id))
      .map(step => step.words),
  ];
}

/**
 * Looks whether the world still is as it was when the approvers were shown
 * what would be done.
 */
export class PlanCheck {
  readonly #catalog: MeshCatalog;
  readonly #provisioners: ProvisionerRegistry;
  readonly #planner: AccessPlanner;

  constructor(options: {
    catalog: MeshCatalog;
    provisioners: ProvisionerRegistry;
    planner: AccessPlanner;
  }) {
    this.#catalog = options.catalog;
    this.#provisioners = options.provisioners;
    this.#planner = options.planner;
  }

  /**
   * @param narrowed - scope that the approver narrows the request to
   * @param inForce - of an amendment, the steps of what it changes
   * @throws ConflictError where it cannot be granted as it stands
   * @throws ServiceUnavailableError where that cannot be found out now
   */
  async check(
    record: RequestRecord,
    narrowed?: AccessScope,
    inForce?: readonly PlanStep[],
  ): Promise<PlanCheckResult> {
    const product = await this.#catalog.findProduct(record.productRef);
    if (!product) {
      throw new ConflictError(
        `${record.productRef} is not in the catalog any more; reject the request or bring the product back`,
      );
    }
    const port = product.entity.spec.outputPorts.find(
      one => one.name === record.port,
    );
    const provisioner = port && this.#provisioners.find(port.type);
    if (!port || !provisioner) {
      throw new ConflictError(
        port
          ? `Nothing is installed that grants access to ports of type '${port.type}'`
          : `${record.productRef} has no port '${record.port}' any more; reject the request`,
      );
    }
    const planFor = async (scope: AccessScope): Promise<PlanOutcome> => {
      const outcome = await this.#planner.plan(provisioner, {
        port,
        principal: record.principal,
        scope,
      });
      return outcome.ok && inForce
        ? { ...outcome, plan: asChange(outcome.plan, inForce) }
        : outcome;
    };
    const asked = await planFor(record.scope);
    if (!asked.ok) {
      // The very steps that were shown are no more than was shown: they may be
      // approved while the system does not answer.
      if (
        asked.error.kind !== 'permanent' &&
        record.plan &&
        (!narrowed || sameScope(narrowed, record.scope))
      ) {
        return { outcome: 'good', planned: { ...record, plan: record.plan } };
      }
      throw unplannable(asked);
    }
    const differences = beyondPlan(record, asked);
    if (differences.length > 0) {
      return {
        outcome: 'changed',
        planned: { portSnapshot: port, ...plannedOf(asked) },
        differences,
      };
    }
    if (!narrowed || sameScope(narrowed, record.scope)) {
      return {
        outcome: 'good',
        planned: { portSnapshot: port, ...plannedOf(asked) },
      };
    }
    const less = await planFor(narrowed);
    if (!less.ok) throw unplannable(less);
    return {
      outcome: 'good',
      planned: { portSnapshot: port, ...plannedOf(less) },
    };
  }
}

function sameScope(a: AccessScope, b: AccessScope): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function plannedOf({ plan, identities }: Planning) {
  return { plan, identities, planError: undefined };
}

function unplannable({ error }: Extract<PlanOutcome, { ok: false }>): Error {
  const reason = failureInWords(error);
  return error.kind === 'permanent'
    ? new ConflictError(`This cannot be granted as it stands: ${reason}`)
    : new ServiceUnavailableError(
        `What would be done cannot be found out now: ${reason}. Nothing was decided; try again later`,
      );
}
