import { medianDecisionHours } from './medianDecisionHours';

function decidedAfter(...hours: number[]) {
  return hours.map(one => ({
    createdAt: '2026-11-23T00:00:00.000Z',
    decidedAt: new Date(Date.UTC(2026, 10, 23) + one * 36e5).toISOString(),
  }));
}

describe('medianDecisionHours', () => {
  it.each([
    [[], undefined],
    [[5], 5],
    [[9, 1, 2], 2],
    [[1, 2, 4, 100], 3],
    [[0.26], 0.3],
  ])('of %j is %s', (hours, median) => {
    expect(medianDecisionHours(decidedAfter(...hours))).toBe(median);
  });
});
