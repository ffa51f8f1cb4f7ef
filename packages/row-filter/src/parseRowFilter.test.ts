import { parseRowFilter } from './parseRowFilter';
import { printRowFilter } from './printRowFilter';
import { RowFilter } from './RowFilter';
import { RowFilterProblem } from './RowFilterProblem';
import {
  Dice,
  filterOf,
  problemOf,
  randomRowFilters,
} from './__testUtils__/rowFilterFixture';
import { rowFilterProblemInWords } from './rowFilterProblemInWords';

const isNull = (name: string, negated = false): RowFilter => ({
  kind: 'null',
  column: [{ name, quoted: false }],
  negated,
});

describe('parseRowFilter', () => {
  it.each<[string, RowFilter]>([
    [
      "Country = 'L''Aquila'",
      {
        kind: 'compare',
        column: [{ name: 'Country', quoted: false }],
        comparison: '=',
        value: { type: 'string', value: "L'Aquila" },
      },
    ],
    [
      '"a ""b""".c != -1.50',
      {
        kind: 'compare',
        column: [
          { name: 'a "b"', quoted: true },
          { name: 'c', quoted: false },
        ],
        comparison: '<>',
        value: { type: 'number', value: '-1.5' },
      },
    ],
    [
      'a not between 12345678901234567890 and 1e3',
      {
        kind: 'between',
        column: [{ name: 'a', quoted: false }],
        from: { type: 'number', value: '12345678901234567890' },
        to: { type: 'number', value: '1E3' },
        negated: true,
      },
    ],
    [
      "a in ('x',\n2, False)",
      {
        kind: 'in',
        column: [{ name: 'a', quoted: false }],
        values: [
          { type: 'string', value: 'x' },
          { type: 'number', value: '2' },
          { type: 'boolean', value: false },
        ],
        negated: false,
      },
    ],
    [
      "a Not Like 'D%'",
      {
        kind: 'like',
        column: [{ name: 'a', quoted: false }],
        pattern: 'D%',
        negated: true,
      },
    ],
    ['a is not null', isNull('a', true)],
    ['TRUE', { kind: 'all' }],
    ['(((false)))', { kind: 'none' }],
  ])('reads %s', (text, filter) => {
    expect(filterOf(parseRowFilter(text))).toEqual(filter);
  });

  it('binds NOT tightest, then AND', () => {
    expect(
      filterOf(
        parseRowFilter(
          'a IS NULL OR NOT b IS NULL AND (c IS NULL OR d IS NULL)',
        ),
      ),
    ).toEqual({
      kind: 'or',
      terms: [
        isNull('a'),
        {
          kind: 'and',
          terms: [
            { kind: 'not', term: isNull('b') },
            { kind: 'or', terms: [isNull('c'), isNull('d')] },
          ],
        },
      ],
    });
  });

  it.each<[string, Partial<RowFilterProblem>, string]>([
    ['', { kind: 'expected', at: 1 }, 'expected a column; found the end'],
    ['a = 1 AND', { kind: 'expected', at: 10 }, 'expected a column'],
    ["a = 'US", { kind: 'unclosed', at: 5 }, 'the quote at position 5'],
    ['a = US', { kind: 'expected', at: 5 }, 'expected a constant'],
    ['a = "US"', { kind: 'expected', at: 5 }, 'found "US" at position 5'],
    ['a = ', { kind: 'expected', at: 5 }, 'found the end of the filter'],
    ['a = NULL', { kind: 'null', at: 5 }, 'use IS NULL or IS NOT NULL'],
    ['a IN (NULL)', { kind: 'null', at: 7 }, 'use IS NULL'],
    ['5 < a', { kind: 'expected', at: 1 }, 'expected a column; found 5'],
    ['a == 5', { kind: 'expected', at: 4 }, 'expected a constant'],
    ['a + 1 = 5', { kind: 'unexpected', at: 3 }, "'+' at position 3"],
    ['a 5', { kind: 'expected', at: 3 }, 'expected a comparison'],
    ['a', { kind: 'expected', at: 2 }, 'expected a comparison'],
    ['(a = 5', { kind: 'symbol', at: 7 }, 'expected ); found the end'],
    ['a = 5)', { kind: 'expected', at: 6 }, 'expected AND, OR or the end'],
    ['a BETWEEN 1, 2', { kind: 'symbol', at: 12 }, 'expected AND; found ,'],
    ['a IS 5', { kind: 'symbol', at: 6 }, 'expected NULL; found 5'],
    ['a IN ()', { kind: 'expected', at: 7 }, 'expected a constant'],
    ["a IN ('x' 'y')", { kind: 'symbol', at: 11 }, 'expected )'],
    ["a LIKE 'x' ESCAPE '!'", { kind: 'expected', at: 12 }, 'found ESCAPE'],
    ['a LIKE 5', { kind: 'expected', at: 8 }, 'a text in single quotes'],
    ["geo(a) = 'x'", { kind: 'function', at: 1 }, "'geo' at position 1"],
    ["LOWER(a) = 'x'", { kind: 'function', at: 1 }, 'called as a function'],
    ["value = 'x'", { kind: 'reserved', at: 1 }, 'in double quotes'],
    ["first = 'x'", { kind: 'reserved', at: 1 }, "'first' at position 1"],
    ['a.level = 1', { kind: 'reserved', at: 3 }, "'level' at position 3"],
    ["a = DATE '2026-01-01'", { kind: 'expected', at: 5 }, 'found DATE'],
    ['a.b.c.d.e.f = 1', { kind: 'too-deep', at: 1 }, 'deeper than 5'],
    ["a = 5; drop 'x'", { kind: 'unexpected', at: 6 }, "';' at position 6"],
    ['a = 5 -- x', { kind: 'unexpected', at: 7 }, "'-' at position 7"],
    ["a = '\u0007'", { kind: 'unexpected', at: 6 }, "'\\u0007' at position 6"],
    [
      `a = '${'x'.repeat(2042)}'`,
      { kind: 'too-long', at: 2048 },
      'has 2048 characters; there may be 2047',
    ],
    [
      `a = '${'ö'.repeat(1022)}'`,
      { kind: 'too-many-bytes' },
      'takes 2050 bytes; there may be 2048',
    ],
  ])('refuses %s', (text, problem, words) => {
    const found = problemOf(parseRowFilter(text));
    expect(found).toMatchObject(problem);
    expect(rowFilterProblemInWords(found)).toContain(words);
  });

  it('takes what is just short enough', () => {
    expect(parseRowFilter(`a = '${'x'.repeat(2041)}'`).ok).toBe(true);
    expect(parseRowFilter(`a = '${'ö'.repeat(1021)}'`).ok).toBe(true);
  });

  it('reads as many parentheses as there is room for', () => {
    const nested = `${'('.repeat(1000)}a = 1${')'.repeat(1000)}`;
    expect(parseRowFilter(nested)).toEqual(parseRowFilter('a = 1'));
    expect(parseRowFilter('('.repeat(2047)).ok).toBe(false);
    expect(parseRowFilter('NOT '.repeat(511)).ok).toBe(false);
  });

  it('reads back what is printed of any filter', () => {
    for (const filter of randomRowFilters(20261126, 3_000)) {
      const text = printRowFilter(filter);
      expect({ text, parsed: parseRowFilter(text) }).toEqual({
        text,
        parsed: { ok: true, filter },
      });
    }
  });

  it('takes any pieces for a filter or for a problem that has its place', () => {
    const dice = new Dice(7);
    const pieces =
      `a "b" 'c' 1 ( ) , . = < AND OR NOT IN IS NULL LIKE BETWEEN TRUE ;`.split(
        ' ',
      );
    const read = { filters: 0, problems: 0 };
    for (let round = 0; round < 20_000; round += 1) {
      const text = dice.several(1, 7, () => dice.one(pieces)).join(' ');
      const parsed = parseRowFilter(text);
      read[parsed.ok ? 'filters' : 'problems'] += 1;
      const isRight = parsed.ok
        ? parseRowFilter(printRowFilter(parsed.filter)).ok
        : parsed.problem.at <= text.length + 1;
      expect({ text, isRight }).toEqual({ text, isRight: true });
    }
    expect(read.filters).toBeGreaterThan(50);
    expect(read.problems).toBeGreaterThan(1_000);
  });
});
