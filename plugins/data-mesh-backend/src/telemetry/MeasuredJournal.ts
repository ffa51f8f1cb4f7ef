import type { EntitlementChange } from '../entitlements/lifecycle/EntitlementChange';
import { StepJournal } from '../provisioning/StepJournal';
import type { Claim } from '../provisioning/StepQueue';
import type { StepMeter, StepOutcome } from './StepMeter';

type JournalOptions = ConstructorParameters<typeof StepJournal>[0];
type Recorded<K extends keyof StepJournal> = StepJournal[K] extends (
  ...args: infer A
) => unknown
  ? A
  : never;

/** A journal that tells a meter what it has recorded. */
export class MeasuredJournal extends StepJournal {
  readonly #meter: Pick<StepMeter, 'recorded'>;

  constructor(options: JournalOptions, meter: Pick<StepMeter, 'recorded'>) {
    super(options);
    this.#meter = meter;
  }

  async recordApplied(...args: Recorded<'recordApplied'>) {
    return this.#told(args[0], 'applied', super.recordApplied(...args));
  }

  async recordUndone(...args: Recorded<'recordUndone'>) {
    return this.#told(args[0], 'undone', super.recordUndone(...args));
  }

  async recordSetback(...args: Recorded<'recordSetback'>) {
    return this.#told(args[0], 'retrying', super.recordSetback(...args));
  }

  async recordFailed(...args: Recorded<'recordFailed'>) {
    return this.#told(args[0], 'failed', super.recordFailed(...args));
  }

  async giveBack(...args: Recorded<'giveBack'>) {
    return this.#told(args[0], 'returned', super.giveBack(...args));
  }

  async #told(
    claim: Claim,
    outcome: StepOutcome,
    recording: Promise<EntitlementChange>,
  ): Promise<EntitlementChange> {
    const change = await recording;
    this.#meter.recorded(claim, outcome);
    return change;
  }
}
