import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  isOpenRequest,
  requestCreatePermission,
  type CreatedRequests,
  type NewRequest,
  type OutputPort,
  type PolicyEvaluation,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { DatabaseAuditLog } from '../../audit/DatabaseAuditLog';
import type { FoundProduct, MeshCatalog } from '../../catalog/MeshCatalog';
import type { EntitlementIntake } from '../../entitlements/lifecycle/EntitlementIntake';
import type { FoundEntitlement } from '../../entitlements/reading/EntitlementReader';
import { ProblemsError } from '../../errors/ProblemsError';
import { SYSTEM_ACTOR, type Caller } from '../../identity/Caller';
import type { Tell } from '../../events';
import { requirePermission } from '../../permissions';
import type { Seen, Sight } from '../../sight';
import {
  failureInWords,
  type PlanOutcome,
} from '../../provisioners/AccessPlanner';
import { handOver } from '../decision/entitlementOf';
import type { ExistingAccessFinder } from '../reading/ExistingAccess';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import { freshJudgement } from '../judge/freshJudgement';
import type {
  AssessedPrincipal,
  Assessment,
  RequestAssessor,
} from '../assessment/RequestAssessor';
import type { RequestReader } from '../reading/RequestReader';
import {
  toResource,
  type RequestRecord,
} from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import { auditedState } from '../lifecycle/RequestWriter';
import {
  hashOfBody,
  type Submission,
  type SubmissionStore,
} from '../../store/requests/SubmissionStore';
import { nextTurn } from '../../turns';
import { takeTurns } from './takeTurns';

interface Asked {
  product: FoundProduct;
  port: OutputPort;
  principal: Principal;
  via?: string;
  policy: PolicyEvaluation;
  plan: PlanOutcome;
}

