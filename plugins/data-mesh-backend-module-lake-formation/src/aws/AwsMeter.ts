import type {
  MetricAttributes,
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
  TracingService,
} from '@backstage/backend-plugin-api/alpha';
import type { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import { isRefusal, isThrottling } from './classify';

type Client = Pick<LakeFormationClient, 'middlewareStack'>;

/** Whose API a client calls. */
export interface CalledPlace {
  /** Undefined where the client acts by temporary keys of somebody else. */
  accountId: string | undefined;
  region: string;
}

interface CallAttributes extends MetricAttributes {
  service: string;
  operation: string;
  account: string;
  region: string;
}

type CallOutcome = 'ok' | 'throttled' | 'refused' | 'failed';

function outcomeOf(error: unknown): CallOutcome {
  if (isThrottling(error)) return 'throttled';
  return isRefusal(error) ? 'refused' : 'failed';
}

/** How often the SDK has tried, by what it says of a call. */
const attemptsOf = (answer: unknown): number =>
  (answer as { $metadata?: { attempts?: number } }).$metadata?.attempts ?? 1;

/** Measures and traces the calls of AWS clients. */
export class AwsMeter {
  readonly #tracing: TracingService;
  readonly #now: () => number;
  readonly #duration: MetricsServiceHistogram<
    CallAttributes & { outcome: CallOutcome }
  >;
  readonly #throttles: MetricsServiceCounter<CallAttributes>;
  readonly #retries: MetricsServiceCounter<CallAttributes>;

  constructor(options: {
    metrics: MetricsService;
    tracing: TracingService;
    now: () => number;
  }) {
    const { metrics } = options;
    this.#tracing = options.tracing;
    this.#now = options.now;
    this.#duration = metrics.createHistogram('data_mesh.aws.call.duration', {
      description:
        'Time that a call to AWS took, with pacing and all of its attempts',
      unit: 'seconds',
      advice: {
        explicitBucketBoundaries: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      },
    });
    this.#throttles = metrics.createCounter('data_mesh.aws.throttles', {
      description: 'Attempts at a call that AWS refused because of its quotas',
    });
    this.#retries = metrics.createCounter('data_mesh.aws.retries', {
      description: 'Attempts at a call beyond the first one',
    });
  }

  /** Watches the calls of a client from now on. */
  watch(client: Client, place: CalledPlace): void {
    client.middlewareStack.add(
      (next, context) => args =>
        this.#call(attributesOf(context, place), () => next(args)),
      { step: 'initialize', priority: 'high', name: 'measureCall' },
    );
    client.middlewareStack.add(
      (next, context) => async args => {
        try {
          return await next(args);
        } catch (error) {
          if (isThrottling(error)) {
            this.#throttles.add(1, attributesOf(context, place));
          }
          throw error;
        }
      },
      // After the retries in the stack, so that every attempt counts.
      { step: 'finalizeRequest', priority: 'low', name: 'measureAttempt' },
    );
  }

  async #call<T extends { output: unknown }>(
    attributes: CallAttributes,
    call: () => Promise<T>,
  ): Promise<T> {
    const begin = this.#now();
    const ended = (answer: unknown, outcome: CallOutcome) => {
      const seconds = (this.#now() - begin) / 1000;
      this.#duration.record(seconds, { ...attributes, outcome });
      const retries = attemptsOf(answer) - 1;
      if (retries > 0) this.#retries.add(retries, attributes);
    };
    return this.#tracing.startActiveSpan(
      `${attributes.service}.${attributes.operation}`,
      {
        kind: 'client',
        attributes: {
          'rpc.system': 'aws-api',
          'rpc.service': attributes.service,
          'rpc.method': attributes.operation,
          'cloud.account.id': attributes.account,
          'cloud.region': attributes.region,
        },
      },
      async () => {
        try {
          const result = await call();
          ended(result.output, 'ok');
          return result;
        } catch (error) {
          ended(error, outcomeOf(error));
          throw error;
        }
      },
    );
  }
}

/** `LakeFormationClient` and `GrantPermissionsCommand`, as AWS names them. */
function attributesOf(
  {
    clientName,
    commandName,
  }: { readonly clientName?: string; readonly commandName?: string },
  { accountId, region }: CalledPlace,
): CallAttributes {
  return {
    service: (clientName ?? '').replace(/Client$/, ''),
    operation: (commandName ?? '').replace(/Command$/, ''),
    account: accountId ?? '',
    region,
  };
}
