import {
  DEFAULT_POLICY_RULES,
  allowedPurposes,
  evaluatePolicy,
  type PolicyRules,
} from './evaluatePolicy';
import { aProtectingPort, theFacts } from './policyFixture';
import type { NamingPort } from './reach';

const rules = (change: Partial<PolicyRules> = {}): PolicyRules => ({
  ...DEFAULT_POLICY_RULES,
  stewards: ['group:default/stewards'],
  ...change,
});

const hr: NamingPort = {
  productRef: 'dataproduct:default/people',
  port: 'lake',
  ownerRef: 'group:default/hr',
  approvers: [],
  domainRef: 'domain:default/hr',
};

const customers = (columns?: string[]) => ({
  level: 'read' as const,
  tables: [{ table: 'customers', ...(columns && { columns }) }],
});

describe('evaluatePolicy', () => {
  it('leaves the decision to the owner', () => {
    expect(evaluatePolicy(theFacts(), rules())).toMatchObject({
      stages: [{ name: 'owner', approvers: ['group:default/sales'] }],
      refusals: [],
      maxDurationDays: 365,
      autoApprove: undefined,
    });
  });

  it('leaves it to the approvers that the product names', () => {
    const facts = theFacts({
      spec: {
        access: { approvers: ['group:shop/deciders', 'user:other/omar'] },
      },
    });
    expect(evaluatePolicy(facts, rules()).stages).toMatchObject([
      { name: 'owner', approvers: ['group:shop/deciders', 'user:other/omar'] },
    ]);
  });

  it.each([
    ['all columns', customers(), ['customers.email', 'customers.phone']],
    ['a column of personal data', customers(['email']), ['customers.email']],
    [
      'all tables',
      { level: 'read' as const, tables: [], allTables: true },
      ['customers.email', 'customers.phone'],
    ],
    [
      'what is tagged, whatever that reaches',
      {
        level: 'read' as const,
        tables: [],
        tagExpression: [{ key: 'domain', values: ['sales'] }],
      },
      ['customers.email', 'customers.phone'],
    ],
  ])('asks a steward too for %s', (_, scope, columns) => {
    const { stages } = evaluatePolicy(theFacts({ scope }), rules());
    expect(stages?.map(one => one.name)).toEqual(['owner', 'steward']);
    expect(stages?.[1]).toMatchObject({
      approvers: ['group:default/stewards'],
      columns,
      because: expect.objectContaining({
        text: expect.stringMatching(/personal data$/),
      }),
    });
  });

  it.each([
    ['no personal data is asked for', customers(['customer_id']), {}],
    ['there are none', customers(), { stewards: [] }],
  ])('asks no steward where %s', (_, scope, change) => {
    const { stages } = evaluatePolicy(theFacts({ scope }), rules(change));
    expect(stages).toHaveLength(1);
  });

  it.each([
    ['by column', ['email'], customers(), ['scope.tables[0].columns']],
    [
      'by table and column',
      ['customers.phone'],
      customers(['phone']),
      ['scope.tables[0].columns'],
    ],
    [
      'in another case',
      ['Customers.EMAIL'],
      customers(),
      ['scope.tables[0].columns'],
    ],
    ['of another table', ['orders.email'], customers(), []],
    ['where it is not asked for', ['email'], customers(['customer_id']), []],
  ])('refuses what is never shared: %s', (_, neverShared, scope, fields) => {
    const facts = theFacts({ scope, spec: { access: { neverShared } } });
    const { refusals } = evaluatePolicy(facts, rules());
    expect(refusals?.map(one => one.field)).toEqual(fields);
  });

  it.each([
    ['scope.allTables', { allTables: true }],
    [
      'scope.tagExpression',
      { tagExpression: [{ key: 'domain', values: ['sales'] }] },
    ],
  ])('refuses what is never shared, by %s', (field, form) => {
    const facts = theFacts({
      scope: { level: 'read', tables: [], ...form },
      spec: { access: { neverShared: ['customers.email'] } },
    });
    expect(evaluatePolicy(facts, rules()).refusals).toEqual([
      {
        field,
        reason: expect.objectContaining({
          text: 'the owner never shares `email` of customers; choose tables and columns without it',
        }),
      },
    ]);
  });

  it.each([
    [undefined, 365],
    [20, 20],
    [900, 365],
  ])('limits the duration: %s days by the product', (max, days) => {
    const facts = theFacts({ spec: { access: { maxDurationDays: max } } });
    expect(evaluatePolicy(facts, rules()).maxDurationDays).toBe(days);
  });

  describe('approves by rule', () => {
    const both = rules({ autoApprove: { publicData: true, sameDomain: true } });

    it('public data, as far as every column is public', () => {
      const facts = theFacts({ spec: { classification: 'public' } });
      expect(evaluatePolicy(facts, both)).toMatchObject({
        stages: [],
        autoApprove: {
          because: expect.objectContaining({
            text: 'the product is public data',
          }),
        },
      });
    });

    it('requesters of the same domain', () => {
      const facts = theFacts({
        requesterOwnershipRefs: [
          'user:default/dora',
          'group:default/sales-domain',
        ],
      });
      expect(evaluatePolicy(facts, both).autoApprove?.because.text).toMatch(
        /belongs to the domain/,
      );
    });

    it.each([
      ['no rule says so', { spec: { classification: 'public' } }, rules()],
      [
        'the data is not public',
        { spec: { classification: 'internal' } },
        both,
      ],
      [
        'personal data is asked for',
        { spec: { classification: 'public' }, scope: customers() },
        both,
      ],
      [
        'personal data is asked for, and there are no stewards',
        { spec: { classification: 'public' }, scope: customers() },
        { ...both, stewards: [] },
      ],
      [
        'tables that are added later are reached',
        {
          spec: { classification: 'public' },
          port: { name: 'lake', type: 'fake', location: {}, tables: [] },
          scope: { level: 'read', tables: [], allTables: true },
        },
        both,
      ],
      [
        'a column is less public than its product',
        {
          spec: { classification: 'public' },
          others: [
            aProtectingPort({ ...hr, vouched: true }, [
              {
                name: 'orders',
                columns: [
                  {
                    name: 'amount',
                    type: 'double',
                    classification: 'confidential',
                  },
                ],
              },
            ]),
          ],
        },
        both,
      ],
      [
        'nobody vouches that it is public',
        { spec: { classification: 'public' }, vouched: false },
        both,
      ],
      [
        'another file on the table, which anybody may have written, calls it public',
        {
          spec: { classification: 'public' },
          others: [
            aProtectingPort(
              hr,
              [
                {
                  name: 'orders',
                  columns: [
                    { name: 'order_id', type: 'bigint' },
                    { name: 'amount', type: 'double' },
                    { name: 'token', type: 'string' },
                  ],
                },
              ],
              { classification: 'public' },
            ),
          ],
          lake: [{ table: 'orders', columns: ['order_id', 'token'] }],
        },
        both,
      ],
      [
        'a column is reached that nobody declared',
        {
          spec: { classification: 'public' },
          lake: [{ table: 'orders', columns: ['order_id', 'token'] }],
        },
        both,
      ],
      [
        'it is not known what is reached',
        { spec: { classification: 'public' }, incomplete: 'Glue is silent' },
        both,
      ],
      [
        'it waits who owns the product',
        { spec: { classification: 'public' }, contested: true },
        both,
      ],
      [
        'a table is reached that belongs to another domain too',
        {
          requesterOwnershipRefs: [
            'user:default/dora',
            'group:default/sales-domain',
          ],
          others: [
            aProtectingPort(hr, [
              {
                name: 'orders',
                columns: [{ name: 'amount', type: 'double' }],
              },
            ]),
          ],
        },
        both,
      ],
      [
        'the domain has no owner',
        {
          domainOwnerRef: undefined,
          requesterOwnershipRefs: ['user:default/dora'],
        },
        both,
      ],
    ] as Array<[string, Parameters<typeof theFacts>[0], PolicyRules]>)(
      'nothing where %s',
      (_, change, given) => {
        const said = evaluatePolicy(theFacts(change), given);
        expect(said.autoApprove).toBeUndefined();
        expect(said.stages?.length).toBeGreaterThan(0);
      },
    );
  });
});

describe('allowedPurposes', () => {
  const purposes = [
    { id: 'a', title: 'A' },
    { id: 'b', title: 'B' },
  ];
  it.each([
    [undefined, ['a', 'b']],
    [['b', 'c'], ['b']],
    [[], []],
  ])('of a product that allows %j', (allowed, ids) => {
    const product = { spec: { access: { purposes: allowed } } };
    expect(allowedPurposes({ purposes }, product).map(one => one.id)).toEqual(
      ids,
    );
  });
});
