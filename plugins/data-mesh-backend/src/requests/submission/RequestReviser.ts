import { NotAllowedError } from '@backstage/errors';
import type { NewRevision } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ProblemsError } from '../../errors/ProblemsError';
import type { Caller } from '../../identity/Caller';
import type { Tell } from '../../events';
import { failureInWords } from '../../provisioners/AccessPlanner';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { RequestAssessor } from '../assessment/RequestAssessor';
import { beforeOf } from '../lifecycle/beforeOf';
import { requirePossible } from '../lifecycle/standing';
import { freshJudgement } from '../judge/freshJudgement';
import type { RequestReader } from '../reading/RequestReader';
import { askedOf, lapseTime } from './RequestSubmitter';
import type { RequestWriter } from '../lifecycle/RequestWriter';

/** Lets the requester answer "changes requested" with a changed request. */
export class RequestReviser {
  readonly #deps: {
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    assessor: RequestAssessor;
    events: Tell;
    lapseDays: number;
    now: () => Date;
  };

  constructor(deps: {
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    assessor: RequestAssessor;
    events: Tell;
    lapseDays: number;
    now: () => Date;
  }) {
    this.#deps = deps;
  }

  /**
   * @throws NotAllowedError where the caller is not the requester
   * @throws ConflictError where no changes are asked for, or not any more
   * @throws InputError with all problems
   */
  async revise(
    id: string,
    seenVersion: number,
    revision: NewRevision,
    caller: Caller,
  ): Promise<void> {
    const { reader, writer, history, events } = this.#deps;
    const seen = await reader.record(id, caller);
    if (seen.requesterRef !== caller.userRef) {
      throw new NotAllowedError(
        `Only ${seen.requesterRef}, who made the request, can change it`,
      );
    }
    await writer.requireVersion(seen, seenVersion);
    requirePossible(seen, 'revise');
    const { comment, ...asked } = revision;
    const assessment = await this.#deps.assessor.assess(
      {
        ...asked,
        productRef: seen.productRef,
        port: seen.port,
        principals: [seen.principal.id],
        ...(seen.amendsEntitlementId && {
          entitlementId: seen.amendsEntitlementId,
        }),
      },
      {
        caller,
        kind: seen.kind,
        complete: true,
        // A person has looked at it: no rule approves it any more.
        isAskedOfPeople: true,
        settled: { principal: seen.principal, via: seen.principalVia },
      },
    );
    const problems = [...assessment.problems, ...assessment.refusals];
    if (problems.length > 0) throw new ProblemsError(problems);
    const { port, policy, plan } = askedOf(
      assessment,
      assessment.principals[0],
    );
    const now = this.#deps.now();
    const at = now.toISOString();
    const record = await writer.commit(
      {
        seen,
        next: {
          ...seen,
          state: 'pending',
          stage: 0,
          scope: asked.scope,
          sensitiveColumns: assessment.sensitiveColumns,
          consumerRef: assessment.consumerRef,
          purpose: asked.purpose,
          justification: asked.justification?.trim() || undefined,
          // An amendment keeps the end.
          durationDays:
            seen.kind === 'amend' ? seen.durationDays : asked.durationDays,
          policy,
          portSnapshot: port,
          plan: plan.ok ? plan.plan : undefined,
          planError: plan.ok ? undefined : failureInWords(plan.error),
          identities: plan.ok ? plan.identities : {},
          judged: freshJudgement(
            assessment,
            asked.scope,
            at,
            seen.judged?.requesterKnown ?? true,
          ),
          updatedAt: at,
          lapsesAt: lapseTime(now, this.#deps.lapseDays),
        },
        actorRef: caller.userRef,
        action: 'request.revised',
        note: comment?.trim() ? { comment: comment.trim() } : undefined,
      },
      tx =>
        history.addRevision(tx, id, {
          authorRef: caller.userRef,
          at,
          ...(comment?.trim() && { comment: comment.trim() }),
          before: beforeOf(seen),
        }),
    );
    events.emit('request', {
      record,
      happening: 'revised',
      actorRef: caller.userRef,
      comment,
    });
  }
}
