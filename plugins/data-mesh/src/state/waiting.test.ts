import { aRequest } from '../testing';
import { waitedFor } from '../components';
import { whoseTurn } from './waiting';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const before = (hours: number) =>
  new Date(NOW - hours * 3_600_000).toISOString();

describe('waitedFor', () => {
  it.each([
    [0.4, 'minutes', 24, 'neutral'],
    [0.001, 'minutes', 1, 'neutral'],
    [-1, 'minutes', 1, 'neutral'],
    [5.9, 'hours', 5, 'neutral'],
    [30, 'days', 1, 'neutral'],
    [49, 'days', 2, 'attention'],
    [24 * 8, 'days', 8, 'bad'],
  ])('says of %d hours %s', (hours, unit, value, tone) => {
    expect(waitedFor(before(hours), NOW)).toEqual({ unit, value, tone });
  });
});

const stages = [
  {
    name: 'owner',
    approvers: ['group:default/crm'],
    because: { text: 'owns' },
  },
  {
    name: 'steward',
    approvers: ['group:default/stewards'],
    because: { text: 'PII' },
  },
];
const twoStages = { ...aRequest().policy, stages };

describe('whoseTurn', () => {
  it('is the turn of the approvers of the stage', () => {
    expect(
      whoseTurn(aRequest({ policy: twoStages }), ['group:default/crm']),
    ).toEqual({
      of: 'approvers',
      refs: ['group:default/crm'],
      stage: 1,
      total: 2,
      role: 'owner',
      next: ['group:default/stewards'],
      yours: true,
    });
  });

  it.each([
    ['another stage', ['group:default/stewards']],
    [
      'the requester, who is an owner too',
      ['user:default/ana.ruiz', 'group:default/crm'],
    ],
  ])('is not yours for %s', (_, refs) => {
    expect(whoseTurn(aRequest({ policy: twoStages }), refs)).toMatchObject({
      of: 'approvers',
      yours: false,
    });
  });

  it('is the turn of the requester when changes are asked for', () => {
    expect(
      whoseTurn(aRequest({ state: 'changes-requested' }), [
        'user:default/ana.ruiz',
      ]),
    ).toEqual({ of: 'requester', ref: 'user:default/ana.ruiz', yours: true });
  });

  it.each(['approved', 'rejected', 'withdrawn', 'lapsed'] as const)(
    'is nobody’s turn when it is %s',
    state => {
      expect(whoseTurn(aRequest({ state }), [])).toEqual({ of: 'nobody' });
    },
  );
});
