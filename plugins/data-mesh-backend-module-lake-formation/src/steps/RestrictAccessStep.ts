import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { GrantWant } from '../model/GrantWant';
import { placeKey } from '../model/Place';
import {
  TableAccess,
  isNoAccess,
  subtractAccess,
  uniteAccess,
} from '../model/TableAccess';
import { accessInWords } from '../planning/accessWords';
import { catalogOf, permissionsCall, readGrantCall } from './GrantCall';
import { GrantReader, holdingsOf } from './GrantReader';
import { accessOn, readAccess, writeAccess } from './HeldAccess';
import { PermissionWriter } from './PermissionWriter';
import { StepKind, UndoContext } from './StepKind';
import { revokeEntries, wantEntry } from './permissionEntries';

const sameKind = (step: PlanStep, others: LiveStep[]) =>
  others.filter(other => other.step.kind === step.kind);

/**
 * Revokes what IAM_ALLOWED_PRINCIPALS holds, where that keeps a grant to
 * another account from being made. Ending it gives back what was held before.
 */
export class RestrictAccessStep implements StepKind {
  readonly #writer: PermissionWriter;
  readonly #grants: GrantReader;

  constructor(options: { writer: PermissionWriter; grants: GrantReader }) {
    this.#writer = options.writer;
    this.#grants = options.grants;
  }

  async observe(
    step: PlanStep,
    signal?: AbortSignal,
  ): Promise<StepObservation> {
    const call = readGrantCall(step);
    const places = call.wants.map(({ place }) => place);
    const listed = await this.#grants.read({ ...call, places }, signal);
    const held = holdingsOf(call, listed);
    const open = places.filter(place => held.has(placeKey(place)));
    return {
      state:
        (open.length === 0 && 'present') ||
        (open.length === places.length ? 'absent' : 'partial'),
      held: writeAccess(held),
    };
  }

  /** What is to be given back by whoever ends last. */
  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    const before = new Map<string, TableAccess>();
    const sources = [
      readAccess(observation.held),
      ...sameKind(step, others).map(other => readAccess(other.baseline)),
    ];
    for (const { place } of readGrantCall(step).wants) {
      before.set(
        placeKey(place),
        sources.map(one => accessOn(one, place)).reduce(uniteAccess),
      );
    }
    return writeAccess(before);
  }

  async apply(
    step: PlanStep,
    observation: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    const call = readGrantCall(step);
    const held = readAccess(observation.held);
    const entries = call.wants
      .map(({ place }) => ({ place, access: accessOn(held, place) }))
      .filter(({ access }) => !isNoAccess(access))
      .map(want => revokeEntries(call, want));
    for (const part of [
      entries.flatMap(({ first }) => first),
      entries.flatMap(({ then }) => then),
    ]) {
      await this.#writer.revoke({
        ...catalogOf(call),
        entries: part,
        signal,
      });
    }
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const call = readGrantCall(step);
    const { back, needed } = this.#toGiveBack(step, context);
    return {
      removes:
        back.length > 0
          ? [
              {
                words: `the restriction: IAM_ALLOWED_PRINCIPALS gets ${accessInWords(
                  back,
                )} again`,
                call: permissionsCall(
                  'Grant',
                  call.catalogAccountId,
                  back.map(want => wantEntry(call, want)),
                ),
              },
            ]
          : [],
      keeps:
        needed.length > 0
          ? [
              {
                words: 'the restriction by Lake Formation',
                because: 'another entitlement needs it',
              },
            ]
          : [],
    };
  }

  async undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void> {
    const call = readGrantCall(step);
    const { back } = this.#toGiveBack(step, context);
    if (back.length === 0) return;
    await this.#writer.grant({
      ...catalogOf(call),
      entries: back.map(want => wantEntry(call, want)),
      signal: context.signal,
    });
  }

  #toGiveBack(
    step: PlanStep,
    { observation, baseline, others }: UndoContext,
  ): { back: GrantWant[]; needed: GrantWant[] } {
    const held = readAccess(observation.held);
    const before = readAccess(baseline);
    const neededPlaces = new Set(
      sameKind(step, others).flatMap(other =>
        readGrantCall(other.step).wants.map(({ place }) => placeKey(place)),
      ),
    );
    const lacking = readGrantCall(step)
      .wants.map(({ place }) => ({
        place,
        access: subtractAccess(accessOn(before, place), accessOn(held, place)),
      }))
      .filter(({ access }) => !isNoAccess(access));
    const isNeeded = ({ place }: GrantWant) =>
      neededPlaces.has(placeKey(place));
    return {
      back: lacking.filter(want => !isNeeded(want)),
      needed: lacking.filter(isNeeded),
    };
  }
}
