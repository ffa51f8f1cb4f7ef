import { parseWholeNumber } from './parseWholeNumber';

describe('parseWholeNumber', () => {
  it.each([
    ['30', 30],
    [' 7 ', 7],
    ['0', 0],
    ['', undefined],
    ['1.5', undefined],
    ['-3', undefined],
    ['ten', undefined],
    ['123456', undefined],
  ])('reads %j as %s', (text, number) => {
    expect(parseWholeNumber(text)).toBe(number);
  });
});
