import { placeProblem, placeProblems, problemsAt } from './problemFields';

const draft = {
  productRef: 'dataproduct:default/customer-360',
  scope: {
    level: 'read' as const,
    tables: [{ table: 'profiles' }, { table: 'orders' }],
  },
};

describe('placeProblem', () => {
  it.each([
    ['port', 'port', undefined],
    ['scope', 'columns', undefined],
    ['scope.tables', 'columns', undefined],
    ['scope.tables[1].columns', 'columns', 'orders'],
    ['scope.tables[0].columns[3]', 'columns', 'profiles'],
    ['scope.tables[1].rowFilter', 'rows', 'orders'],
    ['scope.tables[9].columns', 'columns', undefined],
    ['principals', 'principals', undefined],
    ['principals[0]', 'principals', undefined],
    ['consumerRef', 'consumer', undefined],
    ['purpose', 'purpose', undefined],
    ['durationDays', 'duration', undefined],
    ['justification', 'reason', undefined],
    ['/body/purpose', 'purpose', undefined],
    ['/body/scope/tables/1/columns', 'columns', 'orders'],
    ['productRef', 'form', undefined],
    ['portability', 'form', undefined],
    ['', 'form', undefined],
    ['something.new', 'form', undefined],
  ])('puts %s at %s', (field, place, table) => {
    const placed = placeProblem({ field, reason: 'is wrong' }, draft);
    expect(placed.field).toBe(place);
    expect(placed.table).toBe(table);
  });
});

describe('placeProblem of what a plan cannot do', () => {
  it.each([
    ["scope.level is 'append', and scope.tables[0] names columns", 'level'],
    ['InputError: scope.tagExpression names an LF-Tag', 'tags'],
    ['scope.tables[1].rowFilter of `orders` is empty', 'rows'],
    ['The database does not exist', 'port'],
  ])('puts "%s" at %s', (reason, place) => {
    expect(placeProblem({ field: 'port', reason }, draft).field).toBe(place);
  });
});

describe('placeProblems', () => {
  const problems = [
    { field: 'purpose', reason: 'is missing' },
    { field: 'productRef', reason: 'nobody decides' },
    { field: 'productRef', reason: 'nobody decides' },
  ];

  it('says each problem once', () => {
    expect(placeProblems(problems, draft)).toHaveLength(2);
  });

  it('does not reproach what is not filled in yet', () => {
    expect(
      placeProblems(problems, draft, { untouched: true }).map(p => p.field),
    ).toEqual(['form']);
  });

  it('says what is wrong with a field that is filled in', () => {
    expect(
      placeProblems(problems, { ...draft, purpose: 'x' }, { untouched: true }),
    ).toContainEqual({ field: 'purpose', reason: 'is missing' });
  });
});

describe('problemsAt', () => {
  it('shows at a table what is about it, and what is about no table', () => {
    const at = [
      { field: 'columns' as const, table: 'orders', reason: 'a' },
      { field: 'columns' as const, table: 'profiles', reason: 'b' },
      { field: 'columns' as const, reason: 'c' },
      { field: 'port' as const, reason: 'd' },
    ];
    expect(problemsAt(at, 'columns', 'orders').map(p => p.reason)).toEqual([
      'a',
      'c',
    ]);
  });
});
