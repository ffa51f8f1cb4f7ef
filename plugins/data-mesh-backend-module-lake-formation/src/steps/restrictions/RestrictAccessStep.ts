import {
  sentence,
  type PlanStep,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import {
  Access,
  isNoAccess,
  subtractAccess,
  uniteAccess,
} from '../../lake/access';
import { ResourceAccess } from '../../lake/grant';
import { accessOn, holdingsOf, readHeld, writeHeld } from '../../lake/held';
import { resourceKey } from '../../lake/keys';
import { wantEntry } from '../../lake/wire';
import { accessInWords } from '../../lake/words';
import { catalogOf, permissionsCall, readGrantCall } from '../grants/GrantCall';
import { GrantReader } from '../grants/GrantReader';
import { PermissionWriter } from '../grants/PermissionWriter';
import { StepKind, UndoContext } from '../StepKind';
import {
  revokeChanges,
  changeEffect,
  PermissionChange,
} from '../grants/permissionChange';

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
    const resources = call.wants.map(({ resource }) => resource);
    const listed = await this.#grants.read({ ...call, resources }, signal);
    const held = holdingsOf(call, listed);
    const open = resources.filter(resource => held.has(resourceKey(resource)));
    return {
      state:
        (open.length === 0 && 'present') ||
        (open.length === resources.length ? 'absent' : 'partial'),
      held: writeHeld(held),
    };
  }

  /** What is to be given back by whoever ends last. */
  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject {
    const before = new Map<string, Access>();
    const sources = [
      readHeld(observation.held),
      ...sameKind(step, others).map(other => readHeld(other.baseline)),
    ];
    for (const { resource } of readGrantCall(step).wants) {
      before.set(
        resourceKey(resource),
        sources.map(one => accessOn(one, resource)).reduce(uniteAccess),
      );
    }
    return writeHeld(before);
  }

  async apply(
    step: PlanStep,
    observation: StepObservation,
    signal?: AbortSignal,
  ): Promise<void> {
    const call = readGrantCall(step);
    for (const { entries } of this.#toRevoke(step, observation)) {
      await this.#writer.revoke({ ...catalogOf(call), entries, signal });
    }
  }

  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[] {
    const call = readGrantCall(step);
    return this.#toRevoke(step, observation).map(change =>
      changeEffect(call, change),
    );
  }

  #toRevoke(step: PlanStep, observation: StepObservation): PermissionChange[] {
    const call = readGrantCall(step);
    const held = readHeld(observation.held);
    return revokeChanges(
      call,
      call.wants
        .map(({ resource }) => ({ resource, access: accessOn(held, resource) }))
        .filter(({ access }) => !isNoAccess(access)),
    );
  }

  planUndo(step: PlanStep, context: UndoContext): UndoPlan {
    const call = readGrantCall(step);
    const { back, needed } = this.#toGiveBack(step, context);
    return {
      removes:
        back.length > 0
          ? [
              {
                words: sentence('plan.restriction.lifted', {
                  access: accessInWords(back),
                }),
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
                words: sentence('plan.restriction.name'),
                because: sentence('plan.keeps.needed'),
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
  ): { back: ResourceAccess[]; needed: ResourceAccess[] } {
    const held = readHeld(observation.held);
    const before = readHeld(baseline);
    const neededPlaces = new Set(
      sameKind(step, others).flatMap(other =>
        readGrantCall(other.step).wants.map(({ resource }) =>
          resourceKey(resource),
        ),
      ),
    );
    const lacking = readGrantCall(step)
      .wants.map(({ resource }) => ({
        resource,
        access: subtractAccess(
          accessOn(before, resource),
          accessOn(held, resource),
        ),
      }))
      .filter(({ access }) => !isNoAccess(access));
    const isNeeded = ({ resource }: ResourceAccess) =>
      neededPlaces.has(resourceKey(resource));
    return {
      back: lacking.filter(want => !isNeeded(want)),
      needed: lacking.filter(isNeeded),
    };
  }
}