/** Makes requests: one for each principal, all or none. */
export class RequestSubmitter {
  readonly #deps: {
    store: RequestStore;
    history: HistoryStore;
    submissions: SubmissionStore;
    assessor: RequestAssessor;
    existing: ExistingAccessFinder;
    reader: RequestReader;
    catalog: Pick<MeshCatalog, 'entitiesOf'>;
    intake: EntitlementIntake;
    audit: DatabaseAuditLog;
    events: Tell;
    permissions: PermissionsService;
    sight: Sight;
    lapseDays: number;
    now: () => Date;
    newId: () => string;
  };

  constructor(deps: {
    store: RequestStore;
    history: HistoryStore;
    submissions: SubmissionStore;
    assessor: RequestAssessor;
    existing: ExistingAccessFinder;
    reader: RequestReader;
    catalog: Pick<MeshCatalog, 'entitiesOf'>;
    intake: EntitlementIntake;
    audit: DatabaseAuditLog;
    events: Tell;
    permissions: PermissionsService;
    sight: Sight;
    lapseDays: number;
    now: () => Date;
    newId: () => string;
  }) {
    this.#deps = deps;
  }

  /**
   * @throws InputError with all problems
   * @throws ConflictError where what is asked for is held or asked for already,
   *   or the idempotency key was used for something else
   */
  async submit(
    body: NewRequest,
    caller: Caller,
    idempotencyKey?: string,
  ): Promise<CreatedRequests> {
    const { permissions, submissions } = this.#deps;
    await requirePermission(permissions, requestCreatePermission, caller);
    const submission = idempotencyKey
      ? {
          userRef: caller.userRef,
          idempotencyKey,
          bodyHash: hashOfBody(body),
        }
      : undefined;
    const before = submission && (await submissions.find(submission));
    if (before) return this.#answer(before);
    try {
      return await this.#answer(await this.#make(body, caller, submission));
    } catch (error) {
      // The same submission may be what stood in the way.
      const made = submission && (await submissions.find(submission));
      if (made) return this.#answer(made);
      throw error;
    }
  }

  /** @returns the group that was made */
  async #make(
    body: NewRequest,
    caller: Caller,
    submission: Submission | undefined,
  ): Promise<string> {
    const kind = body.kind ?? 'new';
    const assessment = await this.#deps.assessor.assess(body, {
      caller,
      kind,
      complete: true,
    });
    const problems = [...assessment.problems, ...assessment.refusals];
    if (problems.length > 0) throw new ProblemsError(problems);
    const groupId = this.#deps.newId();
    const known = await this.#deps.catalog.entitiesOf([caller.userRef]);
    const requesterKnown = known.has(caller.userRef);
    const records = assessment.principals.map(one =>
      this.#recordOf(body, askedOf(assessment, one), assessment, {
        groupId,
        caller,
        requesterKnown,
      }),
    );
    const seen = await this.#deps.sight.of(caller);
    await this.#insert(records, submission, async tx => {
      await this.#refuseDuplicates(tx, body, assessment, seen);
      if (assessment.about) {
        await this.#refuseSecondChange(tx, assessment.about, seen);
      }
    });
    return groupId;
  }

  async #answer(groupId: string): Promise<CreatedRequests> {
    const items = await this.#deps.store.group(groupId);
    return {
      groupId,
      items: await this.#deps.reader.toAccessRequests(items),
    };
  }

  async #refuseDuplicates(
    tx: Knex.Transaction,
    body: NewRequest,
    { product, principals }: Assessment,
    seen: Seen,
  ): Promise<void> {
    // A renewal asks for what is held; only a second one is a duplicate.
    if (body.kind === 'renew') return;
    const reason = await this.#deps.existing.whyNotAgain(
      {
        productRef: product?.productRef ?? body.productRef,
        port: body.port,
        principals: principals.map(one => one.id),
        scope: body.scope,
        exceptEntitlementId: body.entitlementId,
      },
      seen,
      tx,
    );
    if (reason) throw new ConflictError(reason);
  }

  /** Two at once would be decided without knowing of each other. */
  async #refuseSecondChange(
    tx: Knex.Transaction,
    { entitlement }: FoundEntitlement,
    seen: Seen,
  ): Promise<void> {
    const { store } = this.#deps;
    const about = await store.aboutEntitlement(entitlement.id, tx);
    const open = about.find(isOpenRequest);
    if (!open) return;
    const [request] = await store.summaries([open.id], tx);
    throw new ConflictError(
      request && seen.request(toResource(request))
        ? `The request ${open.id} asks to ${open.kind} the entitlement ${entitlement.id} already; it is ${open.state}`
        : `A request that you may not see asks to ${open.kind} the entitlement ${entitlement.id} already`,
    );
  }

  #recordOf(
    body: NewRequest,
    asked: Asked,
    assessment: Assessment,
    made: { groupId: string; caller: Caller; requesterKnown: boolean },
  ): RequestRecord {
    const { sensitiveColumns, consumerRef, about } = assessment;
    const { policy, plan } = asked;
    const kind = body.kind ?? 'new';
    const now = this.#deps.now();
    const at = now.toISOString();
    if (policy.autoApproved && !plan.ok && kind !== 'renew') {
      throw new ServiceUnavailableError(
        `The request would be approved by rule, but what would be done cannot be found out now: ${failureInWords(
          plan.error,
        )}. Nothing was asked for; try again later`,
      );
    }
    return {
      id: this.#deps.newId(),
      groupId: made.groupId,
      kind,
      state: policy.autoApproved ? 'approved' : 'pending',
      version: 1,
      requesterRef: made.caller.userRef,
      principal: asked.principal,
      ...(asked.via && { principalVia: asked.via }),
      ...(consumerRef && { consumerRef }),
      ...snapshotOf(asked),
      scope: body.scope,
      sensitiveColumns,
      purpose: body.purpose,
      ...(body.justification?.trim() && {
        justification: body.justification.trim(),
      }),
      // An amendment keeps the end.
      durationDays:
        kind === 'amend' && about
          ? about.entitlement.durationDays
          : body.durationDays,
      policy,
      stage: 0,
      createdAt: at,
      updatedAt: at,
      ...(policy.autoApproved
        ? { decidedAt: at }
        : { lapsesAt: lapseTime(now, this.#deps.lapseDays) }),
      judged: freshJudgement(assessment, body.scope, at, made.requesterKnown),
      ...(about && { amendsEntitlementId: about.entitlement.id }),
    };
  }

  /** @param refuse - throws where somebody else has made the same meanwhile */
  async #insert(
    records: RequestRecord[],
    submission: Submission | undefined,
    refuse: (tx: Knex.Transaction) => Promise<void>,
  ): Promise<void> {
    const { store, submissions, intake, events } = this.#deps;
    const [{ groupId, createdAt }] = records;
    await store.transaction(async tx => {
      if (submission) {
        await submissions.claim(tx, submission, { groupId, at: createdAt });
      }
      await takeTurns(tx, records);
      await refuse(tx);
      for (const record of records) {
        await store.insert(tx, record);
        await nextTurn();
      }
      for (const record of records) {
        await this.#record(tx, record);
        await nextTurn();
      }
    });
    for (const { state, amendsEntitlementId } of records) {
      if (state === 'approved') intake.wake(amendsEntitlementId);
    }
    for (const record of records) {
      events.emit('request', {
        record,
        happening: record.state === 'approved' ? 'approved' : 'created',
        actorRef:
          record.state === 'approved' ? SYSTEM_ACTOR : record.requesterRef,
        comment: record.policy.autoApprovedBecause?.text,
      });
    }
  }

  /** Puts a new request on the audit trail, and through where a rule says so. */
  async #record(tx: Knex.Transaction, record: RequestRecord): Promise<void> {
    const { store, history, intake, audit, newId } = this.#deps;
    await audit.append(tx, {
      actorRef: record.requesterRef,
      action: 'request.created',
      subject: `request:${record.id}`,
      after: {
        ...auditedState(record),
        productRef: record.productRef,
        port: record.port,
        principal: record.principal.id,
      },
      correlationId: record.id,
    });
    if (record.state !== 'approved') return;
    const comment = record.policy.autoApprovedBecause?.text;
    await history.addDecision(tx, record.id, record.version, {
      id: newId(),
      actorRef: SYSTEM_ACTOR,
      decision: 'approve',
      stage: 0,
      ...(comment && { comment }),
      at: record.createdAt,
    });
    const entitlementId = await handOver(intake, tx, record, [SYSTEM_ACTOR]);
    await store.setEntitlement(tx, record.id, entitlementId);
    await audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action: 'request.approved',
      subject: `request:${record.id}`,
      after: {
        state: record.state,
        entitlementId,
        ...(comment && { because: comment }),
      },
      correlationId: record.id,
    });
  }
}

/** When a request that nobody decides lapses. */
export function lapseTime(now: Date, days: number): string {
  return new Date(now.getTime() + days * 864e5).toISOString();
}

/** What an assessment without problems has. */
export function askedOf(
  { product, port }: Assessment,
  { principal, via, policy, plan }: AssessedPrincipal,
): Asked {
  if (!product || !port || !principal || !policy || !plan) {
    throw new Error(
      'A request without problems lacks a product, port, principal, policy or plan',
    );
  }
  return { product, port, principal, via, policy, plan };
}

/** What a request keeps of its product, its port and what will be done. */
export function snapshotOf({
  product,
  port,
  plan,
}: Pick<Asked, 'product' | 'port' | 'plan'>) {
  return {
    productRef: product.productRef,
    productTitle: product.title,
    productVersion: product.entity.spec.version,
    productOwnerRef: product.ownerRef,
    domainRef: product.domainRef,
    port: port.name,
    ...(port.title && { portTitle: port.title }),
    portType: port.type,
    ...(port.version && { portVersion: port.version }),
    portSnapshot: port,
    ...(plan.ok
      ? { plan: plan.plan, identities: plan.identities }
      : { planError: failureInWords(plan.error), identities: {} }),
  };
}
