import { rowsInGlue } from './rowsInGlue';

const table = {
  name: 'orders',
  columns: ['country', 'net sales', 'select', 'id', 'customer', 'Odd'],
  partitionKeys: ['year'],
};
const FIELD = 'scope.tables[0].rowFilter';

describe('a row filter as it is sent', () => {
  it.each([
    ["  Country='DE'  and year>=2020", "country = 'DE' AND year >= 2020"],
    ['"Country" = \'DE\'', "country = 'DE'"],
    [
      'NOT ("Net Sales" < 1 OR "SELECT" = 2)',
      'NOT ("net sales" < 1 OR "select" = 2)',
    ],
    ['Customer."Id" <> 1', 'customer."Id" <> 1'],
    ['odd = 1', '"Odd" = 1'],
    ['Odd = 1', 'odd = 1'],
    ['country IS NULL OR TRUE', 'country IS NULL OR TRUE'],
  ])('has the columns as Glue has them: %s', (rows, sent) => {
    expect(rowsInGlue(rows, table, FIELD)).toBe(sent);
  });

  it('is as it was written where it would become too long', () => {
    const dense = `id IN (${Array(900).fill('1').join(',')})`;
    expect(rowsInGlue(` ${dense}`, table, FIELD)).toBe(dense);
  });

  it.each([
    ['contry = 1', "'contry' is not a column of 'orders' in Glue"],
    ['year IS NOT NULL', "'year' is a partition key of 'orders' in Glue"],
    ['country =', "'country =' is no row filter"],
  ])('is refused where it does not fit Glue: %s', (rows, message) => {
    expect(() => rowsInGlue(rows, table, FIELD)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(`${FIELD}: ${message}`),
      }),
    );
  });
});
