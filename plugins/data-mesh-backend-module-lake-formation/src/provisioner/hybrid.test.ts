import {
  CreateLakeFormationOptInCommand,
  LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  EmulatedMesh,
  MeshOptions,
  aMeshTable,
} from '../__testUtils__/EmulatedMesh';
import { SCOPES } from '../__testUtils__/layouts';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';
import { MOST_TAGGED } from '../planning/hybridMode';

const world = useMesh();
const analyst = roleArn('analyst');
const other = roleArn('other');
const peer = roleArn('analyst', CONSUMER);
const DENIED = 'AccessDeniedException';

const OPEN = { principal: 'IAM_ALLOWED_PRINCIPALS', permissions: ['ALL'] };

/** `sales`, open to IAM at a location in hybrid access mode. */
const hybrid = (more: Partial<SeedAccount> = {}): Partial<SeedAccount> => ({
  locations: [{ arn: 'arn:aws:s3:::acme-lake', hybridAccessEnabled: true }],
  databases: [
    {
      name: DATABASE,
      locationUri: `s3://acme-lake/${DATABASE}`,
      iamAllowedPrincipals: true,
      createTableDefaultPermissions: [OPEN],
      tables: ['orders', 'customers'].map(name => ({
        ...aMeshTable(name),
        iamAllowedPrincipals: true,
      })),
    },
  ],
  ...more,
});

/** The same, with LF-Tags on `orders`, of which `email` is not for everybody. */
const byTags: Partial<SeedAccount> = {
  lfTags: [{ key: 'class', values: ['open', 'secret'] }],
  databases: hybrid().databases?.map(database => ({
    ...database,
    tables: database.tables?.map(table =>
      table.name === 'orders'
        ? {
            ...table,
            lfTags: { class: 'open' },
            columns: table.columns?.map(column => ({
              ...column,
              ...(column.name === 'email' && { lfTags: { class: 'secret' } }),
            })),
          }
        : table,
    ),
  })),
};
const taggedOpen = {
  tables: [],
  tagExpression: [{ key: 'class', values: ['open'] }],
};

const single = (more?: Partial<SeedAccount>): MeshOptions => ({
  catalog: hybrid(more),
});
const peers = (more?: Partial<SeedAccount>): MeshOptions => ({
  organization: true,
  catalog: hybrid(more),
});

/** The consumer's role reads through the link. */
const seenBy = (mesh: EmulatedMesh, role: string, table = 'orders') =>
  mesh.columnsSeenBy(role, DATABASE, table);

const kinds = (steps: { kind: string }[]) => steps.map(({ kind }) => kind);

