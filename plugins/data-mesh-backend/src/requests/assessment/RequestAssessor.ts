import type { PermissionsService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  asPublished,
  factsOf,
  requestForOthersPermission,
  scopeForm,
  sensitiveColumnsOf,
  type JudgedReach,
  type OutputPort,
  type PolicyEvaluation,
  type PortFacts,
  type Principal,
  type Problem,
  type RequestDraft,
  type RequestKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Provisioner } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { FoundProduct, MeshCatalog } from '../../catalog/MeshCatalog';
import type { Caller } from '../../identity/Caller';
import type { ProductPowers } from '../../people';
import { hasPermission } from '../../permissions';
import type { PolicyEvaluator } from '../../policy/PolicyEvaluator';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import type {
  EntitlementReader,
  FoundEntitlement,
} from '../../entitlements/reading/EntitlementReader';
import {
  failureInWords,
  type AccessPlanner,
  type PlanOutcome,
} from '../../provisioners/AccessPlanner';
import { lookWithin } from '../../provisioners/lookWithin';
import { allInTurns, inTurns, nextTurn } from '../../turns';
import { changeProblems } from './changesOfEntitlement';
import { findReach, type FoundReach } from '../reach/findReach';
import { onlyNewlyReached } from '../reach/onlyNewlyReached';
import type { JudgeSources, PortStanding } from '../reach/sources';
import { eachRequestProblems, portOf } from './validateRequest';

/** A principal of a draft, with what holds for it alone. */
export interface AssessedPrincipal {
  id: string;
  via?: string;
  /** Absent where the caller may not ask for it: nothing more is found out. */
  principal?: Principal;
  policy?: PolicyEvaluation;
  plan?: PlanOutcome;
}

/** A draft with all that could be found out about it. */
export interface Assessment {
  /** What is wrong with the draft. */
  problems: Problem[];
  /** What policy refuses of it. */
  refusals: Problem[];
  product?: FoundProduct;
  port?: OutputPort;
  provisioner?: Provisioner;
  consumerRef?: string;
  principals: AssessedPrincipal[];
  sensitiveColumns: string[];
  /** What the scope reaches now. */
  reach?: JudgedReach;
  /** The entitlement that a renewal or amendment is about. */
  about?: FoundEntitlement;
}

/** Who is given access, where that is settled. */
export interface SettledPrincipal {
  principal: Principal;
  via?: string;
}

/** How a draft is looked at. */
export type AssessOptions = {
  kind: RequestKind;
  /** False for a draft that is still being filled in. */
  complete: boolean;
  /** True once a person has to look: then no rule approves it any more. */
  isAskedOfPeople?: boolean;
} & (
  | {
      caller: Caller;
      /**
       * The one principal of a request that exists already. It was checked when
       * it was asked for.
       */
      settled?: SettledPrincipal;
    }
  | {
      /** Of a request that is judged again, who made it. */
      requester: Requester;
      settled: SettledPrincipal;
    }
);

/** Who made a request, and what that user stands for now. */
export type Requester = Pick<Caller, 'userRef' | 'ownershipRefs'>;

/** Principals that a preview plans for: each costs calls to the system. */
export const MOST_PLANNED = 5;

const CONSUMER_KINDS = ['dataproduct', 'component', 'system'];

/** Finds out what a draft names, what policy says, and what would be done. */
export class RequestAssessor {
  readonly #catalog: MeshCatalog;
  readonly #provisioners: ProvisionerRegistry;
  readonly #principals: PrincipalDirectory;
  readonly #powers: ProductPowers;
  readonly #policy: PolicyEvaluator;
  readonly #permissions: PermissionsService;
  readonly #planner: AccessPlanner;
  readonly #entitlements: EntitlementReader;
  readonly #sources: JudgeSources;
  readonly #now: () => Date;

