import { diffRequests, RequestChange } from './requestDiff';

const base = {
  scope: {
    level: 'read' as const,
    tables: [{ table: 't', columns: ['a', 'b'] }],
  },
  purpose: 'p',
  durationDays: 30,
};
const scoped = (...tables: (typeof base.scope.tables)[number][]) => ({
  ...base,
  scope: { ...base.scope, tables },
});

describe('diffRequests', () => {
  it.each<[string, Parameters<typeof diffRequests>[1], RequestChange[]]>([
    ['nothing', base, []],
    [
      'columns added and left out',
      scoped({ table: 't', columns: ['b', 'c'] }),
      [
        { kind: 'columnsAdded', table: 't', columns: ['c'] },
        { kind: 'columnsRemoved', table: 't', columns: ['a'] },
      ],
    ],
    [
      'all columns instead of chosen ones',
      { ...base, scope: { level: 'read', tables: [{ table: 't' }] } },
      [{ kind: 'allColumns', table: 't' }],
    ],
    [
      'tables added and left out',
      scoped({ table: 'u', columns: ['x'] }),
      [
        { kind: 'tableAdded', table: 'u' },
        { kind: 'tableRemoved', table: 't' },
      ],
    ],
    [
      'another filter on rows',
      {
        ...base,
        scope: {
          level: 'read',
          tables: [{ table: 't', columns: ['a', 'b'], rowFilter: 'x = 1' }],
        },
      },
      [{ kind: 'rows', table: 't', from: undefined, to: 'x = 1' }],
    ],
    [
      'a shorter time for another purpose',
      { ...base, durationDays: 7, purpose: 'q' },
      [
        { kind: 'duration', from: 30, to: 7 },
        { kind: 'purpose', from: 'p', to: 'q' },
      ],
    ],
    [
      'a consumer and a reason',
      { ...base, consumerRef: 'component:default/x', justification: 'why' },
      [
        { kind: 'consumer', from: undefined, to: 'component:default/x' },
        { kind: 'reason' },
      ],
    ],
    [
      'more than reading',
      { ...base, scope: { ...base.scope, level: 'modify' } },
      [{ kind: 'level', from: 'read', to: 'modify' }],
    ],
  ])('finds %s', (_, to, changes) => {
    expect(diffRequests(base, to)).toEqual(changes);
  });

  it('finds nothing in another spelling of the rows', () => {
    const byRows = (rowFilter: string): Parameters<typeof diffRequests>[0] => ({
      ...base,
      scope: { level: 'read', tables: [{ table: 't', rowFilter }] },
    });
    expect(diffRequests(byRows('x = 1'), byRows('(X=1.0)'))).toEqual([]);
    expect(diffRequests(byRows('x = 1'), byRows('x = 2'))).toHaveLength(1);
  });

  it('finds chosen columns where all were asked for', () => {
    expect(
      diffRequests(
        { ...base, scope: { level: 'read', tables: [{ table: 't' }] } },
        base,
      ),
    ).toEqual([{ kind: 'chosenColumns', table: 't', columns: ['a', 'b'] }]);
  });
});
