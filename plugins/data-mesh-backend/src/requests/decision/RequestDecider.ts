import { ConflictError } from '@backstage/errors';
import type { NewDecision } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import {
  toUndoable,
  type UndoableDecisionStore,
} from '../../store/requests/UndoableDecisionStore';
import { decidingInWords } from '../lifecycle/standing';
import type { RequestReader } from '../reading/RequestReader';
import type { DecisionJudge } from './DecisionJudge';
import type { DecisionWriter } from './DecisionWriter';
import type { UndoableDecisions } from './UndoableDecisions';

interface RequestDeciderDeps {
  undoables: UndoableDecisionStore;
  reader: RequestReader;
  decisions: DecisionJudge;
  decided: DecisionWriter;
  undoable: UndoableDecisions;
}

/** Decides requests. */
export class RequestDecider {
  readonly #deps: RequestDeciderDeps;

  constructor(deps: RequestDeciderDeps) {
    this.#deps = deps;
  }

  /**
   * @throws NotAllowedError where the caller may not decide
   * @throws ConflictError where the request was changed or decided meanwhile,
   *   would do more by now than was shown, or somebody is deciding it
   * @throws InputError with all problems of the decision
   */
  async decide(
    id: string,
    seenVersion: number,
    { undoable, ...decision }: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const { undoables, reader, decisions, decided } = this.#deps;
    const record = await reader.record(id, caller);
    const deciding = await undoables.find(id);
    if (deciding) {
      throw new ConflictError(
        decidingInWords(toUndoable(deciding), caller.userRef),
      );
    }
    const judged = await decisions.judge(record, seenVersion, decision, () =>
      reader.standing(record, caller),
    );
    if (undoable && this.#deps.undoable.isOffered) {
      await this.#deps.undoable.store(record, decision, caller);
    } else {
      const { userRef: actorRef } = caller;
      await decided.write(record, judged, { decision, actorRef });
    }
  }
}
