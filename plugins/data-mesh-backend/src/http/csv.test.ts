import { csvLines } from './csv';

describe('a cell', () => {
  it.each([
    [undefined, ''],
    ['', ''],
    ['plain', '"plain"'],
    ['says "no", twice', '"says ""no"", twice"'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['a=1', '"a=1"'],
  ])('of %j is no formula', (text, cell) => {
    expect(csvLines([['before', text, 'after']])).toBe(
      `"before",${cell},"after"\r\n`,
    );
  });
});

it('writes no lines where there are none', () => {
  expect(csvLines([])).toBe('');
});