describe('hybrid access mode within one account', () => {
  it('holds who is granted something to that, and leaves the others alone', async () => {
    const mesh = await world.start(single());
    const before = mesh.state();
    expect(await seenBy(mesh, analyst)).toEqual(COLUMNS);
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
    );
    expect(plan.steps.map(({ words }) => words.text)).toEqual([
      'Grant SELECT on column `amount` of `sales.orders` to `analyst`',
      'Opt `analyst` in to Lake Formation on `sales.orders`. From then on, Lake Formation grants decide there, not IAM alone',
    ]);
    expect(plan.steps[1].needs).toEqual([plan.steps[0].id]);
    expect(plan.warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^`sales.orders`: .* everyone .* limits only `analyst` to what Lake Formation grants there/,
      ),
    ]);
    expect(await seenBy(mesh, analyst)).toEqual(['amount']);
    expect(await seenBy(mesh, other)).toEqual(COLUMNS);
    // It asked for one table, and is left to IAM on the other.
    expect(await seenBy(mesh, analyst, 'customers')).toEqual(COLUMNS);
    const { removed } = await mesh.entitlements.end(live);
    expect(removed[0]).toBe(
      `the opt-in of \`${analyst}\` to Lake Formation on \`sales.orders\``,
    );
    expect(mesh.state()).toEqual(before);
  });

  it('holds attributes of principals to grants by their condition', async () => {
    const mesh = await world.start(single());
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({
        principal: `${ACCOUNT}:IAMPrincipals?department=sales`,
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
    );
    expect(plan.steps[1].call.input).toMatchObject({
      Condition: { Expression: expect.stringContaining('"department"') },
    });
    const asSales = { department: 'sales' };
    expect(
      await mesh.columnsSeenBy(analyst, DATABASE, 'orders', asSales),
    ).toEqual(['amount']);
    expect(await seenBy(mesh, analyst)).toEqual(COLUMNS);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('opts in to all tables where the database gives new ones to IAM', async () => {
    const mesh = await world.start(single());
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        port: aPort(['orders', 'customers']),
        scope: { tables: [], allTables: true },
      }),
    );
    expect(kinds(plan.steps)).toEqual(['grantPermissions', 'optIn']);
    expect(plan.steps[1].call.input.Resource).toEqual({
      Table: { CatalogId: ACCOUNT, DatabaseName: DATABASE, TableWildcard: {} },
    });
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('looks at locations only where something is left to IAM', async () => {
    const mesh = await world.start(
      single({
        databases: [{ name: DATABASE, tables: [aMeshTable('orders')] }],
      }),
    );
    const { steps } = await mesh.entitlements.plan(
      anIntent({ principal: analyst }),
    );
    expect(kinds(steps)).toEqual(['grantPermissions']);
    expect(mesh.callsSince()).not.toContain('ListResources');
  });

  it.each([
    { what: 'is not in hybrid access mode', hybridAccessEnabled: false },
    {
      what: 'lies elsewhere',
      hybridAccessEnabled: true,
      arn: 'arn:aws:s3:::other-lake',
    },
  ])('opts nobody in where the location $what', async location => {
    const { arn = 'arn:aws:s3:::acme-lake', hybridAccessEnabled } = location;
    const mesh = await world.start(
      single({ locations: [{ arn, hybridAccessEnabled }] }),
    );
    const { steps, warnings } = await mesh.entitlements.plan(
      anIntent({ principal: analyst }),
    );
    expect(kinds(steps)).toEqual(['grantPermissions']);
    expect(warnings[0].text).toContain('This plan does not change that');
  });
});

describe('hybrid access mode across accounts', () => {
  it.each(SCOPES)(
    'lets the role of the consumer read $name through its link',
    async ({ scope, orders, customers }) => {
      const mesh = await world.start(peers(scope.tagExpression && byTags));
      const before = mesh.state();
      const { plan, live } = await mesh.entitlements.grant(
        anIntent({
          principal: peer,
          scope,
          port: aPort(['orders', 'customers']),
        }),
      );
      expect(kinds(plan.steps)).toContain('optIn');
      expect(kinds(plan.steps)).not.toContain('restrictAccess');
      expect({
        orders: await seenBy(mesh, peer),
        customers: await seenBy(mesh, peer, 'customers'),
      }).toEqual({ orders, customers });
      await mesh.entitlements.end(live);
      expect(mesh.state()).toEqual(before);
    },
  );

  it('shows the role nothing without the opt-in', async () => {
    const mesh = await world.start(peers());
    const plan = await mesh.entitlements.plan(anIntent({ principal: peer }));
    await mesh.entitlements.carryOut({
      ...plan,
      steps: plan.steps.filter(({ kind }) => kind !== 'optIn'),
    });
    expect(await seenBy(mesh, peer)).toBe(DENIED);
  });

  it('opts in to the database beside all of its tables', async () => {
    const mesh = await world.start(peers());
    const { steps } = await mesh.entitlements.plan(
      anIntent({ principal: peer, scope: { tables: [], allTables: true } }),
    );
    const resources = steps
      .filter(({ kind }) => kind === 'optIn')
      .map(({ call }) => call.input.Resource);
    expect(resources).toEqual([
      { Database: { CatalogId: ACCOUNT, Name: DATABASE } },
      {
        Table: {
          CatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableWildcard: {},
        },
      },
    ]);
  });

  it('opts the account in that passes access on', async () => {
    const mesh = await world.start(peers());
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: `${CONSUMER}:IAMPrincipals` }),
    );
    const step = plan.steps.find(({ kind }) => kind === 'optIn');
    expect(step?.call.input.Principal).toEqual({
      DataLakePrincipalIdentifier: CONSUMER,
    });
    expect(await seenBy(mesh, peer)).toEqual(COLUMNS);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('is not relied on where the cross-account version does not know it', async () => {
    const mesh = await world.start(
      peers({ settings: { crossAccountVersion: 3 } }),
    );
    await expect(
      mesh.entitlements.plan(anIntent({ principal: peer })),
    ).rejects.toThrow(
      'or register the location in hybrid access mode (cross-account version 4 or above)',
    );
  });
});

