import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import {
  EmulatedAccounts,
  startAccounts,
} from '../__testUtils__/startAccounts';

const ADMIN = roleArn('lake-admin');
const ROLES = ['whole', 'columns', 'tagged', 'secret', 'saved', 'all', 'none'];

const table = { DatabaseName: DATABASE, Name: 'orders' };
const open = [{ TagKey: 'class', TagValues: ['open'] }];
const secret = [{ TagKey: 'class', TagValues: ['secret'] }];

/**
 * What the answer says is what Glue lets each role see: the one is worked out
 * of grants and tags, the other is Lake Formation's own decision.
 */
describe('effective access, beside what Glue shows', () => {
  let accounts: EmulatedAccounts;
  let grants: ScannedGrant[];

  beforeAll(async () => {
    accounts = await startAccounts({
      accounts: [
        {
          id: ACCOUNT,
          regions: [REGION],
          administrators: [ADMIN],
          lfTags: [{ key: 'class', values: ['open', 'secret'] }],
          lfTagExpressions: [
            { name: 'open-data', expression: { class: ['open'] } },
          ],
          databases: [
            {
              name: DATABASE,
              lfTags: { class: 'open' },
              tables: [
                {
                  name: 'orders',
                  columns: COLUMNS.map(name => ({
                    name,
                    type: 'string',
                    ...(name === 'email' && { lfTags: { class: 'secret' } }),
                  })),
                },
                {
                  name: 'payroll',
                  lfTags: { class: 'secret' },
                  columns: COLUMNS.map(name => ({ name, type: 'string' })),
                },
              ],
            },
          ],
        },
      ],
    });
    const grant = (
      role: string,
      Resource: object,
      permissions: Array<'SELECT' | 'DESCRIBE'> = ['SELECT', 'DESCRIBE'],
    ) =>
      accounts.grant(ACCOUNT, {
        Principal: { DataLakePrincipalIdentifier: roleArn(role) },
        Resource,
        Permissions: permissions,
      });
    const policy = (more: object) => ({
      LFTagPolicy: { ResourceType: 'TABLE', ...more },
    });
    await grant('whole', { Table: table });
    await grant(
      'columns',
      { TableWithColumns: { ...table, ColumnNames: ['amount', 'order_id'] } },
      ['SELECT'],
    );
    await grant('tagged', policy({ Expression: open }));
    await grant('secret', policy({ Expression: secret }));
    await grant('saved', policy({ ExpressionName: 'open-data' }));
    await grant('all', {
      Table: { DatabaseName: DATABASE, TableWildcard: {} },
    });
    const { scanner } = accounts.provisioner;
    const [target] = scanner.targets([aPort()], []);
    grants = [];
    for await (const page of scanner.scan(target)) grants.push(...page.grants);
  });
  afterAll(() => accounts.stop());

  async function columnsByGlue(role: string, name: string) {
    const settings = { region: REGION, endpoint: accounts.emulator.url };
    const sts = new STSClient({
      ...settings,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(role),
        RoleSessionName: 'test',
      }),
    );
    const glue = new GlueClient({
      ...settings,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      },
    });
    try {
      const { Table } = await glue.send(
        new GetTableCommand({ DatabaseName: DATABASE, Name: name }),
      );
      return (Table?.StorageDescriptor?.Columns ?? [])
        .flatMap(column => column.Name ?? [])
        .sort();
    } catch {
      return [];
    } finally {
      sts.destroy();
      glue.destroy();
    }
  }

  const columnsOf = (resource: {
    columns?: string[];
    excludedColumns?: string[];
  }) =>
    (
      resource.columns ??
      COLUMNS.filter(one => !resource.excludedColumns?.includes(one))
    )
      .slice()
      .sort();

  it.each(['orders', 'payroll'])('asked who sees %s', async name => {
    const { items } = await accounts.provisioner.scanner.who(
      { catalogId: ACCOUNT, region: REGION, database: DATABASE, table: name },
      grants,
    );
    const told = Object.fromEntries(
      ROLES.map(role => {
        const mine = items.filter(item => item.principal.name === role);
        return [role, mine.flatMap(item => columnsOf(item.resource)).sort()];
      }),
    );
    const seen = Object.fromEntries(
      await Promise.all(
        ROLES.map(async role => [role, await columnsByGlue(role, name)]),
      ),
    );
    expect(told).toEqual(seen);
    expect(items).toContainEqual(
      expect.objectContaining({
        principal: expect.objectContaining({ name: 'lake-admin' }),
        permissions: ['DESCRIBE'],
      }),
    );
  });

  it.each(ROLES)('asked what %s sees', async role => {
    const { items } = await accounts.provisioner.scanner.what(
      { principal: roleArn(role) },
      grants,
    );
    for (const name of ['orders', 'payroll']) {
      const told = items.filter(item => item.resource.table === name);
      const isAll = items.some(item => item.reasons[0].kind === 'all-tables');
      const expected = await columnsByGlue(role, name);
      expect(
        isAll
          ? [...COLUMNS].sort()
          : told.flatMap(one => columnsOf(one.resource)),
      ).toEqual(expected);
    }
  });

  it('asked about a column, names those who read it, by tags too', async () => {
    const { items } = await accounts.provisioner.scanner.who(
      {
        catalogId: ACCOUNT,
        region: REGION,
        database: DATABASE,
        table: 'orders',
        column: 'email',
      },
      grants,
    );
    const readers = items
      .filter(
        item => !item.reasons.some(({ kind }) => kind === 'administrator'),
      )
      .map(item => item.principal.name);
    expect(readers).toEqual(['all', 'secret', 'whole']);
    expect(
      items.find(item => item.principal.name === 'secret')?.reasons,
    ).toEqual([
      {
        kind: 'tag-expression',
        words: expect.stringContaining('class = secret'),
      },
    ]);
  });
});
