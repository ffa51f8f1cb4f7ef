import { DateTime } from 'luxon';
import { relativeWords } from './relativeWords';

const now = DateTime.fromISO('2026-11-24T12:00:00Z');

describe('relativeWords', () => {
  it.each([
    [{ days: 30, minutes: -5 }, 'in 30 days'],
    [{ days: 30, hours: -2 }, 'in 29 days'],
    [{ days: 60, minutes: -5 }, 'in 60 days'],
    [{ days: 90, minutes: -5 }, 'in 90 days'],
    [{ days: 130 }, 'in 4 months'],
    [{ days: 1, minutes: -1 }, 'in 23 hours'],
    [{ hours: 2, minutes: 30 }, 'in 2 hours'],
    [{ minutes: -90 }, '1 hour ago'],
    [{ days: -3, hours: 1 }, '2 days ago'],
    [{ seconds: -30 }, '30 seconds ago'],
    [{ seconds: -3 }, undefined],
    [{ seconds: 3 }, undefined],
  ])('says of %j from now %s', (difference, words) => {
    expect(relativeWords(now.plus(difference), now)).toBe(words);
  });
});
