import { isDateTime } from './isDateTime';

describe('isDateTime', () => {
  it.each([
    '2026-11-29T19:10:24Z',
    '2026-11-29T19:10:24.123+02:00',
    '2028-02-29t00:00:00z',
  ])('takes %s', text => {
    expect(isDateTime(text)).toBe(true);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-13-01T00:00:00Z',
    '2026-11-29T24:00:01Z',
    '2026-11-29T00:00:00+99:00',
    '2026-11-29',
    '+275761-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
    '1e400',
    '',
  ])('refuses %j', text => {
    expect(isDateTime(text)).toBe(false);
  });
});
