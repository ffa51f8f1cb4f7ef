import { ALL_COLUMNS } from '../grants/ColumnSelection';
import {
  EffectiveHolding,
  intersectHoldings,
  isNoHolding,
  uniteHoldings,
} from './holdings';

const on = (
  permissions: string[],
  rest: Partial<EffectiveHolding> = {},
): EffectiveHolding => ({ permissions, grantable: [], ...rest });

describe('what is passed on within a share', () => {
  it.each([
    [['ALL'], ['SELECT', 'DESCRIBE'], ['DESCRIBE', 'SELECT']],
    [['ALL'], ['ALL'], ['ALL']],
    [['SELECT'], ['DESCRIBE'], []],
    [['DESCRIBE', 'SELECT'], ['SELECT'], ['SELECT']],
  ])('of %j and %j is %j, either way', (a, b, expected) => {
    expect(intersectHoldings(on(a), on(b)).permissions).toEqual(expected);
    expect(intersectHoldings(on(b), on(a)).permissions).toEqual(expected);
  });

  it('keeps to the columns of both', () => {
    const whole = on(['SELECT'], { columns: ALL_COLUMNS, shows: ALL_COLUMNS });
    const some = { include: ['a', 'b'] };
    const part = on([], { columns: some, shows: some });
    expect(intersectHoldings(whole, part)).toMatchObject({
      permissions: [],
      columns: some,
      shows: some,
    });
    const others = on([], { columns: { include: ['c'] } });
    const common = intersectHoldings(part, others);
    expect(common.columns).toBeUndefined();
    expect(isNoHolding(common)).toBe(true);
  });

  it('can be passed on as far as both can', () => {
    expect(
      intersectHoldings(
        { ...on(['SELECT']), grantable: ['SELECT'] },
        { ...on(['SELECT', 'DROP']), grantable: ['DROP'] },
      ).grantable,
    ).toEqual([]);
  });

  it('comes together from several grants', () => {
    expect(
      uniteHoldings(
        on(['DESCRIBE'], { columns: { include: ['a'] } }),
        on(['DROP'], { columns: { include: ['b'] } }),
      ),
    ).toMatchObject({
      permissions: ['DESCRIBE', 'DROP'],
      columns: { include: ['a', 'b'] },
    });
  });
});
