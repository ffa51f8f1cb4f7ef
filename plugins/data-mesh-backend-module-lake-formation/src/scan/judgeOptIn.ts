import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import { resourceInWords } from '../lake/words';
import { optInKey, readOptInCall } from '../steps/optIns/describeOptIn';

/**
 * Whether an opt-in is among those that a scan has read. Pure.
 *
 * @param optIns - by their keys; undefined where they were not read
 */
export function judgeOptIn(
  step: PlanStep,
  optIns: ReadonlySet<string> | undefined,
): StepJudgement {
  if (!optIns) return { state: 'unseen' };
  const call = readOptInCall(step);
  const { resource, principalId } = call;
  if (optIns.has(optInKey(resource, call))) return { state: 'present' };
  // AWS does not say whether an account's pages hold those in nested catalogs.
  if (resource.catalogId.includes(':')) return { state: 'unseen' };
  return {
    state: 'absent',
    words: `Not opted in any more: \`${principalId}\` on ${
      resourceInWords(resource).text
    }, where IAM decides now`,
  };
}
