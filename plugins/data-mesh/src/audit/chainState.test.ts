import type { AuditState } from '@lakemesh/backstage-plugin-data-mesh-common';
import { chainStateOf, isCheckpointLate } from './chainState';

const aState = (values: Partial<AuditState> = {}): AuditState => ({
  events: 10,
  since: '2026-11-20T09:00:00.000Z',
  checkpoints: 0,
  checkpointSeconds: 3_600,
  keptIn: [],
  ...values,
});
const aCheck = (values: Partial<NonNullable<AuditState['check']>>) => ({
  state: 'whole' as const,
  startedAt: '2026-11-20T10:00:00.000Z',
  startedBy: 'user:default/sam',
  checked: 10,
  total: 10,
  ...values,
});

it.each([
  ['never checked', aState(), { kind: 'never' }],
  ['whole', aState({ check: aCheck({}) }), { kind: 'whole' }],
  [
    'checked up to where it ended then',
    aState({ events: 104, check: aCheck({}) }),
    { kind: 'behind', checked: 10, added: 94 },
  ],
  [
    'being checked',
    aState({ check: aCheck({ state: 'running', checked: 3 }) }),
    { kind: 'running', checked: 3, total: 10 },
  ],
  [
    'broken',
    aState({
      check: aCheck({
        state: 'broken',
        checked: 4,
        result: {
          whole: false,
          events: 4,
          brokenAt: 5,
          checkpoints: { taken: 0, signed: 0, unsigned: 0, otherKey: 0 },
          words: '',
        },
      }),
    }),
    { kind: 'broken', before: 4, after: 5 },
  ],
  [
    'not known',
    aState({ check: aCheck({ state: 'failed', error: 'gone' }) }),
    { kind: 'failed', error: 'gone' },
  ],
])('says of a trail that it is %s', (_, state, expected) => {
  expect(chainStateOf(state)).toEqual(expected);
});

it.each([
  ['in time', '2026-11-20T10:30:00.000Z', false],
  ['overdue', '2026-11-20T12:00:00.000Z', true],
])('says of a checkpoint that it is %s', (_, now, expected) => {
  expect(isCheckpointLate(aState(), new Date(now))).toBe(expected);
});
