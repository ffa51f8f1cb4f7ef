import type {
  AccessRequest,
  Decision,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { openRequestStates } from '@lakemesh/backstage-plugin-data-mesh-common';

/** A stage with how far it is. */
export interface StageProgress {
  stage: PolicyStage;
  state: 'decided' | 'now' | 'later' | 'not-reached';
  /** The decision that counts, which is the last one of the stage. */
  decision?: Decision;
}

/** How far each stage of a request is. */
export function stageProgress(
  request: Pick<AccessRequest, 'state' | 'stage' | 'policy'>,
  decisions: readonly Decision[],
): StageProgress[] {
  const open = openRequestStates.includes(request.state);
  const last = (index: number) =>
    decisions
      .filter(one => one.stage === index)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .pop();
  return request.policy.stages.map((stage, index) => {
    if (open && index > request.stage) return { stage, state: 'later' };
    // A changed request is decided anew: what was said before is history.
    if (
      open &&
      index === request.stage &&
      request.state !== 'changes-requested'
    ) {
      return { stage, state: 'now' };
    }
    const decision = last(index);
    return decision
      ? { stage, state: 'decided', decision }
      : { stage, state: open ? 'now' : 'not-reached' };
  });
}
