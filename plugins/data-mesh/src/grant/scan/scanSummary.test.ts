import type {
  Scan,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { summarizeScans } from './scanSummary';

const aScan = (values: Partial<Scan> = {}): Scan => ({
  id: 'scan-1',
  state: 'done',
  startedAt: '2026-11-25T08:00:00.000Z',
  finishedAt: '2026-11-25T08:01:00.000Z',
  grants: 10,
  added: 0,
  changed: 0,
  removed: 0,
  calls: 3,
  ...values,
});

const item = (
  last?: Scan,
  lastDone: Scan | undefined = aScan(),
): ScanStatus['items'][number] => ({
  target: { id: 'x', title: 'x' },
  grants: 10,
  last,
  lastDone,
});

describe('summarizeScans', () => {
  it('says that nothing was ever scanned', () => {
    expect(summarizeScans({ items: [] })).toMatchObject({
      state: 'never',
      grants: 0,
      oldest: undefined,
    });
  });

  it('adds up the targets, and is as old as the oldest of them', () => {
    const older = aScan({ finishedAt: '2026-11-24T08:01:00.000Z', calls: 4 });
    expect(
      summarizeScans({ items: [item(aScan()), item(older, older)] }),
    ).toEqual({
      state: 'done',
      tone: 'good',
      oldest: '2026-11-24T08:01:00.000Z',
      calls: 7,
      grants: 20,
      counted: 2,
    });
  });

  it('goes by those that may not be seen, too, and counts nothing of them', () => {
    expect(
      summarizeScans({
        items: [item(aScan())],
        others: {
          targets: 3,
          state: 'failed',
          doneAt: '2026-11-23T08:01:00.000Z',
        },
      }),
    ).toEqual({
      state: 'failed',
      tone: 'bad',
      oldest: '2026-11-23T08:01:00.000Z',
      calls: 3,
      grants: 10,
      counted: 1,
    });
  });

  it.each([
    [['done', 'running'], 'running'],
    [['running', 'failed'], 'failed'],
    [['failed', 'halted'], 'halted'],
  ] as const)('of %j shows what a person has to look at', (states, shown) => {
    expect(
      summarizeScans({ items: states.map(state => item(aScan({ state }))) })
        .state,
    ).toBe(shown);
  });
});
