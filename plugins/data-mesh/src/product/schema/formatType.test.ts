import { formatType } from './formatType';

describe('formatType', () => {
  it.each([
    ['bigint', 'bigint'],
    ['decimal(10,2)', 'decimal(10,2)'],
    ['array<string>', 'array<\n  string\n>'],
    [
      'struct<a:int,b:array<decimal(10,2)>>',
      'struct<\n  a: int,\n  b: array<\n    decimal(10,2)\n  >\n>',
    ],
    // What does not close is shown as far as it goes.
    ['array<int>>', 'array<\n  int\n>\n>'],
  ])('%s', (type, expected) => {
    expect(formatType(type)).toBe(expected);
  });
});
