import { partitionTest } from './partitionExpression';

const KEYS = [
  { Name: 'day', Type: 'date' },
  { Name: 'hour', Type: 'int' },
  { Name: 'region', Type: 'string' },
];

const PARTITIONS = [
  ['2026-01-01', '9', 'eu'],
  ['2026-01-01', '10', 'us'],
  ['2026-02-01', '9', 'eu-west'],
  ['2026-02-01', '10', '__HIVE_DEFAULT_PARTITION__'],
];

const found = (expression: string) => {
  const holds = partitionTest(expression, KEYS);
  return PARTITIONS.flatMap((values, i) => (holds(values) ? [i] : []));
};

describe('expressions of partitions', () => {
  it.each<[string, number[]]>([
    ['', [0, 1, 2, 3]],
    ["day = '2026-01-01'", [0, 1]],
    ["DAY > '2026-01-15'", [2, 3]],
    // As numbers: as texts 9 would be more than 10.
    ['hour < 10', [0, 2]],
    ["hour >= '10'", [1, 3]],
    ['hour <> 9', [1, 3]],
    ["day = '2026-01-01' AND hour = 9", [0]],
    ["region = 'us' OR hour = 9 AND day = '2026-02-01'", [1, 2]],
    ["NOT (region = 'us' OR hour = 9)", [3]],
    ['hour BETWEEN 9 AND 9', [0, 2]],
    ['hour NOT BETWEEN 9 AND 9', [1, 3]],
    ["region IN ('eu', 'us')", [0, 1]],
    ["region NOT IN ('eu', 'us')", [2, 3]],
    ["region LIKE 'eu%'", [0, 2]],
    ["region LIKE 'e_'", [0]],
    ["region LIKE '.u'", []],
    ['region IS NULL', [3]],
    ['region IS NOT NULL', [0, 1, 2]],
  ])('%s', (expression, places) => {
    expect(found(expression)).toEqual(places);
  });

  it.each([
    ['amount = 1', "the table has no partition key 'amount'"],
    [
      "hour = 'noon'",
      "'hour' of type int is compared with a number, found 'noon'",
    ],
    [
      'hour =',
      'expected a constant, as columns are compared with constants only; found the end of the filter',
    ],
    ['hour ~ 3', "'~' at position 6 means nothing in a row filter"],
  ])('refuses %s', (expression, message) => {
    expect(() => found(expression)).toThrow(
      `Unsupported expression for partitions: ${message}`,
    );
  });

  it('refuses keys of types that AWS does not take', () => {
    expect(() =>
      partitionTest('a = 1', [{ Name: 'a', Type: 'array<int>' }]),
    ).toThrow("'a' is of the type array<int>");
  });
});
