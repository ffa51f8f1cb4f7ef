import { backoffMs } from './backoff';

const backoff = { initialMs: 100, maxMs: 1000 };

describe('backoffMs', () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1000],
    [5000, 1000],
  ])('waits after attempt %d at most %d ms', (attempt, most) => {
    expect(backoffMs(backoff, attempt, 1)).toBe(most);
    expect(backoffMs(backoff, attempt, 0.5)).toBe(most / 2);
    expect(backoffMs(backoff, attempt, 0)).toBe(0);
  });
});
