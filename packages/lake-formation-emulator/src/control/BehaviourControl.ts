import { EmulatorBehaviour } from '../model/api/Behaviour';
import { EmulatorState } from '../model/state/EmulatorState';
import { behaviourSchema } from '../input/behaviourSchema';
import { checked } from '../input/checked';

/**
 * Shows and changes how the emulator behaves.
 *
 * @public
 */
export interface EmulatorBehaviourControl {
  /** How it behaves now. */
  get(): EmulatorBehaviour;
  /**
   * Changes what is given and leaves the rest. New limits start with full
   * buckets. Throws a TypeError where something is wrong.
   */
  set(change: Partial<EmulatorBehaviour>): EmulatorBehaviour;
}

/** The behaviour of whatever state the emulator has at the time. */
export const createBehaviourControl = (
  stateOf: () => EmulatorState,
): EmulatorBehaviourControl => ({
  get: () => structuredClone(stateOf().behaviour),
  set: change => {
    const state = stateOf();
    const read = checked(behaviourSchema, change, 'The behaviour');
    state.behaviour = { ...state.behaviour, ...structuredClone(read) };
    if (read.limits) state.buckets.clear();
    return structuredClone(state.behaviour);
  },
});
