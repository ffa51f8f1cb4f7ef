import type {
  MetricsService,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import { measureHappenings, type HappeningsOptions } from './measureHappenings';
import { observeStore } from './observeStore';
import { StepMeter } from './StepMeter';

/** What can be seen from outside of what happens inside. */
export interface Telemetry {
  steps: StepMeter;
  tracing: TracingService;
  /** Lets nobody read from the database any more. */
  stop(): void;
}

/** Measures and traces; names and attributes are those of `docs/operations.md`. */
export function createTelemetry(
  options: HappeningsOptions & {
    metrics: MetricsService;
    tracing: TracingService;
    knex: Knex;
  },
): Telemetry {
  measureHappenings(options);
  return {
    steps: new StepMeter(options),
    tracing: options.tracing,
    stop: observeStore(options),
  };
}