describe('hybrid access mode by LF-Tags', () => {
  const intent = anIntent({ principal: analyst, scope: taggedOpen });
  const open = COLUMNS.filter(name => name !== 'email');

  it('opts in to the tables that the expression reaches, and tells of later ones', async () => {
    const mesh = await world.start(single(byTags));
    const before = mesh.state();
    expect(await seenBy(mesh, analyst)).toEqual(COLUMNS);
    const { plan, live } = await mesh.entitlements.grant(intent);
    expect(plan.steps.map(({ words }) => words.text)).toEqual([
      expect.stringMatching(/^Grant SELECT and DESCRIBE on tables tagged/),
      'Opt `analyst` in to Lake Formation on `sales.orders`. From then on, Lake Formation grants decide there, not IAM alone',
    ]);
    expect(plan.steps[1]).toMatchObject({
      needs: [plan.steps[0].id],
      call: {
        operation: 'CreateLakeFormationOptIn',
        input: {
          Resource: {
            Table: {
              CatalogId: ACCOUNT,
              DatabaseName: DATABASE,
              Name: 'orders',
            },
          },
        },
      },
    });
    expect(plan.warnings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^`sales.orders`: .* everyone .*`analyst`.*IAM keeps deciding on tables that get these LF-Tags later/,
      ),
    );
    expect(await seenBy(mesh, analyst)).toEqual(open);
    // Nobody has tagged that one.
    expect(await seenBy(mesh, analyst, 'customers')).toEqual(COLUMNS);
    expect(await seenBy(mesh, other)).toEqual(COLUMNS);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('shares the opt-in with access to the same table by its name', async () => {
    const mesh = await world.start(single(byTags));
    const before = mesh.state();
    const tagged = await mesh.entitlements.grant(intent);
    const named = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        tables: [{ table: 'orders', columns: ['email'] }],
      }),
    );
    expect(named.plan.steps[1]).toMatchObject({
      id: tagged.plan.steps[1].id,
      done: true,
    });
    await mesh.entitlements.end(tagged.live);
    expect(await seenBy(mesh, analyst)).toEqual(['email']);
    await mesh.entitlements.end(named.live);
    expect(mesh.state()).toEqual(before);
  });

  it.each([
    {
      what: 'are not in hybrid access mode',
      more: { locations: [{ arn: 'arn:aws:s3:::acme-lake' }] },
      looks: { GetTable: false, ListResources: true },
    },
    {
      what: 'lie elsewhere',
      more: {
        locations: [{ arn: 'arn:aws:s3:::other', hybridAccessEnabled: true }],
      },
      looks: { GetTable: true, ListResources: true },
    },
    {
      what: 'are not left to IAM',
      more: {
        databases: byTags.databases?.map(database => ({
          ...database,
          iamAllowedPrincipals: false,
          createTableDefaultPermissions: [],
          tables: database.tables?.map(table => ({
            ...table,
            iamAllowedPrincipals: false,
          })),
        })),
      },
      looks: { GetTable: true, ListResources: true },
    },
  ])('opts nobody in to tables that $what', async ({ more, looks }) => {
    const mesh = await world.start(single({ ...byTags, ...more }));
    const { steps, warnings } = await mesh.entitlements.plan(intent);
    expect(kinds(steps)).toEqual(['grantPermissions']);
    expect(warnings.map(({ text }) => text).join()).not.toContain('opts in');
    const calls = mesh.callsSince();
    expect({
      GetTable: calls.includes('GetTable'),
      ListResources: calls.includes('ListResources'),
    }).toEqual(looks);
  });

  it('opts nobody in where there are too many tables to, and says so', async () => {
    const columns = [{ name: 'id', type: 'string' }];
    const mesh = await world.start(
      single({
        lfTags: byTags.lfTags,
        databases: [
          {
            name: DATABASE,
            iamAllowedPrincipals: true,
            lfTags: { class: 'open' },
            tables: Array.from({ length: MOST_TAGGED + 1 }, (_, index) => ({
              name: `t${index}`,
              location: `s3://acme-lake/${DATABASE}/t${index}`,
              iamAllowedPrincipals: true,
              columns,
            })),
          },
        ],
      }),
    );
    const { steps, warnings } = await mesh.entitlements.plan(intent);
    expect(kinds(steps)).toEqual(['grantPermissions']);
    expect(warnings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/match more than 1000 tables, .* opts nobody in/),
    );
  });
});

