import type {
  MetricsService,
  MetricsServiceObservableCallback,
} from '@backstage/backend-plugin-api/alpha';
import type { Knex } from 'knex';
import { openDrift } from '../store/drift/openDrift';
import { queueDepth, type QueueDepth } from '../store/steps/queueDepth';

/** Several readers in this time get the same counts. */
const FRESH_MS = 10_000;

const DIRECTIONS: ReadonlyArray<QueueDepth['direction']> = ['apply', 'undo'];
const STATES: ReadonlyArray<QueueDepth['state']> = [
  'pending',
  'waiting',
  'running',
];

/** Reads once for all who ask within a time. */
function sharedRead<T>(
  read: () => Promise<T>,
  clock: () => Date,
): () => Promise<T> {
  let last: { at: number; result: Promise<T> } | undefined;
  return () => {
    const at = clock().getTime();
    if (last && at - last.at < FRESH_MS) return last.result;
    const result = read();
    const own = { at, result };
    last = own;
    // What failed is read again.
    result.catch(() => {
      if (last === own) last = undefined;
    });
    return result;
  };
}

/**
 * Lets readers of metrics see what the store holds: the queue of steps, and
 * open drift. All replicas answer the same.
 *
 * @returns ends it
 */
export function observeStore(options: {
  metrics: MetricsService;
  knex: Knex;
  clock: () => Date;
}): () => void {
  const { metrics, knex, clock } = options;
  const depth = sharedRead(() => queueDepth(knex), clock);
  const drift = sharedRead(() => openDrift(knex), clock);
  const stops: Array<() => void> = [];
  const observe = (
    name: string,
    settings: { description: string; unit?: string },
    callback: MetricsServiceObservableCallback,
  ) => {
    const gauge = metrics.createObservableGauge(name, settings);
    gauge.addCallback(callback);
    stops.push(() => gauge.removeCallback(callback));
  };

  observe(
    'data_mesh.steps.queue.length',
    { description: 'Steps that are not finished' },
    async result => {
      const rows = await depth();
      for (const direction of DIRECTIONS) {
        for (const state of STATES) {
          const row = rows.find(
            one => one.direction === direction && one.state === state,
          );
          result.observe(row?.steps ?? 0, { direction, state });
        }
      }
    },
  );
  observe(
    'data_mesh.steps.queue.age',
    {
      description:
        'How long the entitlement that waits longest for its steps is in its state',
      unit: 'seconds',
    },
    async result => {
      const rows = await depth();
      const now = clock().getTime();
      for (const direction of DIRECTIONS) {
        const ages = rows
          .filter(one => one.direction === direction)
          .map(({ since }) => (now - Date.parse(since)) / 1000);
        result.observe(Math.max(0, ...ages), { direction });
      }
    },
  );
  observe(
    'data_mesh.drift.open',
    { description: 'Differences between what is held and what was approved' },
    async result => {
      for (const [kind, count] of await drift())
        result.observe(count, { kind });
    },
  );
  return () => stops.forEach(stop => stop());
}
