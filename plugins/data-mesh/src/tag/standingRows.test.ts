import { someTags } from '../testing';
import {
  effectiveTags,
  isContinued,
  isHandedDown,
  rowsOf,
  standingGroups,
} from './standingRows';

const [profiles, changes] = someTags().tables;
const names = (column?: string) =>
  effectiveTags(profiles, column ?? '').map(
    ({ key, found }) => `${key} ${found}`,
  );

describe('standing of tags, row by row', () => {
  it('has the table before its columns', () => {
    expect(
      rowsOf(profiles).map(({ column, tag }) => [column, tag.key, tag.state]),
    ).toEqual([
      [undefined, 'class', 'different'],
      [undefined, 'pii', 'same'],
      [undefined, 'zone', 'excess'],
      ['customer_email', 'pii', 'different'],
      ['segment', 'zone', 'excess'],
    ]);
  });

  it.each([
    [false, 100, [5, 1], 0],
    [true, 100, [4, 1], 0],
    [false, 5, [5], 1],
    [true, 2, [2], 3],
    [false, 0, [], 6],
  ])(
    'with only differences %s and at most %s rows',
    (onlyDifferences, atMost, shown, hidden) => {
      const found = standingGroups([profiles, changes], {
        onlyDifferences,
        atMost,
      });
      expect(found.groups.map(({ rows }) => rows.length)).toEqual(shown);
      expect(found.hidden).toBe(hidden);
    },
  );

  it('leaves out tables of which nothing is shown', () => {
    const { groups } = standingGroups(
      [{ ...profiles, tags: [], columns: [] }, changes],
      { onlyDifferences: false, atMost: 9 },
    );
    expect(groups.map(({ table }) => table.table)).toEqual(['profile_changes']);
  });

  it('gives a column its own tags, and the others of its table', () => {
    expect(names('Segment')).toEqual([
      'class internal',
      'pii false',
      'zone zone-4',
    ]);
    expect(names('country')).toEqual([
      'class internal',
      'pii false',
      'zone zone-3',
    ]);
    expect(effectiveTags(undefined, 'country')).toEqual([]);
  });

  it('names a table or column once', () => {
    const rows = rowsOf(profiles);
    expect(rows.map((_, index) => isContinued(rows, index))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('knows what cannot be taken away at the table', () => {
    expect(profiles.tags.map(isHandedDown)).toEqual([false, false, true]);
    expect(profiles.columns[1].tags.map(isHandedDown)).toEqual([false]);
  });
});