describe('an opt-in', () => {
  it('stays as long as somebody needs it', async () => {
    const mesh = await world.start(single());
    const before = mesh.state();
    const first = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
    );
    const second = await mesh.entitlements.grant(
      anIntent({
        principal: analyst,
        tables: [{ table: 'orders', columns: ['email'] }],
      }),
    );
    expect(second.plan.steps[1]).toMatchObject({ kind: 'optIn', done: true });
    const { kept } = await mesh.entitlements.end(first.live);
    expect(kept).toContain(
      `the opt-in of \`${analyst}\` to Lake Formation on \`sales.orders\`: another entitlement needs it`,
    );
    expect(await seenBy(mesh, analyst)).toEqual(['email']);
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });

  it('stays that was there before', async () => {
    const mesh = await world.start(
      single({
        optIns: [
          {
            principal: analyst,
            resource: { database: DATABASE, table: 'orders' },
          },
        ],
      }),
    );
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    expect(plan.steps[1].done).toBe(true);
    const { kept } = await mesh.entitlements.end(live);
    expect(kept[0]).toMatch(/was there before this access was granted$/);
    expect(mesh.state()).toEqual(before);
  });

  it('is of no concern to that of somebody else on the same table', async () => {
    const mesh = await world.start(single());
    const mine = await mesh.entitlements.grant(
      anIntent({ principal: analyst }),
    );
    const theirs = await mesh.entitlements.grant(
      anIntent({
        principal: other,
        tables: [{ table: 'orders', columns: ['amount'] }],
      }),
    );
    await mesh.entitlements.end(mine.live);
    expect(await seenBy(mesh, other)).toEqual(['amount']);
    await mesh.entitlements.end(theirs.live);
  });

  it('that somebody else has made meanwhile is taken as it is', async () => {
    const mesh = await world.start(single());
    const { steps } = await mesh.entitlements.plan(
      anIntent({ principal: analyst }),
    );
    const [, step] = steps;
    const observation = await mesh.provisioner.observe(step);
    expect(observation.state).toBe('absent');
    const client = new LakeFormationClient({
      region: REGION,
      endpoint: mesh.emulator.url,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
    });
    await client.send(
      new CreateLakeFormationOptInCommand({
        Principal: { DataLakePrincipalIdentifier: analyst },
        Resource: {
          Table: { CatalogId: ACCOUNT, DatabaseName: DATABASE, Name: 'orders' },
        },
      }),
    );
    client.destroy();
    await mesh.provisioner.apply(step, { observation });
    expect(await mesh.provisioner.observe(step)).toMatchObject({
      state: 'present',
    });
  });

  it('needs an administrator, and says so', async () => {
    const owner = roleArn('provisioner');
    const mesh = await world.start({
      catalog: hybrid({
        administrators: [roleArn('somebody')],
        readOnlyAdministrators: [owner],
        keys: [{ accessKeyId: 'AKIAPROVISIONER', principal: owner }],
        grants: [
          {
            principal: owner,
            resource: { database: DATABASE, table: 'orders' },
            permissions: ['SELECT', 'DESCRIBE'],
            grantOption: true,
          },
        ],
      }),
      accessKeyIds: { [ACCOUNT]: 'AKIAPROVISIONER' },
    });
    const error = await mesh.entitlements
      .grant(anIntent({ principal: analyst }))
      .catch(reason => reason);
    expect(mesh.provisioner.classify(error)).toEqual({
      code: 'NotAdministratorError',
      kind: 'permanent',
      message: expect.stringContaining(
        `lets only data lake administrators of account ${ACCOUNT} look at opt-ins`,
      ),
      advice: expect.stringContaining('data lake administrator'),
    });
  });

  it('is refused to be read from a step that is none', async () => {
    const mesh = await world.start(single());
    const { steps } = await mesh.entitlements.plan(
      anIntent({ principal: analyst }),
    );
    await expect(
      mesh.provisioner.observe({
        ...steps[1],
        call: { ...steps[1].call, input: {} },
      }),
    ).rejects.toThrow(/of kind 'optIn' cannot be read; expected accountId/);
  });
});
