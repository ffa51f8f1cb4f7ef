import {
  EmulatorBehaviourControl,
  createBehaviourControl,
} from './control/BehaviourControl';
import { CallLog } from './control/EmulatorCalls';
import { EmulatorClock } from './control/EmulatorClock';
import { FaultPlan } from './control/FaultPlan';
import { StateHistory } from './control/StateHistory';
import { WritesInFlight } from './control/WritesInFlight';
import { EmulatorSnapshot, loadState, saveState } from './control/snapshot';
import { EmulatorState } from './model/state/EmulatorState';
import { applySeed } from './seed/applySeed';
import { LakeFormationEmulatorSeed } from './seed/SeedAccount';
import { readSeed } from './seed/readSeed';

/** An emulator without its HTTP server. */
export class Emulator {
  readonly calls = new CallLog();
  readonly faults = new FaultPlan();
  readonly history = new StateHistory();
  readonly writes = new WritesInFlight();
  readonly clock: EmulatorClock;
  readonly behaviour: EmulatorBehaviourControl = createBehaviourControl(
    () => this.state,
  );
  readonly defaultAccount?: string;
  readonly #seed: LakeFormationEmulatorSeed;
  state: EmulatorState;

  constructor(options: {
    seed: LakeFormationEmulatorSeed;
    clock: EmulatorClock;
    defaultAccount?: string;
  }) {
    this.#seed = readSeed(options.seed);
    this.clock = options.clock;
    this.defaultAccount = options.defaultAccount;
    this.state = applySeed(this.#seed, this.clock.now());
  }

  snapshot(): EmulatorSnapshot {
    return saveState(this.state);
  }

  restore(snapshot: EmulatorSnapshot): void {
    this.state = loadState(snapshot);
    this.history.clear();
  }

  /** Back to the seed, without faults and with an empty log. */
  reset(): void {
    this.faults.clear();
    this.calls.clear();
    this.history.clear();
    this.state = applySeed(this.#seed, this.clock.now());
  }
}