  constructor(options: {
    catalog: MeshCatalog;
    sources: JudgeSources;
    provisioners: ProvisionerRegistry;
    principals: PrincipalDirectory;
    powers: ProductPowers;
    policy: PolicyEvaluator;
    permissions: PermissionsService;
    planner: AccessPlanner;
    entitlements: EntitlementReader;
    now: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#sources = options.sources;
    this.#provisioners = options.provisioners;
    this.#principals = options.principals;
    this.#powers = options.powers;
    this.#policy = options.policy;
    this.#permissions = options.permissions;
    this.#planner = options.planner;
    this.#entitlements = options.entitlements;
    this.#now = options.now;
  }

  async assess(
    draft: RequestDraft,
    options: AssessOptions,
  ): Promise<Assessment> {
    const caller = 'caller' in options ? options.caller : undefined;
    const { product, port, standing } = await this.#asPublished(draft, caller);
    const provisioner = port && this.#provisioners.find(port.type);
    const consumer = caller && (await this.#consumerOf(draft, caller));
    const about = await this.#aboutOf(draft, options);
    const { principals, facts } = await this.#principalsOf(
      draft,
      { product, provisioner },
      about ? { ...options, settled: about.settled } : options,
    );
    const together = {};
    // Each of these goes through all that the scope names.
    await nextTurn();
    const reached =
      product && port && provisioner && draft.scope && standing
        ? await findReach(
            { ...this.#sources, timeoutMs: this.#planner.timeoutMs },
            {
              ...standing,
              productRef: product.productRef,
              port,
              domainOwnerRef: product.domainOwnerRef,
            },
            provisioner,
            draft.scope,
            together,
          )
        : undefined;
    await nextTurn();
    // What was approved before is not asked again.
    const decided =
      options.kind === 'resume' ? newlyReached(reached, about?.found) : reached;
    const sensitiveColumns =
      port && decided ? sensitiveColumnsOf({ ...decided, port }) : [];
    const found = { product, port, provisioner, principals, together };

    const days = draft.durationDays;
    const keepsEnd = ['amend', 'resume'].includes(options.kind);
    await this.#evaluate(
      {
        ...draft,
        durationDays: keepsEnd
          ? about?.found.entitlement.durationDays ?? days
          : days,
      },
      { ...found, reached: decided },
      options,
    );
    await nextTurn();
    const policies = principals.flatMap(one => one.policy ?? []);
    const maxDurationDays = Math.min(
      this.#policy.rules.maxDurationDays,
      product?.entity.spec.access?.maxDurationDays ?? Infinity,
      ...policies.map(one => one.maxDurationDays),
    );
    const problems: Problem[] = [];
    const each = eachRequestProblems(
      draft,
      {
        product: product?.entity,
        provisioner: port &&
          provisioner && {
            title: provisioner.title,
            capabilities: provisioner.capabilities,
            portProblems: provisioner.checkPort(port),
          },
        principals: facts,
        consumer: consumer?.fact,
        purposes: this.#policy.rules.purposes,
        maxDurationDays,
        sensitiveColumns,
      },
      { complete: options.complete, keepsEnd },
    );
    for await (const some of inTurns(each)) problems.push(...some);

    await nextTurn();
    problems.push(
      ...standingProblems(standing, draft, provisioner),
      ...changeProblems(draft, {
        kind: options.kind,
        about: about?.found,
        productRef: product?.productRef,
        maxDurationDays,
        now: this.#now(),
      }),
    );

    if (!problems.some(({ field }) => /^(productRef|port|scope)/.test(field))) {
      const planned = options.complete
        ? principals
        : principals.filter(one => one.principal).slice(0, MOST_PLANNED);
      // Of suspended access nothing is in force that it could be a change of.
      const inForce = options.kind === 'resume' ? undefined : about?.found;
      await this.#plan(draft, { ...found, principals: planned }, inForce);
      for (const { plan } of principals) {
        // A renewal does nothing in the system that could fail.
        if (
          plan &&
          !plan.ok &&
          plan.error.kind === 'permanent' &&
          options.kind !== 'renew'
        ) {
          problems.push({ field: 'port', reason: failureInWords(plan.error) });
        }
      }
    }
    return {
      problems: distinct(problems),
      refusals: distinct(
        policies.flatMap(({ refusals }) =>
          refusals.map(({ field, reason }) => ({ field, reason: reason.text })),
        ),
      ),
      product,
      port,
      provisioner,
      consumerRef: consumer?.ref,
      principals,
      sensitiveColumns,
      ...(reached && { reach: reached.reach }),
      about: about?.found,
    };
  }

  /** The product and port as far as their facts are in force. */
  async #asPublished(
    draft: RequestDraft,
    caller: Caller | undefined,
  ): Promise<{
    product?: FoundProduct;
    port?: OutputPort;
    standing?: PortStanding & { facts: PortFacts };
  }> {
    const product = await this.#catalog.findProduct(
      draft.productRef,
      caller?.credentials,
    );
    const port = portOf(draft, product?.entity);
    if (!product || !port) return { product };
    const found = await this.#sources.published.find(
      product.productRef,
      port.name,
    );
    const facts = found.facts ?? factsOf(product.entity, port);
    const published = asPublished(product.entity, port, facts);
    return {
      standing: { ...found, facts },
      port: published.port,
      product: { ...product, entity: published.product },
    };
  }

  /**
   * The entitlement that a draft renews or amends, for those whom it serves:
   * whoever asked for it, and whoever may act as its principal.
   */
  async #aboutOf(
    { entitlementId }: RequestDraft,
    options: AssessOptions,
  ): Promise<
    { found: FoundEntitlement; settled: SettledPrincipal } | undefined
  > {
    const { kind, settled } = options;
    if (entitlementId === undefined) return undefined;
    if (!['renew', 'amend', 'resume'].includes(kind)) return undefined;
    const found = await this.#entitlements.find(entitlementId);
    if (!found) return undefined;
    if (!('caller' in options)) return { found, settled: options.settled };
    const { caller } = options;
    const { principal, requesterRef } = found.entitlement;
    const mine = await this.#principals.availableTo(caller);
    const own = mine.find(one => one.id === principal.id);
    if (!own && requesterRef !== caller.userRef) return undefined;
    return { found, settled: settled ?? { principal, via: own?.via } };
  }

  async #evaluate(
    draft: RequestDraft,
    found: Pick<Assessment, 'product' | 'port' | 'principals'> & {
      reached?: FoundReach;
    },
    options: AssessOptions,
  ): Promise<void> {
    const { product, port, reached } = found;
    const { scope } = draft;
    if (!product || !port || !scope || !reached) return;
    const asker = 'caller' in options ? options.caller : options.requester;
    const { judgedPort, domainOwners } = reached;
    await allInTurns(found.principals, async one => {
      if (!one.principal) return;
      one.policy = await this.#policy.evaluate(
        {
          kind: options.kind,
          product: product.entity,
          productRef: product.productRef,
          ownerRef: judgedPort.ownerRef,
          domainRef: judgedPort.domainRef,
          domainOwnerRef: domainOwners[judgedPort.domainRef],
          port,
          scope,
          ...reached,
          governance: this.#sources.governance,
          requesterRef: asker.userRef,
          requesterOwnershipRefs: [...asker.ownershipRefs],
          isAskedOfPeople: options.isAskedOfPeople,
          principal: one.principal,
          purpose: draft.purpose,
          durationDays: draft.durationDays,
        },
        one.via,
      );
    });
  }

  async #plan(
    { scope }: RequestDraft,
    found: Pick<Assessment, 'port' | 'provisioner' | 'principals'> & {
      together: object;
    },
    about: FoundEntitlement | undefined,
  ): Promise<void> {
    const { port, provisioner, together } = found;
    if (!port || !provisioner || !scope) return;
    await allInTurns(found.principals, async one => {
      if (!one.principal) return;
      const outcome = await this.#planner.plan(
        provisioner,
        { port, scope, principal: one.principal },
        together,
      );
      one.plan =
        about && outcome.ok
          ? await this.#asChange(provisioner, about, outcome)
          : outcome;
    });
  }

  /** What the worker will do and take away, not all that the scope needs. */
  async #asChange(
    provisioner: Provisioner,
    { entitlement: { id } }: FoundEntitlement,
    outcome: Extract<PlanOutcome, { ok: true }>,
  ): Promise<PlanOutcome> {
    const changed = await lookWithin(
      provisioner,
      this.#planner.timeoutMs,
      signal =>
        this.#entitlements.asChange(provisioner, {
          id,
          plan: outcome.plan,
          signal,
        }),
    );
    return changed.ok ? { ...outcome, plan: changed.found } : changed;
  }

  async #principalsOf(
    draft: RequestDraft,
    { product, provisioner }: Pick<Assessment, 'product' | 'provisioner'>,
    options: AssessOptions,
  ) {
    const { settled } = options;
    if (settled) {
      const { principal, via } = settled;
      const one: AssessedPrincipal = { id: principal.id, via, principal };
      return { principals: [one], facts: [{ readable: true, allowed: true }] };
    }
    if (!('caller' in options)) {
      throw new TypeError('A request that is judged again has its principal');
    }
    const { caller } = options;
    const ids = draft.principals ?? [];
    const mine = new Map(
      (await this.#principals.availableTo(caller)).map(one => [one.id, one]),
    );
    const forOthers =
      ids.some(id => !mine.has(id)) &&
      (await this.#mayAskForOthers(caller, product));
    const principals: AssessedPrincipal[] = [];
    const facts = ids.map(id => {
      const known = mine.get(id);
      const principal = provisioner?.readPrincipal(id);
      const allowed = forOthers || known !== undefined;
      principals.push({
        id,
        via: known?.via,
        ...(principal &&
          allowed && {
            principal: this.#principals.named(principal, known?.accountAlias),
          }),
      });
      return {
        // Without a provisioner nobody can tell; the port is the problem then.
        readable: !provisioner || principal !== undefined,
        allowed,
      };
    });
    return { principals, facts };
  }

  /** The permission, and governance or the product: whose access is given. */
  async #mayAskForOthers(
    caller: Caller,
    product: FoundProduct | undefined,
  ): Promise<boolean> {
    const products = await this.#powers.among(
      caller,
      product ? [{ productRef: product.productRef }] : [],
    );
    const inPower =
      (product && products.has(product.productRef)) ||
      this.#powers.governance.isGovernance(caller);
    return (
      inPower &&
      hasPermission(this.#permissions, requestForOthersPermission, caller)
    );
  }

  async #consumerOf({ consumerRef }: RequestDraft, caller: Caller) {
    if (consumerRef === undefined) return undefined;
    const ref = await this.#catalog.findConsumer(
      consumerRef,
      caller.credentials,
    );
    if (!ref) return { fact: 'unknown' as const };
    const { kind } = parseEntityRef(ref);
    return CONSUMER_KINDS.includes(kind.toLocaleLowerCase('en-US'))
      ? { fact: 'found' as const, ref }
      : { fact: 'wrong-kind' as const };
  }
}

/** What of a reach access did not reach when it was approved. */
function newlyReached(
  reached: FoundReach | undefined,
  about: FoundEntitlement | undefined,
): FoundReach | undefined {
  return (
    reached && {
      ...reached,
      reach: onlyNewlyReached(
        reached.reach,
        reached.judgedPort.domainRef,
        new Set(about?.approvedReach),
      ),
    }
  );
}

/** Why a port cannot be asked for, or not in this form. */
function standingProblems(
  standing: PortStanding | undefined,
  { scope }: RequestDraft,
  provisioner: Provisioner | undefined,
): Problem[] {
  if (standing && !standing.requestable) {
    return [
      {
        field: 'port',
        reason: standing.why ?? 'the port is not published',
      },
    ];
  }
  // What cannot be looked at cannot be given as a whole.
  return scope &&
    provisioner &&
    !provisioner.directory &&
    scopeForm(scope) !== 'tables'
    ? [
        {
          field: 'scope',
          reason: `${provisioner.title} does not tell which tables there are; choose tables`,
        },
      ]
    : [];
}

function distinct(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ field, reason }) => {
    const key = `${field}\n${reason}`;
    return !seen.has(key) && seen.add(key);
  });
}
