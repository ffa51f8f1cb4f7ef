import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  CreateDataCellsFilterCommand,
  RevokePermissionsCommand,
  type GrantPermissionsCommandInput,
} from '@aws-sdk/client-lakeformation';
import type {
  ObservedGrant,
  PlanStep,
  ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { Entitlements } from '../__testUtils__/Entitlements';
import {
  EmulatedAccounts,
  readPrincipal,
  startAccounts,
} from '../__testUtils__/startAccounts';
import { LakeFormationScanner } from './LakeFormationScanner';

const CONSUMER = '100000000001';
const ADMIN = roleArn('lake-admin');
const AUDITOR = roleArn('auditor');

const columns = COLUMNS.map(name => ({ name, type: 'string' }));
const table = { DatabaseName: DATABASE, Name: 'orders' };

describe('LakeFormationScanner', () => {
  let accounts: EmulatedAccounts;
  let scanner: LakeFormationScanner;
  let target: ScanTarget;

  async function start(pageSize?: number) {
    accounts = await startAccounts({
      accounts: [
        {
          id: ACCOUNT,
          regions: [REGION],
          administrators: [ADMIN],
          readOnlyAdministrators: [AUDITOR],
          databases: [
            {
              name: DATABASE,
              tables: [
                { name: 'orders', columns },
                { name: 'customers', columns, iamAllowedPrincipals: true },
              ],
            },
          ],
        },
      ],
    });
    scanner = new LakeFormationScanner({
      clients: accounts.clients,
      accounts: [{ accountId: ACCOUNT, alias: 'lakehouse' }],
      grants: { read: async () => [] },
      readPrincipal,
      pageSize,
    });
    [target] = scanner.targets([aPort()], []);
  }

  afterEach(() => accounts.stop());

  const grant = (
    Resource: GrantPermissionsCommandInput['Resource'],
    Permissions: GrantPermissionsCommandInput['Permissions'],
    more: Partial<GrantPermissionsCommandInput> = {},
  ) =>
    accounts.grant(ACCOUNT, {
      Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
      Resource,
      Permissions,
      ...more,
    });

  async function scan() {
    const found: ScannedGrant[] = [];
    let calls = 0;
    for await (const page of scanner.scan(target)) {
      found.push(...page.grants);
      calls += page.calls;
    }
    return { found, calls };
  }

  const words = (grants: ScannedGrant[], principal = roleArn('analytics')) =>
    grants
      .filter(scanned => scanned.grant.principal.id === principal)
      .map(
        ({ grant: { permissions, resource } }) =>
          `${permissions.join(',')} on ${resource.words}`,
      )
      .sort();

  async function one(text: string): Promise<ObservedGrant> {
    const { found } = await scan();
    const match = found.find(({ grant: it }) => it.resource.words === text);
    if (!match) throw new Error(`Nothing is held on ${text}`);
    return match.grant;
  }

  it('reads every kind of grant, page by page', async () => {
    await start(3);
    await accounts.root(ACCOUNT).send(
      new CreateDataCellsFilterCommand({
        TableData: {
          TableCatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableName: 'orders',
          Name: 'cheap',
          RowFilter: { FilterExpression: "amount = '1'" },
          ColumnNames: ['order_id', 'amount'],
        },
      }),
    );
    await grant({ Table: table }, ['SELECT', 'DESCRIBE']);
    await grant(
      {
        TableWithColumns: {
          ...table,
          Name: 'customers',
          ColumnNames: ['email'],
        },
      },
      ['SELECT'],
    );
    await grant({ Database: { Name: DATABASE } }, ['DESCRIBE']);
    await grant({ Table: { DatabaseName: DATABASE, TableWildcard: {} } }, [
      'DESCRIBE',
    ]);
    await grant(
      {
        DataCellsFilter: {
          TableCatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableName: 'orders',
          Name: 'cheap',
        },
      },
      ['SELECT'],
      {
        Principal: { DataLakePrincipalIdentifier: roleArn('filtered') },
      },
    );
    accounts.callsSince();

    const { found, calls } = await scan();

    expect(words(found)).toEqual([
      'DESCRIBE on all tables of sales',
      'DESCRIBE on database sales',
      'DESCRIBE on sales.orders',
      'SELECT on sales.customers (email)',
      'SELECT on sales.orders',
    ]);
    expect(words(found, roleArn('filtered'))).toEqual([
      "SELECT on filter cheap on sales.orders (rows where amount = '1'; columns amount, order_id)",
    ]);
    const filtered = await one(
      "filter cheap on sales.orders (rows where amount = '1'; columns amount, order_id)",
    );
    expect(filtered.resource).toEqual(
      expect.objectContaining({
        kind: 'data-cells-filter',
        rowFilter: "amount = '1'",
        columns: ['amount', 'order_id'],
      }),
    );
    const pages = Math.ceil(found.length / 3);
    // The settings, the filters, and who shares with the account.
    expect(calls).toBe(pages + 3);
    expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
  });

  it('costs the settings, one page and a look at shares, and none at filters where none is granted', async () => {
    await start();
    await grant({ Table: table }, ['SELECT']);
    accounts.callsSince();
    const { calls } = await scan();
    expect(accounts.callsSince()).toEqual([
      'GetDataLakeSettings',
      'ListPermissions',
      'GetResourceShares',
    ]);
    expect(calls).toBe(3);
  });

  it('gives the same keys whatever the pages are', async () => {
    await start(1);
    await grant({ Table: table }, ['SELECT', 'DESCRIBE']);
    const small = await scan();
    const large = new LakeFormationScanner({
      clients: accounts.clients,
      accounts: [],
      grants: { read: async () => [] },
      readPrincipal,
    });
    const keys: string[] = [];
    for await (const page of large.scan(target)) {
      keys.push(...page.grants.map(({ key }) => key));
    }
    expect(small.found.map(({ key }) => key)).toEqual(keys);
  });

  it('lists the lines of one grant in the group that its step has', async () => {
    await start();
    await grant({ Table: table }, ['SELECT', 'DESCRIBE']);
    const step: PlanStep = {
      id: 's',
      kind: 'grantPermissions',
      words: { text: 'Grant' },
      accountId: ACCOUNT,
      region: REGION,
      needs: [],
      call: {
        service: 'LakeFormation',
        operation: 'GrantPermissions',
        input: {
          CatalogId: ACCOUNT,
          Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
          Resource: { Table: { CatalogId: ACCOUNT, ...table } },
          Permissions: ['SELECT', 'DESCRIBE'],
        },
      },
    };
    const [key] = scanner.keysOf(step);
    const { found } = await scan();
    const inGroup = found.filter(({ group }) => group === key);
    expect(words(inGroup)).toEqual([
      'DESCRIBE on sales.orders',
      'SELECT on sales.orders',
    ]);
    expect(
      scanner.judge(
        step,
        inGroup.map(it => it.grant),
      ),
    ).toEqual({ state: 'present' });
    expect(scanner.targetOf(step)).toBe(target.id);
  });

  it('has a target for each account and region of ports and steps', async () => {
    await start();
    const link: PlanStep = {
      id: 'l',
      kind: 'resourceLink',
      words: { text: 'Create' },
      accountId: CONSUMER,
      region: REGION,
      needs: [],
      call: { service: 'Glue', operation: 'CreateDatabase', input: {} },
    };
    expect(
      scanner.targets(
        [aPort(), aPort(['x'], { region: 'us-east-1' }), aPort([], {})],
        [link, { ...link, id: 'm' }],
      ),
    ).toEqual([
      {
        id: `lake-formation/${CONSUMER}/${REGION}`,
        title: `…0001 in ${REGION}`,
        portType: 'lake-formation',
        accountId: CONSUMER,
        region: REGION,
      },
      {
        id: `lake-formation/${ACCOUNT}/${REGION}`,
        title: `lakehouse …4321 in ${REGION}`,
        portType: 'lake-formation',
        accountId: ACCOUNT,
        accountAlias: 'lakehouse',
        region: REGION,
      },
      expect.objectContaining({ accountId: ACCOUNT, region: 'us-east-1' }),
    ]);
  });

  it('explains what administrators hold, and what is left to IAM', async () => {
    await start();
    const to = (id: string) => ({
      Principal: { DataLakePrincipalIdentifier: id },
    });
    await grant({ Table: table }, ['DESCRIBE'], to(ADMIN));
    await grant({ Table: table }, ['DESCRIBE', 'SELECT'], to(AUDITOR));
    // Whoever creates something holds everything on it.
    await new GlueClient({
      region: REGION,
      endpoint: accounts.emulator.url,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
    }).send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'made' } }));
    await grant({ Table: table }, ['DESCRIBE']);
    const { found } = await scan();
    const standings = found.map(({ grant: it }) => [
      it.principal.name,
      it.permissions.join(),
      scanner.standing(target, it)?.kind,
    ]);
    expect(standings).toEqual(
      expect.arrayContaining([
        ['lake-admin', 'DESCRIBE', 'administrator'],
        ['auditor', 'DESCRIBE', 'administrator'],
        ['auditor', 'SELECT', undefined],
        ['analytics', 'DESCRIBE', undefined],
        [`arn:aws:iam::${ACCOUNT}:root`, expect.any(String), 'administrator'],
        ['IAM allowed principals', 'ALL', 'unrestricted'],
      ]),
    );
  });

  it('revokes a grant with its grant option, and only that line', async () => {
    await start();
    await grant({ Table: table }, ['SELECT', 'DESCRIBE'], {
      PermissionsWithGrantOption: ['SELECT', 'DESCRIBE'],
    });
    const { found } = await scan();
    const select = found.find(
      ({ grant: it }) =>
        it.principal.name === 'analytics' && it.permissions[0] === 'SELECT',
    );
    if (!select) throw new Error('SELECT is not listed');
    const revocation = { parts: [select.grant], keeping: [] };
    expect(scanner.planRevoke(target, revocation)).toEqual([
      {
        words: expect.objectContaining({
          text: 'SELECT on `sales.orders` with the grant option from `analytics`',
        }),
        call: {
          service: 'LakeFormation',
          operation: 'RevokePermissions',
          input: {
            CatalogId: ACCOUNT,
            Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
            Resource: { Table: { CatalogId: ACCOUNT, ...table } },
            Permissions: ['SELECT'],
            PermissionsWithGrantOption: ['SELECT'],
          },
        },
      },
    ]);
    await scanner.revoke(target, revocation);
    expect(words((await scan()).found)).toEqual(['DESCRIBE on sales.orders']);
    // Somebody was faster: what is gone is fine.
    await scanner.revoke(target, revocation);
  });

  it('takes ALL away, and leaves what was approved of it', async () => {
    await start();
    const entitlements = new Entitlements(accounts.provisioner);
    const { live } = await entitlements.grant(anIntent());
    await grant({ Table: table }, ['ALL']);
    await accounts.root(ACCOUNT).send(
      new RevokePermissionsCommand({
        Principal: { DataLakePrincipalIdentifier: roleArn('analytics') },
        Resource: { Table: table },
        Permissions: ['SELECT', 'DESCRIBE'],
      }),
    );
    const all = await one('sales.orders');
    expect(all.permissions).toEqual(['ALL']);

    const { unexplained: parts } = accounts.provisioner.compare(all, {
      steps: live,
    });
    const revocation = { parts, keeping: live };
    const effects = scanner.planRevoke(target, revocation);
    expect(effects.map(effect => effect.words.text)).toEqual([
      'Keep what was approved: SELECT and DESCRIBE on `sales.orders` to `analytics`',
      'ALL on `sales.orders` from `analytics`',
    ]);
    accounts.callsSince();
    await scanner.revoke(target, revocation);
    expect(accounts.callsSince()).toEqual(
      effects.map(effect => effect.call?.operation),
    );
    expect(words((await scan()).found)).toEqual([
      'DESCRIBE on sales.orders',
      'SELECT on sales.orders',
    ]);
  });

  it('stops where it is told to', async () => {
    await start(1);
    await grant({ Table: table }, ['SELECT', 'DESCRIBE']);
    const stop = new AbortController();
    const reading = async () => {
      for await (const _page of scanner.scan(target, { signal: stop.signal })) {
        stop.abort();
      }
    };
    await expect(reading()).rejects.toThrow(/abort/i);
  });
});
