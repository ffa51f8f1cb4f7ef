import type {
  AccessScope,
  OutputPort,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ACCOUNT,
  DATABASE,
  REGION,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { readPrincipal } from '../__testUtils__/startAccounts';
import { lakeFormationUsage } from './lakeFormationUsage';

const CONSUMER = '100000000001';
const usage = lakeFormationUsage(() => undefined);

const aLink = (
  call: Partial<PlanStep['call']> & { input: object },
): PlanStep => ({
  id: 'l',
  kind: 'resourceLink',
  words: { text: 'Create a link' },
  accountId: CONSUMER,
  region: 'eu-west-1',
  needs: [],
  call: {
    service: 'Glue',
    operation: 'CreateDatabase',
    ...call,
  } as PlanStep['call'],
});

const databaseLink = aLink({
  input: {
    DatabaseInput: {
      Name: 'acme_sales',
      TargetDatabase: { CatalogId: ACCOUNT, DatabaseName: DATABASE },
    },
  },
});
const tableLink = aLink({
  operation: 'CreateTable',
  input: {
    DatabaseName: 'shared',
    TableInput: {
      Name: 'acme_orders',
      TargetTable: {
        CatalogId: ACCOUNT,
        DatabaseName: DATABASE,
        Name: 'orders',
      },
    },
  },
});

function snippets(
  options: {
    principal?: string;
    scope?: Partial<AccessScope>;
    port?: OutputPort;
    steps?: PlanStep[];
  } = {},
) {
  const access: AccessInForce = {
    port: options.port ?? aPort(['orders', 'customers']),
    scope: { level: 'read', tables: [{ table: 'orders' }], ...options.scope },
    principal: readPrincipal(options.principal ?? roleArn('analytics')),
    steps: options.steps ?? [],
  };
  const all = usage.snippets(access);
  return {
    all,
    of: (engine: string) => {
      const found = all.find(snippet => snippet.engine === engine);
      if (!found) throw new Error(`No snippet for ${engine}`);
      return found;
    },
  };
}

describe('usage of an access', () => {
  it('has every engine', () => {
    expect(snippets().all.map(({ engine }) => engine)).toEqual([
      'athena',
      'redshift-spectrum',
      'spark',
      'awswrangler',
      'boto3',
    ]);
  });

  it('queries in Athena by the granted columns, or all', () => {
    expect(snippets().of('athena').text).toBe(
      'SELECT *\nFROM "AwsDataCatalog"."sales"."orders"\nLIMIT 10;',
    );
    expect(
      snippets({
        scope: {
          tables: [{ table: 'orders', columns: ['order_id', 'Amount'] }],
        },
      }).of('athena').text,
    ).toBe(
      'SELECT "order_id", "amount"\nFROM "AwsDataCatalog"."sales"."orders"\nLIMIT 10;',
    );
  });

  it.each([
    ['the link of the database', databaseLink, '"acme_sales"."orders"'],
    ['the link of the table', tableLink, '"shared"."acme_orders"'],
  ])('names %s in the account of the consumer', (_, link, name) => {
    const { of } = snippets({
      principal: roleArn('analytics', CONSUMER),
      steps: [link],
    });
    expect(of('athena').text).toContain(`FROM "AwsDataCatalog".${name}`);
    expect(of('athena').note).toBeUndefined();
    expect(of('spark').text).toContain(`FROM ${name.replaceAll('"', '`')}`);
    expect(of('redshift-spectrum').text).toContain("REGION 'eu-west-1'");
    expect(of('redshift-spectrum').text).not.toContain('CATALOG_ID');
    expect(of('awswrangler').text).toContain('region_name="eu-west-1"');
  });

  it('prefers the link of the table where both are there', () => {
    expect(
      snippets({ steps: [databaseLink, tableLink] }).of('athena').text,
    ).toContain('"shared"."acme_orders"');
  });

  it('leaves links to other databases alone', () => {
    const other = aLink({
      input: {
        DatabaseInput: {
          Name: 'acme_hr',
          TargetDatabase: { CatalogId: ACCOUNT, DatabaseName: 'hr' },
        },
      },
    });
    expect(snippets({ steps: [other] }).of('athena').text).toContain(
      '"sales"."orders"',
    );
  });

  it('says what to do where another account has no link', () => {
    const { of } = snippets({ principal: roleArn('analytics', CONSUMER) });
    expect(of('athena').note).toContain(
      `Register the catalog of account ${ACCOUNT} as a data source`,
    );
    expect(of('redshift-spectrum').text).toContain(`CATALOG_ID '${ACCOUNT}'`);
    expect(of('spark').text).toContain(
      `.config("spark.hadoop.hive.metastore.glue.catalogid", "${ACCOUNT}")`,
    );
  });

  it('names the role in Redshift, and says where there is none', () => {
    expect(snippets().of('redshift-spectrum').text).toBe(
      [
        'CREATE EXTERNAL SCHEMA IF NOT EXISTS "sales"',
        'FROM DATA CATALOG',
        "DATABASE 'sales'",
        `REGION '${REGION}'`,
        `IAM_ROLE '${roleArn('analytics')}';`,
        '',
        'SELECT *',
        'FROM "sales"."orders"',
        'LIMIT 10;',
      ].join('\n'),
    );
    const user = snippets({ principal: `arn:aws:iam::${ACCOUNT}:user/ana` });
    expect(user.of('redshift-spectrum').text).toContain('IAM_ROLE default;');
    expect(user.of('redshift-spectrum').note).toContain('given to user ana');
  });

  it('names a nested catalog', () => {
    const { of } = snippets({
      port: aPort(['orders'], {
        catalogId: `${ACCOUNT}:s3tablescatalog/lake`,
      }),
    });
    expect(of('athena').text).toContain(
      'FROM "s3tablescatalog/lake"."sales"."orders"',
    );
    expect(of('redshift-spectrum').text).toContain(
      `CATALOG_ID '${ACCOUNT}:s3tablescatalog/lake'`,
    );
  });

  it('quotes whatever names hold, in each language', () => {
    const evil = `we"ird\`\\'x`;
    const { of } = snippets({
      port: aPort([evil]),
      scope: { tables: [{ table: evil, columns: ['select"1'] }] },
    });
    expect(of('athena').text).toContain(`"we""ird\`\\'x"`);
    expect(of('athena').text).toContain('SELECT "select""1"');
    expect(of('spark').text).toContain('`we"ird``\\\\\'x`');
    expect(of('boto3').text).toContain(`we""ird\`\\\\'x`);
  });

  it('cannot be left by quotes in Python', () => {
    const evil = 'a"""+__import__("os")+"""';
    const { of } = snippets({
      port: aPort([evil]),
      scope: { tables: [{ table: evil }] },
    });
    // In SQL each quote is doubled; in Python no three stand together unescaped.
    const [, body] = of('spark').text.split('spark.sql("""');
    expect(body.split('""").show()')[0]).not.toMatch(/(?<!\\)"""/);
  });

  it('shows some of many tables, and tells rows and tags', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const many = snippets({
      port: aPort(names),
      scope: { tables: names.map(table => ({ table })) },
    });
    expect(many.of('athena').text.match(/SELECT/g)).toHaveLength(5);
    expect(many.of('athena').note).toContain('2 more tables');
    const rows = snippets({
      scope: { tables: [{ table: 'orders', rowFilter: "a = '1'" }] },
    });
    expect(rows.of('athena').note).toContain('Only the rows');
    const tags = snippets({
      scope: {
        tables: [],
        tagExpression: [{ key: 'class', values: ['open'] }],
      },
    });
    expect(tags.of('athena').note).toContain('tagged class = open');
    const all = snippets({ scope: { tables: [], allTables: true } });
    expect(all.of('athena').text).toContain('"customers"');
    expect(all.of('athena').note).toContain('All tables of the database');
  });
});
