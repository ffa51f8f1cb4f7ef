import { ServiceUnavailableError } from '@backstage/errors';
import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  failureInWords,
  type PlanOutcome,
} from '../../provisioners/AccessPlanner';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { Judgement } from './RequestJudge';

/** The part of a request that its plan is made of. */
export type Planned = Pick<
  RequestRecord,
  'portSnapshot' | 'plan' | 'identities' | 'planError'
>;

/** What would be done now; what was shown where that cannot be found out. */
export function plannedNow(
  record: RequestRecord,
  { plan, assessment }: Pick<Judgement, 'plan' | 'assessment'>,
): Planned {
  const portSnapshot = assessment.port ?? record.portSnapshot;
  const { identities } = record;
  if (plan?.ok) {
    return {
      portSnapshot,
      plan: plan.plan,
      identities: plan.identities,
      planError: undefined,
    };
  }
  return {
    portSnapshot,
    plan: record.plan,
    identities,
    planError: plan ? failureInWords(plan.error) : record.planError,
  };
}

/**
 * What an approval carries out.
 *
 * @param isNarrower - whether it is less than what was shown
 * @throws ServiceUnavailableError where that cannot be found out now
 */
export function plannedForApproval(
  record: RequestRecord,
  judgement: Pick<Judgement, 'plan' | 'assessment'>,
  isNarrower: boolean,
): Planned & { plan: Plan } {
  const { plan } = judgement;
  // The very steps that were shown are no more than was shown: they may be
  // approved while the system does not answer.
  if (!plan?.ok && (isNarrower || !record.plan)) throw unplannable(plan);
  const planned = plannedNow(record, judgement);
  if (!planned.plan) throw unplannable(plan);
  return { ...planned, plan: planned.plan, planError: undefined };
}

function unplannable(plan: PlanOutcome | undefined): Error {
  const why = plan && !plan.ok ? `: ${failureInWords(plan.error)}` : '';
  return new ServiceUnavailableError(
    `What would be done cannot be found out now${why}. Nothing was decided; try again later`,
  );
}
