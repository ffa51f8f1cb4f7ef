import type { TagExpression } from '../client/types.generated';
import {
  mayMatchTagExpression,
  tagExpressionCovers,
  tagExpressionsOverlap,
} from './tagExpression';

const tags = (of: { [key: string]: string[] }): TagExpression =>
  Object.entries(of).map(([key, values]) => ({ key, values }));
const sales = tags({ domain: ['sales'] });
const salesOrHr = tags({ domain: ['sales', 'hr'] });
const rawSales = tags({ domain: ['sales'], zone: ['raw'] });

describe('tagExpressionCovers', () => {
  it.each<[string, TagExpression, TagExpression, boolean]>([
    ['the same', rawSales, tags({ zone: ['raw'], domain: ['sales'] }), true],
    ['one more condition', sales, rawSales, true],
    ['one condition less', rawSales, sales, false],
    ['one of its values', salesOrHr, sales, true],
    ['one more value', sales, salesOrHr, false],
    ['another key', sales, tags({ zone: ['raw'] }), false],
    [
      'a key named twice, of which both must hold',
      sales,
      [...salesOrHr, ...tags({ domain: ['sales', 'it'] })],
      true,
    ],
  ])('%s', (_, held, wanted, covers) => {
    expect(tagExpressionCovers(held, wanted)).toBe(covers);
  });
});

describe('tagExpressionsOverlap', () => {
  it.each<[TagExpression, TagExpression, boolean]>([
    [sales, salesOrHr, true],
    [sales, tags({ domain: ['hr'] }), false],
    [sales, tags({ zone: ['raw'] }), true],
    [rawSales, tags({ domain: ['sales'], zone: ['curated'] }), false],
  ])('%j and %j: %s', (a, b, overlap) => {
    expect(tagExpressionsOverlap(a, b)).toBe(overlap);
    expect(tagExpressionsOverlap(b, a)).toBe(overlap);
  });
});

describe('mayMatchTagExpression', () => {
  it.each<[string, string[] | undefined, boolean]>([
    ['no tags, which may be inherited', undefined, true],
    ['the tag', ['domain=sales'], true],
    ['the tag, written with a colon', ['domain: sales'], true],
    [
      'another value, which stands in place of the inherited',
      ['domain=hr'],
      false,
    ],
    ['tags of other keys', ['zone=raw', 'gold'], true],
  ])('with %s', (_, carried, reached) => {
    expect(mayMatchTagExpression(sales, carried)).toBe(reached);
  });
});
