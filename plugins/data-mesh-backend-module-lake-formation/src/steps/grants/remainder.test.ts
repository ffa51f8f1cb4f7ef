import { Access } from '../../lake/access';
import { ColumnSet } from '../../lake/columns';
import { ResourceAccess } from '../../lake/grant';
import { AccessByResource } from '../../lake/held';
import { resourceKey } from '../../lake/keys';
import { TableResource } from '../../lake/resource';
import { accessInWords } from '../../lake/words';
import { GrantInForce, baselineOf, remainderOf } from './remainder';

const all: ColumnSet = { except: [] };
const none: ColumnSet = { only: [] };
const only = (...names: string[]): ColumnSet => ({ only: names });
const access = (select: ColumnSet, ...permissions: string[]): Access => ({
  permissions,
  select,
});

const WHOLE = access(all, 'DESCRIBE');
const NOTHING = access(none);

const orders: TableResource = {
  kind: 'table',
  catalogId: '210987654321',
  database: 'sales',
  table: 'orders',
};
const want = (one: Access): ResourceAccess => ({
  resource: orders,
  access: one,
});
const on = (one: Access): AccessByResource =>
  new Map([[resourceKey(orders), one]]);
const step = (wanted: Access, baseline: Access = NOTHING): GrantInForce => ({
  wants: [want(wanted)],
  baseline: on(baseline),
});

describe('what was there before a step', () => {
  it.each([
    {
      name: 'is nothing on an untouched table',
      held: NOTHING,
      others: [],
      before: NOTHING,
    },
    {
      name: 'is all that is held where no other step is in force',
      held: access(only('a', 'b'), 'DROP'),
      others: [],
      before: access(only('a', 'b'), 'DROP'),
    },
    {
      name: 'is what is held less what another step has put there',
      held: access(only('a', 'b')),
      others: [step(access(only('b')))],
      before: access(only('a')),
    },
    {
      name: 'includes what the other step had found itself',
      held: access(only('a', 'b')),
      others: [step(access(only('a', 'b')), access(only('a')))],
      before: access(only('a')),
    },
    {
      name: 'is nothing where the other step has put the whole table',
      held: WHOLE,
      others: [step(WHOLE)],
      before: NOTHING,
    },
    {
      name: 'is what ALL contains',
      held: access(none, 'ALL'),
      others: [],
      before: access(
        all,
        'ALL',
        'ALTER',
        'CREATE_TABLE',
        'DELETE',
        'DESCRIBE',
        'DROP',
        'INSERT',
      ),
    },
  ])('$name', ({ held, others, before }) => {
    expect(
      baselineOf([want(WHOLE)], on(held), others).get(resourceKey(orders)),
    ).toEqual(before);
  });

  it('takes no notice of other tables of another step', () => {
    const other: GrantInForce = {
      wants: [{ resource: { ...orders, table: 'customers' }, access: WHOLE }],
      baseline: new Map(),
    };
    expect(
      baselineOf([want(WHOLE)], on(WHOLE), [other]).get(resourceKey(orders)),
    ).toEqual(WHOLE);
  });
});

describe('what goes and what stays when a step ends', () => {
  const BEFORE = 'was there before this access was granted';
  const NEEDED = 'another entitlement needs it';

  it.each([
    {
      name: 'takes all of it where nobody else needs it',
      ends: step(WHOLE),
      held: WHOLE,
      others: [],
      removes: 'SELECT and DESCRIBE on `sales.orders`',
      keeps: [],
    },
    {
      name: 'takes nothing where nothing is held any more',
      ends: step(WHOLE),
      held: NOTHING,
      others: [],
      removes: '',
      keeps: [],
    },
    {
      name: 'takes what is left where somebody took a part away',
      ends: step(WHOLE),
      held: access(none, 'DESCRIBE'),
      others: [],
      removes: 'DESCRIBE on `sales.orders`',
      keeps: [],
    },
    {
      name: 'leaves what was there before',
      ends: step(WHOLE, WHOLE),
      held: WHOLE,
      others: [],
      removes: '',
      keeps: [['SELECT and DESCRIBE on `sales.orders`', BEFORE]],
    },
    {
      name: 'leaves permissions it never wanted without a word',
      ends: step(WHOLE),
      held: access(all, 'ALTER', 'DESCRIBE'),
      others: [],
      removes: 'SELECT and DESCRIBE on `sales.orders`',
      keeps: [],
    },
    {
      name: 'narrows the whole table to the columns of before',
      ends: step(WHOLE, access(only('a'))),
      held: WHOLE,
      others: [],
      removes:
        'DESCRIBE on `sales.orders`, SELECT on all columns except `a` of `sales.orders`',
      keeps: [['SELECT on column `a` of `sales.orders`', BEFORE]],
    },
    {
      name: 'narrows the whole table to the columns of another entitlement',
      ends: step(WHOLE),
      held: WHOLE,
      others: [step(access(only('b')))],
      removes:
        'DESCRIBE on `sales.orders`, SELECT on all columns except `b` of `sales.orders`',
      keeps: [['SELECT on column `b` of `sales.orders`', NEEDED]],
    },
    {
      name: 'leaves columns to an entitlement for the whole table',
      ends: step(access(only('a', 'b'))),
      held: WHOLE,
      others: [step(WHOLE)],
      removes: '',
      keeps: [['SELECT on columns `a` and `b` of `sales.orders`', NEEDED]],
    },
    {
      name: 'leaves what another entitlement wants although it only found it',
      ends: step(access(only('a'))),
      held: access(only('a')),
      others: [step(access(only('a')), access(only('a')))],
      removes: '',
      keeps: [['SELECT on column `a` of `sales.orders`', NEEDED]],
    },
    {
      name: 'tells apart what was there, what is needed, and the rest',
      ends: step(access(only('a', 'b', 'c')), access(only('a'))),
      held: access(only('a', 'b', 'c')),
      others: [step(access(only('b')))],
      removes: 'SELECT on column `c` of `sales.orders`',
      keeps: [
        ['SELECT on column `a` of `sales.orders`', BEFORE],
        ['SELECT on column `b` of `sales.orders`', NEEDED],
      ],
    },
    {
      name: 'leaves columns under a grant of the whole table by somebody else',
      ends: step(access(only('a'))),
      held: access(all),
      others: [],
      removes: '',
      keeps: [
        [
          'SELECT on column `a` of `sales.orders`',
          'someone else has granted SELECT on more columns since, and Lake Formation cannot tell the two apart',
        ],
      ],
    },
    {
      name: 'takes a column out of all, where all but that was there before',
      ends: step(access(only('a')), access({ except: ['a'] })),
      held: access(all),
      others: [],
      removes: 'SELECT on column `a` of `sales.orders`',
      keeps: [],
    },
    {
      name: 'cannot revoke what only ALL gives',
      ends: step(WHOLE),
      held: access(none, 'ALL'),
      others: [],
      removes: '',
      keeps: [],
    },
  ])('$name', ({ ends, held, others, removes, keeps }) => {
    const found = remainderOf(ends, on(held), others);
    expect(accessInWords(found.removes).text).toBe(removes || 'nothing');
    expect(
      found.keeps.map(kept => [
        accessInWords([kept.want]).text,
        kept.because.text,
      ]),
    ).toEqual(keeps);
  });
});
