import { findTextProblems } from './findTextProblems';

describe('findTextProblems', () => {
  it('accepts all characters of all lengths', () => {
    expect(
      findTextProblems({
        'é 字': ['😀', '\u0001\u001f\ufffd\uffff'],
        n: 1,
        x: null,
      }),
    ).toEqual([]);
  });

  it('names the fields that no database keeps', () => {
    expect(
      findTextProblems({
        spec: { tables: [{ name: 'a\0b' }, { name: '\ud83d' }] },
        'k\0': 'x',
        tail: '\ude00\ud83d',
      }),
    ).toEqual([
      {
        field: 'spec.tables[0].name',
        reason: expect.stringMatching(/NUL/),
      },
      {
        field: 'spec.tables[1].name',
        reason: expect.stringMatching(/surrogate/),
      },
      {
        field: 'body',
        reason: expect.stringMatching(/^has a name that .*NUL/),
      },
      { field: 'tail', reason: expect.stringMatching(/surrogate/) },
    ]);
  });

  it('ends where there are too many', () => {
    expect(findTextProblems(Array(1000).fill('\0'))).toHaveLength(20);
  });
});
