import type { AccessScope } from '../client/types.generated';
import { DEFAULT_POLICY_RULES, evaluatePolicy } from './evaluatePolicy';
import { aProtectingPort, theFacts } from './policyFixture';
import type { NamingPort } from './reach';

const rules = { ...DEFAULT_POLICY_RULES, stewards: ['group:default/stewards'] };
const said = (change: Parameters<typeof theFacts>[0]) =>
  evaluatePolicy(theFacts(change), rules);
const stagesOf = (change: Parameters<typeof theFacts>[0]) =>
  (said(change).stages ?? []).map(({ name, approvers, because }) => [
    name,
    approvers.join(', '),
    because.text,
  ]);

const ALL: AccessScope = { level: 'read', tables: [], allTables: true };
const TAGGED: AccessScope = {
  level: 'read',
  tables: [],
  tagExpression: [{ key: 'domain', values: ['sales'] }],
};
const filtered = (rowFilter: string, columns?: string[]): AccessScope => ({
  level: 'read',
  tables: [{ table: 'orders', rowFilter, ...(columns && { columns }) }],
});

const people: NamingPort = {
  productRef: 'dataproduct:default/people',
  port: 'lake',
  ownerRef: 'group:default/hr',
  approvers: ['group:default/hr-approvers'],
  domainRef: 'domain:default/hr',
};
const payroll = aProtectingPort(
  people,
  [
    {
      name: 'payroll',
      columns: [
        { name: 'salary', type: 'double', pii: true },
        { name: 'iban', type: 'string', pii: true },
      ],
    },
  ],
  { neverShared: ['payroll.iban'], database: 'hr' },
);
const own = [
  'owner',
  'group:default/sales',
  'the owner decides about the product',
];

describe('who is asked', () => {
  it.each([
    ['as strictly as before by a file that anybody may have written', false, 2],
    ['by what is said where somebody vouches for it', true, 1],
  ])('judges a column %s', (_, vouched, stages) => {
    const declaring = aProtectingPort(
      { ...people, approvers: [], ...(vouched && { vouched }) },
      [{ name: 'customers', columns: [{ name: 'card', type: 'string' }] }],
    );
    const found = stagesOf({
      scope: { level: 'read', tables: [{ table: 'customers' }] },
      others: [declaring],
      lake: [{ table: 'customers', columns: ['customer_id', 'card'] }],
    });
    expect(found.filter(([name]) => name === 'steward')).toHaveLength(
      stages - 1,
    );
  });

  it('are the approvers of every product whose tables are reached', () => {
    expect(
      stagesOf({
        scope: TAGGED,
        others: [payroll],
        lake: [{ database: 'hr', table: 'PAYROLL', columns: ['Salary'] }],
      }),
    ).toEqual([
      own,
      [
        'owner',
        'group:default/hr-approvers',
        '`hr.PAYROLL` belongs to `people`, and the product names them',
      ],
      [
        'steward',
        'group:default/stewards',
        '`hr.PAYROLL.Salary` is personal data',
      ],
    ]);
  });

  it('are those who answer for tables that no product names', () => {
    expect(
      stagesOf({
        scope: ALL,
        lake: [
          { table: 'orders', columns: ['order_id'] },
          { table: 'audit', columns: ['x'] },
          { table: 'stray', columns: ['x'] },
          { table: 'torn', columns: ['x'] },
        ],
        holderOf: ({ table }) => {
          if (table === 'stray') return undefined;
          if (table === 'torn') return { contestedBy: ['domain:default/a'] };
          return { domainRef: 'domain:default/hr' };
        },
      }),
    ).toEqual([
      own,
      [
        'holder',
        'group:default/hr-domain',
        '`audit` belongs to no product, and `hr` answers for it',
      ],
      [
        'governance',
        'group:default/governance',
        '`stray` and `torn` belong to no product, and no domain answers for them',
      ],
    ]);
  });

  it('is governance where the domain holds none of the tags', () => {
    const lake = [{ table: 'orders', columns: ['order_id'] }];
    const scope = TAGGED;
    expect(stagesOf({ scope, lake, tagsHeld: true })).toEqual([own]);
    expect(stagesOf({ scope, lake, tagsHeld: false })[1].slice(0, 2)).toEqual([
      'governance',
      'group:default/governance',
    ]);
  });

  it('is a steward for a column that nobody declared in a table of personal data', () => {
    const [, steward] = stagesOf({
      scope: { level: 'read', tables: [{ table: 'customers' }] },
      lake: [
        {
          table: 'customers',
          columns: ['customer_id', 'payment_token'],
          reached: ['payment_token'],
        },
      ],
    });
    expect(steward[2]).toBe('`customers.payment_token` is personal data');
  });

  it('is a steward for personal data that only the filter reads', () => {
    const scope: AccessScope = {
      level: 'read',
      tables: [
        {
          table: 'customers',
          columns: ['customer_id'],
          rowFilter: "EMAIL LIKE 'a%'",
        },
      ],
    };
    expect(stagesOf({ scope }).map(([name]) => name)).toEqual([
      'owner',
      'steward',
    ]);
  });

  it('is nobody of the product while it waits who owns it', () => {
    const { stages } = said({ contested: true });
    expect(stages).toMatchObject([
      {
        approvers: [],
        standIns: [{ approvers: ['group:default/sales-domain'] }],
      },
    ]);
  });

  it('lets no owner of the requested domain stand in for other domains', () => {
    const { stages } = said({
      scope: TAGGED,
      others: [payroll],
      lake: [{ database: 'hr', table: 'payroll', columns: ['salary'] }],
    });
    expect(
      stages?.map(({ standIns }) => standIns?.flatMap(s => s.approvers)),
    ).toEqual([
      ['group:default/sales-domain'],
      ['group:default/hr-domain'],
      [],
    ]);
  });
});

