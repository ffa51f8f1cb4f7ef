import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { MeshEvents } from '../events';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { RequestSummary } from '../store/requests/RequestRecord';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What people wait for takes minutes or weeks. */
const WAITING = {
  explicitBucketBoundaries: [
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    DAY,
    3 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
  ],
};

const DECISIONS = new Set<string>([
  'approved',
  'stage-approved',
  'rejected',
  'changes-requested',
]);

const secondsBetween = (from: string, to: string) =>
  (Date.parse(to) - Date.parse(from)) / 1000;

/** What measuring needs from its surroundings. */
export interface HappeningsOptions {
  metrics: MetricsService;
  events: Pick<MeshEvents, 'on'>;
  requests: {
    summaries(
      ids: readonly string[],
    ): Promise<Array<Pick<RequestSummary, 'id' | 'createdAt'>>>;
  };
  clock: () => Date;
}

/** Measures decisions, how long access takes, and scans, as they are told. */
export function measureHappenings(options: HappeningsOptions): void {
  measureDecisions(options);
  measureAccess(options);
  measureScans(options);
}

function measureDecisions({ metrics, events, clock }: HappeningsOptions) {
  const decisions = metrics.createCounter<{
    decision: string;
    by: 'person' | 'policy';
  }>('data_mesh.decisions', {
    description: 'Decisions about requests, by people and by the policy',
  });
  const time = metrics.createHistogram<{ decision: string }>(
    'data_mesh.decision.time',
    {
      description:
        'Time from a request to the decision of a person that ends it',
      unit: 'seconds',
      advice: WAITING,
    },
  );
  events.on('request', ({ happening, actorRef, record }) => {
    if (!DECISIONS.has(happening)) return;
    const by = actorRef === SYSTEM_ACTOR ? 'policy' : 'person';
    decisions.add(1, { decision: happening, by });
    const isFinal = happening === 'approved' || happening === 'rejected';
    if (isFinal && by === 'person') {
      time.record(secondsBetween(record.createdAt, clock().toISOString()), {
        decision: happening,
      });
    }
  });
}

function measureAccess({ metrics, events, requests }: HappeningsOptions) {
  const attributes = { unit: 'seconds', advice: WAITING };
  const access = metrics.createHistogram<{ port_type: string }>(
    'data_mesh.access.time',
    {
      description: 'Time from a request until its access is active',
      ...attributes,
    },
  );
  const provisioning = metrics.createHistogram<{ port_type: string }>(
    'data_mesh.provisioning.time',
    {
      description: 'Time from the last approval until access is active',
      ...attributes,
    },
  );
  events.on('entitlement', async ({ kind, entitlement }) => {
    const { activatedAt, createdAt, requestId, portType } = entitlement;
    if (kind !== 'activated' || !activatedAt) return;
    const port = { port_type: portType };
    provisioning.record(secondsBetween(createdAt, activatedAt), port);
    const [request] = await requests.summaries([requestId]);
    if (request) {
      access.record(secondsBetween(request.createdAt, activatedAt), port);
    }
  });
}

function measureScans({ metrics, events, clock }: HappeningsOptions) {
  const duration = metrics.createHistogram<{
    port_type: string;
    account: string;
    state: string;
  }>('data_mesh.scan.duration', {
    description: 'Time that the scan of one target took',
    unit: 'seconds',
    advice: {
      explicitBucketBoundaries: [1, 5, 15, 60, 300, 900, 1800, 3600, 7200],
    },
  });
  events.on('scanEnded', ({ claim, state }) =>
    duration.record(secondsBetween(claim.startedAt, clock().toISOString()), {
      port_type: claim.portType,
      account: claim.target.accountId ?? '',
      state,
    }),
  );
}
