import express, { Router } from 'express';
import { Emulator } from '../Emulator';
import { EmulatorCallFilter, EmulatorCallOutcome } from './EmulatorCalls';
import { readFaultRule } from './readFaultRule';
import { EmulatorSnapshot } from './snapshot';

const MAX_BODY = '200mb';

const OUTCOMES: readonly string[] = ['ok', 'error', 'open'];

const CALL_FILTERS = [
  'service',
  'operation',
  'account',
  'region',
  'principal',
  'errorCode',
  'resource',
] as const;

function callFilter(query: Record<string, unknown>): EmulatorCallFilter {
  const { since, outcome, limit, ...rest } = query;
  const unknown = Object.keys(rest).find(
    key => !(CALL_FILTERS as readonly string[]).includes(key),
  );
  if (unknown) {
    throw new TypeError(
      `Calls are filtered by ${[
        ...CALL_FILTERS,
        'since',
        'outcome',
        'limit',
      ].join(', ')}, found ${unknown}`,
    );
  }
  if (outcome !== undefined && !OUTCOMES.includes(String(outcome))) {
    throw new TypeError(
      `outcome must be one of ${OUTCOMES.join(', ')}, found ${outcome}`,
    );
  }
  if (limit !== undefined && !/^[1-9]\d*$/.test(String(limit))) {
    throw new TypeError(`limit must be a positive number, found ${limit}`);
  }
  const from = since === undefined ? undefined : String(since);
  if (from !== undefined && !/^\d+$/.test(from) && isNaN(Date.parse(from))) {
    throw new TypeError(
      `since must be an ISO 8601 time or the id of a call, found ${from}`,
    );
  }
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, String(value)]),
    ),
    outcome: outcome as EmulatorCallOutcome | undefined,
    since: from !== undefined && /^\d+$/.test(from) ? Number(from) : from,
    limit: limit === undefined ? undefined : Number(limit),
  };
}

interface ClockChange {
  set?: unknown;
  advanceMs?: unknown;
  frozen?: unknown;
}

function changeClock({ clock }: Emulator, change: ClockChange): void {
  const { set, advanceMs, frozen } = change;
  const known = ['set', 'advanceMs', 'frozen'];
  const unknown = Object.keys(change).find(key => !known.includes(key));
  if (unknown) {
    throw new TypeError(
      `The clock takes ${known.join(', ')}, found ${unknown}`,
    );
  }
  const time = typeof set === 'string' ? Date.parse(set) : NaN;
  if (set !== undefined && Number.isNaN(time)) {
    throw new TypeError(`set must be an ISO 8601 time, found ${set}`);
  }
  if (advanceMs !== undefined && typeof advanceMs !== 'number') {
    throw new TypeError(`advanceMs must be a number, found ${advanceMs}`);
  }
  if (frozen !== undefined && typeof frozen !== 'boolean') {
    throw new TypeError(`frozen must be true or false, found ${frozen}`);
  }
  if (set !== undefined) clock.set(new Date(time));
  if (advanceMs !== undefined) clock.advance(advanceMs);
  if (frozen !== undefined) {
    if (frozen) clock.freeze();
    else clock.run();
  }
}

/** What stands under `/_emulator/`: for tests and tools, unlike anything of AWS. */
export function controlRouter(emulator: Emulator): Router {
  const { calls, faults, clock, behaviour } = emulator;
  const router = Router();
  router.use(
    express.json({ limit: MAX_BODY, strict: false, type: () => true }),
  );

  router.get('/health', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get('/calls', (req, res) => {
    res.json({ calls: calls.list(callFilter(req.query)) });
  });
  router.get('/calls/counts', (req, res) => {
    res.json({ counts: calls.counts(callFilter(req.query)) });
  });
  router.delete('/calls', (_req, res) => {
    calls.clear();
    res.status(204).end();
  });

  router.get('/faults', (_req, res) => {
    res.json({ faults: faults.list() });
  });
  router.post('/faults', (req, res) => {
    res.status(201).json(faults.add(readFaultRule(req.body)));
  });
  router.delete('/faults', (_req, res) => {
    faults.clear();
    res.status(204).end();
  });
  router.use('/faults/:id', (req, res, next) => {
    if (faults.get(req.params.id)) {
      next();
    } else {
      res.status(404).json({ error: `There is no fault ${req.params.id}` });
    }
  });
  router.get('/faults/:id', (req, res) => {
    res.json(faults.get(req.params.id));
  });
  router.post('/faults/:id/release', (req, res) => {
    faults.get(req.params.id)?.release();
    res.json(faults.get(req.params.id));
  });
  router.delete('/faults/:id', (req, res) => {
    faults.get(req.params.id)?.remove();
    res.status(204).end();
  });

  const showClock = () => ({
    now: clock.now().toISOString(),
    frozen: clock.isFrozen(),
  });
  router.get('/clock', (_req, res) => {
    res.json(showClock());
  });
  router.post('/clock', (req, res) => {
    changeClock(emulator, req.body ?? {});
    res.json(showClock());
  });

  router.get('/behaviour', (_req, res) => {
    res.json(behaviour.get());
  });
  router.post('/behaviour', (req, res) => {
    res.json(behaviour.set(req.body));
  });

  router.get('/snapshot', (_req, res) => {
    res.json(emulator.snapshot());
  });
  router.put('/snapshot', (req, res) => {
    emulator.restore(req.body as EmulatorSnapshot);
    res.status(204).end();
  });

  router.post('/reset', (_req, res) => {
    emulator.reset();
    res.status(204).end();
  });

  router.use((req, res) => {
    res
      .status(404)
      .json({ error: `There is no ${req.method} /_emulator${req.path}` });
  });
  const refuse: express.ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(400).json({ error: (error as Error).message });
  };
  router.use(refuse);
  return router;
}
