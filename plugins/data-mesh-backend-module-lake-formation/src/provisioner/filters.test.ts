import {
  CreateDataCellsFilterCommand,
  LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import type { TableScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EmulatedMesh, aMeshTable } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const ROWS = "customer_id = '7' AND amount > '10'";

const rows = (part: Partial<TableScope> = {}, principal = 'analytics') =>
  anIntent({
    principal: roleArn(principal),
    tables: [{ table: 'orders', rowFilter: ROWS, ...part }],
  });

const filtersOf = (mesh: EmulatedMesh): string[] =>
  mesh.emulator.snapshot().accounts.flatMap(account =>
    (
      account as {
        catalogs: Array<{ dataCellsFilters: Array<{ name: string }> }>;
      }
    ).catalogs.flatMap(catalog =>
      catalog.dataCellsFilters.map(({ name }) => name),
    ),
  );

const withFilter = (filter: {
  name: string;
  rowFilter?: string;
  columns?: string[];
}) => ({
  databases: [
    {
      name: DATABASE,
      tables: [{ ...aMeshTable('orders'), dataCellsFilters: [filter] }],
    },
  ],
});

describe('a data cells filter', () => {
  it('is named after what it lets through', async () => {
    const mesh = await world.start();
    const { plan } = await mesh.entitlements.grant(
      rows({ columns: ['amount'] }),
    );
    const [name] = filtersOf(mesh);
    expect(name).toMatch(/^customer-id-7-and-amount-10-[0-9a-f]{8}$/);
    expect(plan.steps.map(({ words }) => words.text)).toEqual([
      `Create filter \`${name}\` of \`sales.orders\`: rows where \`${ROWS}\`, column \`amount\``,
      `Grant SELECT on filter \`${name}\` of \`sales.orders\` to \`analytics\``,
    ]);
    expect(plan.steps[1].needs).toEqual([plan.steps[0].id]);
  });

  it('is shared by equal scopes, however they are spelt, and goes with the last', async () => {
    const mesh = await world.start();
    const before = mesh.state();
    const first = await mesh.entitlements.grant(rows());
    const second = await mesh.entitlements.grant(
      rows(
        { rowFilter: ` (CUSTOMER_ID='7')\n and  "amount" > '10' ` },
        'science',
      ),
    );
    expect(filtersOf(mesh)).toHaveLength(1);
    expect(second.plan.steps[0]).toEqual({
      ...first.plan.steps[0],
      done: true,
    });
    const { kept } = await mesh.entitlements.end(first.live);
    expect(kept).toEqual([
      expect.stringMatching(/^filter .* of .*: another entitlement needs it$/),
    ]);
    expect(
      await mesh.columnsSeenBy(roleArn('science'), DATABASE, 'orders'),
    ).toEqual(COLUMNS);
    await mesh.entitlements.end(second.live);
    expect(mesh.state()).toEqual(before);
  });

  it('is shared also where its terms stand in another order', async () => {
    const mesh = await world.start();
    await mesh.entitlements.grant(rows());
    const { plan } = await mesh.entitlements.grant(
      rows({ rowFilter: "amount > '10' AND customer_id = '7'" }, 'science'),
    );
    expect(plan.steps[0].done).toBe(true);
    expect(filtersOf(mesh)).toHaveLength(1);
  });

  it('is shared where the port spells columns otherwise than Glue does', async () => {
    const mesh = await world.start();
    await mesh.entitlements.grant(rows());
    const port = aPort();
    port.tables[0].columns[1].name = 'Customer_ID';
    const { plan } = await mesh.entitlements.grant(
      anIntent({
        port,
        tables: [
          { table: 'orders', rowFilter: ROWS.replace(/\w+/, '"Customer_ID"') },
        ],
        principal: roleArn('science'),
      }),
    );
    expect(plan.steps.map(({ done }) => done)).toEqual([true, undefined]);
    expect(filtersOf(mesh)).toHaveLength(1);
  });

  it.each([
    { name: 'other rows', part: { rowFilter: "customer_id = '8'" } },
    { name: 'other columns', part: { columns: ['amount'] } },
    {
      name: 'other texts in it',
      part: { rowFilter: ROWS.replace("'7'", "'7 '") },
    },
  ])('is another one for $name', async ({ part }) => {
    const mesh = await world.start();
    const before = mesh.state();
    const one = await mesh.entitlements.grant(rows());
    const other = await mesh.entitlements.grant(rows(part));
    expect(filtersOf(mesh)).toHaveLength(2);
    await mesh.entitlements.end(one.live);
    expect(filtersOf(mesh)).toHaveLength(1);
    await mesh.entitlements.end(other.live);
    expect(mesh.state()).toEqual(before);
  });

  it.each([
    ['the same spelling', ROWS],
    ['another spelling', `(AMOUNT>'10') and "customer_id"='7'`],
  ])('of somebody else in %s is used, and stays', async (_, rowFilter) => {
    const mesh = await world.start({
      catalog: withFilter({ name: 'theirs', rowFilter }),
    });
    const before = mesh.state();
    const { plan, live } = await mesh.entitlements.grant(rows());
    expect(plan.steps[0].done).toBe(true);
    expect(filtersOf(mesh)).toEqual(['theirs']);
    const { kept } = await mesh.entitlements.end(live);
    expect(kept).toEqual([
      'filter `theirs` of `sales.orders`: was there before this access was granted',
    ]);
    expect(mesh.state()).toEqual(before);
  });

  it('of our name and with other content is got out of the way of', async () => {
    const first = await world.start();
    await first.entitlements.grant(rows());
    const [name] = filtersOf(first);
    await first.stop();
    const mesh = await world.start({
      // The same rows, or it would not be looked at.
      catalog: withFilter({ name, rowFilter: ROWS, columns: ['amount'] }),
    });
    const before = mesh.state();
    const { live } = await mesh.entitlements.grant(rows());
    expect(filtersOf(mesh)).toEqual([name, expect.stringMatching(/-\w{16}$/)]);
    await mesh.entitlements.end(live);
    expect(mesh.state()).toEqual(before);
  });

  it('is not taken for ours where it was made meanwhile with other content', async () => {
    const mesh = await world.start();
    const plan = await mesh.entitlements.plan(rows());
    const { TableData } = plan.steps[0].call.input as {
      TableData: { Name: string };
    };
    const root = new LakeFormationClient({
      region: REGION,
      endpoint: mesh.emulator.url,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
    });
    await root.send(
      new CreateDataCellsFilterCommand({
        TableData: {
          TableCatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableName: 'orders',
          Name: TableData.Name,
          RowFilter: { AllRowsWildcard: {} },
          ColumnWildcard: {},
        },
      }),
    );
    root.destroy();
    const failed = await mesh.entitlements.carryOut(plan).catch(e => e);
    expect(mesh.provisioner.classify(failed)).toMatchObject({
      code: 'NotOursError',
      kind: 'permanent',
    });
    expect(
      await mesh.columnsSeenBy(roleArn('analytics'), DATABASE, 'orders'),
    ).toBe('AccessDeniedException');
  });

  it('goes past a grant on the whole table, which the plan says', async () => {
    const mesh = await world.start();
    await mesh.entitlements.grant(
      anIntent({ principal: roleArn('analytics') }),
    );
    const { warnings } = await mesh.entitlements.plan(rows());
    expect(warnings.map(({ text }) => text)).toEqual([
      '`analytics` holds SELECT on all of `sales.orders` already: Lake Formation shows it every row there, past the filter.',
    ]);
  });

  it('that is none is refused before AWS is asked anything', async () => {
    const mesh = await world.start();
    const failed = await mesh.entitlements
      .grant(rows({ rowFilter: 'nonsense of' }))
      .catch(e => e);
    expect(mesh.provisioner.classify(failed)).toMatchObject({
      kind: 'permanent',
      message: expect.stringMatching(
        /^scope\.tables\[0\]\.rowFilter of 'orders': expected a comparison.*found of at position 10/,
      ),
    });
    expect(filtersOf(mesh)).toEqual([]);
  });
});
