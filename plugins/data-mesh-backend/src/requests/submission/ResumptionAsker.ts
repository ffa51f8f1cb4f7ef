import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isOpenRequest,
  type Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../../audit/AuditLog';
import type { EntitlementStore } from '../../entitlements/reading/EntitlementStore';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import type { People } from '../../people';
import { closeRequest, type CloseDeps } from '../lifecycle/closeRequest';
import { freshJudgement } from '../judge/freshJudgement';
import type { RequestAssessor } from '../assessment/RequestAssessor';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import { askedOf, lapseTime, snapshotOf } from './RequestSubmitter';
import { auditedState } from '../lifecycle/RequestWriter';
import { takeTurns } from './takeTurns';

interface AskerDeps extends CloseDeps {
  store: RequestStore;
  assessor: RequestAssessor;
  entitlements: Pick<EntitlementStore, 'suspended'>;
  people: Pick<People, 'refsOf'>;
  audit: Pick<AuditLog, 'append'>;
  logger: LoggerService;
  lapseDays: number;
}

/**
 * Asks the approvers of what suspended access newly reaches whether it goes on,
 * by a request like any other.
 */
export class ResumptionAsker {
  readonly #deps: AskerDeps;

  constructor(deps: AskerDeps) {
    this.#deps = deps;
  }

  /**
   * Asks about all suspended access that nobody is asked about. What cannot be
   * asked now stays suspended, and is asked in the next pass.
   */
  async pass(signal?: AbortSignal): Promise<void> {
    const { store, entitlements, logger } = this.#deps;
    const suspended = await entitlements.suspended();
    if (suspended.length === 0) return;
    const open = new Map(
      (await store.openResumptions()).map(one => [
        one.amendsEntitlementId,
        one,
      ]),
    );
    for (const entitlement of suspended) {
      if (signal?.aborted) return;
      try {
        await this.#ask(entitlement, open.get(entitlement.id));
      } catch (error) {
        logger.warn(
          `Nobody could be asked whether the suspended entitlement ${entitlement.id} goes on; it stays suspended, and is asked about later`,
          error instanceof Error ? error : undefined,
        );
      }
    }
  }

  async #ask(
    entitlement: Entitlement,
    open: RequestRecord | undefined,
  ): Promise<void> {
    if (open?.productRef === entitlement.productRef) return;
    if (open) {
      await closeRequest(
        this.#deps,
        open,
        'lapse',
        SYSTEM_ACTOR,
        `The access belongs to ${entitlement.productRef} now; whether it goes on is asked there`,
      );
    }
    const record = await this.#recordOf(entitlement);
    if (await this.#insert(record, entitlement)) {
      this.#deps.events.emit('request', {
        record,
        happening: 'created',
        actorRef: SYSTEM_ACTOR,
        comment: entitlement.suspension?.newlyReached.join('; '),
      });
    }
  }

  async #recordOf(entitlement: Entitlement): Promise<RequestRecord> {
    const { store, assessor, people, now, newId, lapseDays } = this.#deps;
    const original = await store.get(entitlement.requestId);
    const { requesterRef: userRef, principal, scope } = entitlement;
    const assessment = await assessor.assess(
      {
        productRef: entitlement.productRef,
        port: entitlement.port,
        principals: [principal.id],
        scope,
        purpose: entitlement.purpose,
        durationDays: entitlement.durationDays,
        ...(original.justification && {
          justification: original.justification,
        }),
        entitlementId: entitlement.id,
      },
      {
        requester: { userRef, ownershipRefs: await people.refsOf(userRef) },
        kind: 'resume',
        complete: false,
        isAskedOfPeople: true,
        settled: { principal, via: original.principalVia },
      },
    );
    const [one] = assessment.principals;
    const asked = askedOf(assessment, one);
    const at = now();
    const createdAt = at.toISOString();
    const { problems, refusals } = assessment;
    return {
      id: newId(),
      groupId: newId(),
      kind: 'resume',
      state: 'pending',
      version: 1,
      requesterRef: userRef,
      principal,
      ...(original.principalVia && { principalVia: original.principalVia }),
      ...(entitlement.consumerRef && { consumerRef: entitlement.consumerRef }),
      ...snapshotOf(asked),
      scope,
      sensitiveColumns: assessment.sensitiveColumns,
      purpose: entitlement.purpose,
      ...(original.justification && { justification: original.justification }),
      durationDays: entitlement.durationDays,
      policy: asked.policy,
      stage: 0,
      createdAt,
      updatedAt: createdAt,
      lapsesAt: lapseTime(at, lapseDays),
      judged: {
        ...freshJudgement(
          assessment,
          scope,
          createdAt,
          original.judged?.requesterKnown ?? true,
        ),
        problems: [...problems, ...refusals],
      },
      amendsEntitlementId: entitlement.id,
    };
  }

  /** @returns false where it was asked, or has ended, meanwhile */
  async #insert(
    record: RequestRecord,
    { id, suspension }: Entitlement,
  ): Promise<boolean> {
    const { store, entitlements, history, audit, newId } = this.#deps;
    return store.transaction(async tx => {
      await takeTurns(tx, [record]);
      const about = await store.aboutEntitlement(id, tx);
      const isAsked = about.some(
        one => one.kind === 'resume' && isOpenRequest(one),
      );
      const isSuspended = (await entitlements.suspended(tx)).some(
        one => one.id === id,
      );
      if (isAsked || !isSuspended) return false;
      await store.insert(tx, record);
      await history.addComment(tx, record.id, {
        id: newId(),
        authorRef: SYSTEM_ACTOR,
        text: `${suspension?.reason ?? 'The access is suspended'}: ${
          suspension?.newlyReached.join('; ') ?? ''
        }. Approving gives it back, rejecting ends it.`,
        at: record.createdAt,
      });
      await audit.append(tx, {
        actorRef: SYSTEM_ACTOR,
        action: 'request.created',
        subject: `request:${record.id}`,
        after: {
          ...auditedState(record),
          productRef: record.productRef,
          port: record.port,
          principal: record.principal.id,
          resumes: id,
        },
        correlationId: record.id,
      });
      return true;
    });
  }
}
