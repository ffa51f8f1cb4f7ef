import { checkRowFilter } from './rowFilter';

describe('checkRowFilter', () => {
  const columns = [
    { name: 'country', type: 'string' },
    { name: 'id', type: 'bigint' },
  ];

  it('suggests the nearest column for a mistyped one', () => {
    expect(checkRowFilter('id = 1 AND contry = 1', columns)).toEqual({
      ok: false,
      problem: {
        kind: 'unknown-column',
        found: 'contry',
        at: 12,
        near: 'country',
      },
    });
  });

  it('suggests nothing where no column is near', () => {
    expect(checkRowFilter('zzzzz = 1', columns)).toEqual({
      ok: false,
      problem: { kind: 'unknown-column', found: 'zzzzz', at: 1 },
    });
  });
});
