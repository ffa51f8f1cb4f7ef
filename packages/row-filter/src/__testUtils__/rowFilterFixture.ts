import { numberConstant } from '../numberConstant';
import { ParsedRowFilter } from '../parseRowFilter';
import { isPlainName, printRowFilter } from '../printRowFilter';
import {
  RowFilter,
  RowFilterComparison,
  RowFilterConstant,
  RowFilterName,
} from '../RowFilter';
import { RowFilterProblem } from '../RowFilterProblem';
import { rowFilterProblemInWords } from '../rowFilterProblemInWords';
import { MAX_ROW_FILTER_BYTES, bytesOf } from '../limits';

/** Choices that are the same for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, but not including, the limit. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  chance(): boolean {
    return this.below(2) === 1;
  }

  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  several<T>(from: number, to: number, make: () => T): T[] {
    return Array.from({ length: from + this.below(to - from + 1) }, make);
  }
}

const NAMES = [
  'a',
  'Country',
  '_x$1',
  'select',
  'not',
  'Net sales',
  'ö"ö',
  '.',
];
const TEXTS = ['', "it's", "''", 'AND', '"a"', '100 %', '(1)', 'ñ\n😀', ' x '];
const NUMBERS = ['0', '-1', '12345678901234567890.5', '.001', '-3E-7', '1e10'];
const COMPARISONS: RowFilterComparison[] = ['=', '<>', '<', '<=', '>', '>='];

function randomName(dice: Dice): RowFilterName {
  const name = dice.one(NAMES);
  return { name, quoted: !isPlainName(name) || dice.chance() };
}

function randomConstant(dice: Dice): RowFilterConstant {
  switch (dice.below(3)) {
    case 0:
      return { type: 'string', value: dice.one(TEXTS) };
    case 1:
      return { type: 'boolean', value: dice.chance() };
    default: {
      const number = numberConstant(dice.one(NUMBERS));
      if (!number) throw new Error('one of NUMBERS is none');
      return number;
    }
  }
}

function randomTest(dice: Dice): RowFilter {
  const column = dice.several(1, 5, () => randomName(dice));
  const negated = dice.chance();
  const constant = () => randomConstant(dice);
  switch (dice.below(5)) {
    case 0:
      return {
        kind: 'compare',
        column,
        comparison: dice.one(COMPARISONS),
        value: constant(),
      };
    case 1:
      return {
        kind: 'between',
        column,
        from: constant(),
        to: constant(),
        negated,
      };
    case 2:
      return {
        kind: 'in',
        column,
        values: dice.several(1, 3, constant),
        negated,
      };
    case 3:
      return { kind: 'like', column, pattern: dice.one(TEXTS), negated };
    default:
      return { kind: 'null', column, negated };
  }
}

/** Any filter, as deep as is said. */
function randomRowFilter(dice: Dice, depth: number): RowFilter {
  if (depth === 0) return randomTest(dice);
  const term = () => randomRowFilter(dice, depth - 1);
  switch (dice.below(6)) {
    case 0:
      return { kind: 'not', term: term() };
    case 1:
    case 2:
      return { kind: 'and', terms: dice.several(2, 3, term) };
    case 3:
    case 4:
      return { kind: 'or', terms: dice.several(2, 3, term) };
    default:
      return dice.chance()
        ? randomTest(dice)
        : { kind: dice.chance() ? 'all' : 'none' };
  }
}

/** Any filters that AWS would not find too long. */
export function randomRowFilters(seed: number, count: number): RowFilter[] {
  const dice = new Dice(seed);
  const filters: RowFilter[] = [];
  while (filters.length < count) {
    const filter = randomRowFilter(dice, filters.length % 4);
    if (bytesOf(printRowFilter(filter)) < MAX_ROW_FILTER_BYTES) {
      filters.push(filter);
    }
  }
  return filters;
}

/** @throws Error where there is no filter */
export function filterOf(parsed: ParsedRowFilter): RowFilter {
  if (!parsed.ok) throw new Error(rowFilterProblemInWords(parsed.problem));
  return parsed.filter;
}

/** @throws Error where there is no problem */
export function problemOf(parsed: ParsedRowFilter): RowFilterProblem {
  if (parsed.ok)
    throw new Error(`no problem: ${printRowFilter(parsed.filter)}`);
  return parsed.problem;
}
