import type {
  LiveStep,
  Provisioner,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';

const NOTHING = 'nothing to take away';

/** A step to undo, and what its journal knows. The locks are held. */
export interface StepToUndo {
  step: PlanStep;
  baseline: JsonObject;
  users(): Promise<LiveStep[]>;
  signal: AbortSignal;
}

/**
 * Takes away what only this step needed, and looks whether it is gone. A step
 * that has no inverse has nothing to take away, and needs no look.
 *
 * @returns what was done, in words
 * @throws ProvisionerFailure
 */
export async function undoStep(
  provisioner: Provisioner,
  { step, baseline, users, signal }: StepToUndo,
): Promise<string> {
  if (!step.undo) return NOTHING;
  const others = await users();
  const look = async (): Promise<
    UndoPlan & { context: Parameters<Provisioner['undo']>[1] }
  > => {
    const observation = await callProvisioner(provisioner, () =>
      provisioner.observe(step, { signal }),
    );
    const context = { observation, baseline, others, signal };
    const plan = await callProvisioner(provisioner, () =>
      provisioner.planUndo(step, context),
    );
    return { ...plan, context };
  };

  const before = await look();
  if (before.removes.length === 0) {
    return `${NOTHING}${kept(before)}`;
  }
  await callProvisioner(provisioner, () =>
    provisioner.undo(step, before.context),
  );
  const after = await look();
  if (after.removes.length > 0) {
    throw new ProvisionerFailure({
      code: 'StillVisible',
      message: `${
        provisioner.title
      } took the call without an error, but still lists: ${after.removes
        .map(effect => effect.words.text)
        .join('; ')}`,
      kind: 'transient',
      advice: `Look in ${provisioner.title} whether somebody grants it again, then retry`,
    });
  }
  return `taken away and verified${kept(after)}`;
}

function kept({ keeps }: UndoPlan): string {
  if (keeps.length === 0) return '';
  const words = keeps.map(({ words: what, because }) =>
    because ? `${what.text} (${because.text})` : what.text,
  );
  return `; stays: ${words.join('; ')}`;
}