describe('what is never shared', () => {
  it('is refused through whatever product', () => {
    expect(
      said({
        scope: TAGGED,
        others: [payroll],
        lake: [
          { database: 'hr', table: 'payroll', columns: ['salary', 'IBAN'] },
        ],
      }).refusals,
    ).toEqual([
      {
        field: 'scope.tagExpression',
        reason: expect.objectContaining({
          text: 'the owner of `people` never shares `IBAN` of hr.payroll; choose tables and columns without it',
        }),
      },
    ]);
  });

  it('is refused in a table that two products name, whoever is asked', () => {
    const other = aProtectingPort(people, [{ name: 'orders', columns: [] }], {
      neverShared: ['amount'],
    });
    expect(said({ others: [other] }).refusals).toEqual([
      {
        field: 'scope.tables[0].columns',
        reason: expect.objectContaining({
          text: 'the owner of `people` never shares `amount` of orders; choose columns without it',
        }),
      },
    ]);
  });

  it.each([
    ["payment_token LIKE 'tok_1%'", ['order_id']],
    [
      "NOT (order_id = 1 OR (order_id = 2 AND Payment_Token = 'x'))",
      ['order_id'],
    ],
  ])('is no filter: %s', (filter, columns) => {
    const { refusals } = said({
      scope: filtered(filter, columns),
      spec: { access: { neverShared: ['payment_token'] } },
      lake: [
        {
          table: 'orders',
          columns: ['order_id', 'amount', 'payment_token'],
          reached: columns,
        },
      ],
    });
    expect(refusals).toEqual([
      {
        field: 'scope.tables[0].rowFilter',
        reason: expect.objectContaining({
          text: 'filtering by `payment_token` of orders reads it, and the owner never shares it; filter by other columns',
        }),
      },
    ]);
  });

  it('is refused of a whole table though nobody declares the column', () => {
    const { refusals } = said({
      spec: { access: { neverShared: ['orders.payment_token'] } },
      lake: [{ table: 'orders', columns: ['order_id', 'Payment_Token'] }],
    });
    expect(refusals?.[0].reason.text).toMatch(/`Payment_Token` of orders/);
  });
});
