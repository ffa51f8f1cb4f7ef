import { readIfMatch } from './ifMatch';

const request = (value: string | undefined) => ({ header: () => value });

describe('readIfMatch', () => {
  it.each([
    ['3', 3],
    ['"12"', 12],
    ['W/"4"', 4],
  ])('reads %s', (header, version) => {
    expect(readIfMatch(request(header))).toBe(version);
  });

  it.each([undefined, '', '*', '-1', '1.5', 'abc', '99999999999'])(
    'refuses %s',
    header => {
      expect(() => readIfMatch(request(header))).toThrow(/If-Match is/);
    },
  );
});
