import type {
  MetricsService,
  MetricsServiceHistogram,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import { planStepOf } from '../store/steps/StepRow';
import type { Claim } from '../provisioning/StepQueue';

/** How an attempt at a step has ended. */
export type StepOutcome =
  | 'applied'
  | 'undone'
  /** It failed, and another attempt is due later. */
  | 'retrying'
  | 'failed'
  /** Given back unfinished: at shutdown, or because it is not wanted any more. */
  | 'returned'
  /** It could not be recorded: the lease was lost, or the database. */
  | 'unrecorded';

type StepAttributes = {
  kind: string;
  direction: string;
  port_type: string;
  outcome?: StepOutcome;
};

/** Measures attempts at steps, and traces them. */
export class StepMeter {
  readonly #tracing: TracingService;
  readonly #clock: () => Date;
  readonly #duration: MetricsServiceHistogram<StepAttributes>;
  readonly #outcomes = new WeakMap<Claim, StepOutcome>();

  constructor(options: {
    metrics: MetricsService;
    tracing: TracingService;
    clock: () => Date;
  }) {
    this.#tracing = options.tracing;
    this.#clock = options.clock;
    this.#duration = options.metrics.createHistogram(
      'data_mesh.step.duration',
      {
        description: 'Time that one attempt at a step of a plan took',
        unit: 'seconds',
        advice: {
          explicitBucketBoundaries: [
            0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
          ],
        },
      },
    );
  }

  /** Told by the journal what it has recorded of an attempt. */
  recorded(claim: Claim, outcome: StepOutcome): void {
    this.#outcomes.set(claim, outcome);
  }

  /** Makes an attempt at a step. */
  async attempt<T>(claim: Claim, work: () => Promise<T>): Promise<T> {
    const { kind } = planStepOf(claim.step);
    const attributes: StepAttributes = {
      kind,
      direction: claim.step.direction,
      port_type: claim.entitlement.port_type,
    };
    const begin = this.#clock().getTime();
    return this.#tracing.startActiveSpan(
      'data_mesh.step',
      {
        attributes: {
          'data_mesh.step.id': claim.step.id,
          'data_mesh.step.kind': kind,
          'data_mesh.step.direction': claim.step.direction,
          'data_mesh.step.attempt': claim.step.attempts,
          'data_mesh.entitlement.id': claim.entitlement.id,
          'data_mesh.port.type': claim.entitlement.port_type,
        },
      },
      async span => {
        try {
          return await work();
        } finally {
          const outcome = this.#outcomes.get(claim) ?? 'unrecorded';
          span.setAttribute('data_mesh.step.outcome', outcome);
          if (outcome === 'failed' || outcome === 'retrying') {
            span.setStatus({ code: 'error', message: outcome });
          }
          this.#duration.record((this.#clock().getTime() - begin) / 1000, {
            ...attributes,
            outcome,
          });
        }
      },
    );
  }
}
