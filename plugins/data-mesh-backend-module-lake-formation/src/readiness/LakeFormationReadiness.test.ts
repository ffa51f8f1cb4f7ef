import {
  PutDataLakeSettingsCommand,
  RevokePermissionsCommand,
  type DataLakeSettings,
} from '@aws-sdk/client-lakeformation';
import {
  DeleteDatabaseCommand,
  GlueClient,
  PutDataCatalogEncryptionSettingsCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-glue';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import type {
  LakeFormationEmulatorSeed,
  SeedAccount,
} from '@lakemesh/lake-formation-emulator';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { Entitlements } from '../__testUtils__/Entitlements';
import {
  EmulatedAccounts,
  readPrincipal,
  startAccounts,
} from '../__testUtils__/startAccounts';

const CONSUMER = '100000000001';
const LOADER = 'location-reader';

const columns = COLUMNS.map(name => ({ name, type: 'string' }));
const tables = ['orders', 'customers'].map(name => ({
  name,
  location: `s3://lake/sales/${name}`,
  columns,
}));

/** What a role that queries needs of its own. */
const allowQueries = (role: string, actions = ['*']) => ({
  name: `query-${role}`,
  roles: [role],
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow' as const,
        Action:
          actions[0] === '*'
            ? ['glue:*', 'lakeformation:GetDataAccess']
            : actions,
        Resource: '*',
      },
    ],
  },
});

describe('LakeFormationReadiness', () => {
  let accounts: EmulatedAccounts;

  async function start(
    options: {
      owner?: Partial<SeedAccount>;
      consumer?: Partial<SeedAccount>;
      organizations?: LakeFormationEmulatorSeed['organizations'];
      vending?: boolean;
      without?: string[];
      keys?: Record<string, string>;
    } = {},
  ) {
    accounts = await startAccounts(
      {
        accounts: [
          {
            id: ACCOUNT,
            regions: [REGION],
            roles: ['analytics', LOADER],
            policies: [allowQueries('analytics')],
            locations: [{ arn: 'arn:aws:s3:::lake/sales' }],
            databases: [{ name: DATABASE, tables }],
            ...options.owner,
          },
          {
            id: CONSUMER,
            regions: [REGION],
            roles: ['analytics'],
            policies: [allowQueries('analytics')],
            ...options.consumer,
          },
        ],
        ...(options.organizations && { organizations: options.organizations }),
      },
      {
        without: options.without,
        keys: options.keys,
        config: {
          accounts: [
            { accountId: ACCOUNT, alias: 'lakehouse' },
            { accountId: CONSUMER, alias: 'analytics' },
          ],
          ...(options.vending && { vending: { maxDurationSeconds: 900 } }),
        },
      },
    );
  }

  afterEach(() => accounts.stop());

  const principalIn = (account: string) => roleArn('analytics', account);

  async function provisioned(account = ACCOUNT): Promise<AccessInForce> {
    const intent = anIntent({
      principal: principalIn(account),
      port: aPort(['orders', 'customers']),
    });
    const { live } = await new Entitlements(accounts.provisioner).grant(intent);
    return { ...intent, steps: live.map(({ step }) => step) };
  }

  async function checked(access: AccessInForce) {
    const { ready, checks } = await accounts.provisioner.readiness.check(
      access,
    );
    return {
      ready,
      checks,
      states: Object.fromEntries(checks.map(one => [one.id, one.state])),
      of: (id: string): Check => {
        const found = checks.find(one => one.id === id);
        if (!found) {
          throw new Error(`No check ${id} among ${checks.map(one => one.id)}`);
        }
        return found;
      },
    };
  }

  const glueOf = (account: string) =>
    new GlueClient({
      region: REGION,
      endpoint: accounts.emulator.url,
      credentials: { accessKeyId: account, secretAccessKey: 'not-verified' },
    });

  const changeSettings = (account: string, settings: DataLakeSettings) =>
    accounts
      .root(account)
      .send(new PutDataLakeSettingsCommand({ DataLakeSettings: settings }));

  describe('in one account', () => {
    it('says yes where everything is in place', async () => {
      await start();
      const { ready, states } = await checked(await provisioned());
      expect(states).toEqual({
        principal: 'ok',
        'iam-data-access': 'ok',
        'iam-glue': 'ok',
        grants: 'ok',
        tables: 'ok',
        location: 'ok',
        'location-role': 'ok',
        'iam-allowed-principals': 'ok',
      });
      expect(ready).toBe('yes');
    });

    it('names the right that IAM lacks, and where', async () => {
      await start({
        owner: {
          policies: [allowQueries('analytics', ['glue:GetDatabase'])],
        },
      });
      const { ready, of } = await checked(await provisioned());
      expect(ready).toBe('no');
      expect(of('iam-data-access')).toEqual({
        id: 'iam-data-access',
        title: 'Its IAM policies allow asking Lake Formation for data',
        state: 'failed',
        words: 'No policy in IAM allows lakeformation:GetDataAccess',
        fix: `Have lakeformation:GetDataAccess on * allowed to ${roleArn(
          'analytics',
        )} by whoever keeps its IAM policies`,
      });
      expect(of('iam-glue').words).toBe(
        `No policy in IAM allows glue:GetTable, glue:GetTables, glue:GetPartitions on arn:aws:glue:${REGION}:${ACCOUNT}:catalog, arn:aws:glue:${REGION}:${ACCOUNT}:database/sales, arn:aws:glue:${REGION}:${ACCOUNT}:table/sales/orders`,
      );
    });

    it('says where a statement denies', async () => {
      await start({
        owner: {
          policies: [
            allowQueries('analytics'),
            {
              name: 'deny',
              roles: ['analytics'],
              document: {
                Statement: {
                  Effect: 'Deny',
                  Action: 'lakeformation:*',
                  Resource: '*',
                },
              },
            },
          ],
        },
      });
      const { of } = await checked(await provisioned());
      expect(of('iam-data-access').words).toBe(
        'A policy in IAM denies lakeformation:GetDataAccess',
      );
    });

    it('says that the role is gone, and asks nothing more about it', async () => {
      await start();
      const access = await provisioned();
      const { states, of } = await checked({
        ...access,
        principal: readPrincipal(roleArn('deleted')),
      });
      expect(of('principal')).toEqual(
        expect.objectContaining({
          state: 'failed',
          words: `The role does not exist in account ${ACCOUNT}`,
        }),
      );
      expect(states).not.toHaveProperty('iam-glue');
    });

    it('takes a role of the same name on another path for another one', async () => {
      await start();
      const { of } = await checked({
        ...(await provisioned()),
        principal: readPrincipal(`arn:aws:iam::${ACCOUNT}:role/team/analytics`),
      });
      expect(of('principal').words).toContain('which is another role');
    });

    it('notices that the grant is gone', async () => {
      await start();
      const access = await provisioned();
      await accounts.root(ACCOUNT).send(
        new RevokePermissionsCommand({
          Principal: {
            DataLakePrincipalIdentifier: principalIn(ACCOUNT),
          },
          Resource: { Table: { DatabaseName: DATABASE, Name: 'orders' } },
          Permissions: ['SELECT', 'DESCRIBE'],
        }),
      );
      const { ready, of } = await checked(access);
      expect(ready).toBe('no');
      expect(of('grants').words).toMatch(/^not in force: Grant SELECT/);
      expect(of('grants').fix).toContain('re-apply');
    });

    it('warns where Lake Formation does not manage the files or the table', async () => {
      await start({
        owner: {
          locations: [],
          databases: [
            {
              name: DATABASE,
              tables: tables.map(table => ({
                ...table,
                iamAllowedPrincipals: true,
              })),
            },
          ],
        },
      });
      const { ready, states, of } = await checked(await provisioned());
      expect(states).toEqual(
        expect.objectContaining({
          location: 'warning',
          'iam-allowed-principals': 'warning',
        }),
      );
      expect(of('location').words).toContain('s3://lake/sales/orders');
      expect(ready).toBe('yes');
    });

    it('warns of hybrid access mode', async () => {
      await start({
        owner: {
          locations: [
            { arn: 'arn:aws:s3:::lake/sales', hybridAccessEnabled: true },
          ],
        },
      });
      const { of } = await checked(await provisioned());
      expect(of('location').words).toContain('hybrid access mode');
    });

    const openInHybridMode = () =>
      start({
        owner: {
          locations: [
            { arn: 'arn:aws:s3:::lake/sales', hybridAccessEnabled: true },
          ],
          databases: [
            {
              name: DATABASE,
              tables: tables.map(table => ({
                ...table,
                iamAllowedPrincipals: true,
              })),
            },
          ],
        },
        organizations: [
          {
            id: 'o-mesh123456',
            managementAccount: ACCOUNT,
            accounts: [CONSUMER],
          },
        ],
      });

    it.each([ACCOUNT, CONSUMER])(
      'is content with a principal of %s that is opted in there',
      async account => {
        await openInHybridMode();
        const access = await provisioned(account);
        expect(access.steps.map(({ kind }) => kind)).toContain('optIn');
        const { ready, states } = await checked(access);
        expect(states).toMatchObject({
          location: 'ok',
          'iam-allowed-principals': 'ok',
        });
        expect(ready).not.toBe('no');
      },
    );

    it('misses the opt-in of who is held to nothing', async () => {
      await openInHybridMode();
      const access = await provisioned(CONSUMER);
      const { ready, of } = await checked({
        ...access,
        steps: access.steps.filter(({ kind }) => kind !== 'optIn'),
      });
      expect(of('location').state).toBe('warning');
      expect(of('iam-allowed-principals').state).toBe('failed');
      expect(ready).toBe('no');
    });

    it('says that the role of the location may not read it', async () => {
      await start({
        owner: {
          locations: [
            { arn: 'arn:aws:s3:::lake/sales', roleArn: roleArn(LOADER) },
            // Nearer to other files, not to these.
            { arn: 'arn:aws:s3:::lake/sales/ord' },
          ],
        },
      });
      const { of } = await checked(await provisioned());
      expect(of('location-role')).toEqual(
        expect.objectContaining({
          state: 'failed',
          words: `${roleArn(
            LOADER,
          )}, which reads s3://lake/sales/orders for Lake Formation, is not allowed s3:GetObject there`,
        }),
      );
    });

    it('says that the table is gone', async () => {
      await start();
      const access = await provisioned();
      const { of } = await checked({
        ...access,
        port: aPort(['dropped']),
        scope: { level: 'read', tables: [{ table: 'dropped' }] },
      });
      expect(of('tables')).toEqual(
        expect.objectContaining({
          state: 'failed',
          words: `sales.dropped is not in Glue catalog ${ACCOUNT} in ${REGION}`,
        }),
      );
    });
  });

  describe('across accounts', () => {
    it('looks through the link as the principal, where it may', async () => {
      await start({ vending: true });
      const { ready, states } = await checked(await provisioned(CONSUMER));
      expect(states).toEqual({
        principal: 'ok',
        'iam-data-access': 'ok',
        'iam-glue': 'ok',
        grants: 'ok',
        share: 'ok',
        [Object.keys(states).find(id => id.startsWith('link:')) ?? 'link:']:
          'ok',
        tables: 'ok',
        location: 'ok',
        'location-role': 'ok',
        'iam-allowed-principals': 'ok',
      });
      expect(ready).toBe('yes');
    });

    it('does not know what only the principal sees, and says so', async () => {
      await start();
      const { ready, checks } = await checked(await provisioned(CONSUMER));
      const link = checks.find(one => one.id.startsWith('link:'));
      expect(link).toEqual(
        expect.objectContaining({
          state: 'unknown',
          words: expect.stringContaining('Only the principal itself may look'),
        }),
      );
      expect(ready).toBe('unknown');
    });

    it('notices that the link is gone', async () => {
      await start({ vending: true });
      const access = await provisioned(CONSUMER);
      const link = access.steps.find(step => step.call.service === 'Glue');
      const { DatabaseInput } = (link?.call.input ?? {}) as {
        DatabaseInput?: { Name?: string };
      };
      const glue = glueOf(CONSUMER);
      await glue.send(new DeleteDatabaseCommand({ Name: DatabaseInput?.Name }));
      glue.destroy();
      const { ready, of } = await checked(access);
      expect(ready).toBe('no');
      expect(of(`link:${DatabaseInput?.Name}`).state).toBe('failed');
      expect(of('grants').state).toBe('failed');
    });

    it('says that a principal of another account cannot be looked up without credentials', async () => {
      await start();
      const access = await provisioned(CONSUMER);
      await accounts.stop();
      await start({ without: [CONSUMER] });
      const { of } = await checked(access);
      expect(of('principal')).toEqual(
        expect.objectContaining({
          state: 'unknown',
          words: expect.stringContaining(
            `No credentials for AWS account ${CONSUMER}`,
          ),
        }),
      );
    });
  });

  describe('the doctor', () => {
    const subjects = (...consumers: string[]) => ({
      ports: [aPort()],
      principals: consumers.map(account =>
        readPrincipal(roleArn('analytics', account)),
      ),
    });

    async function diagnosed(...consumers: string[]) {
      const items = await accounts.provisioner.readiness.diagnose(
        subjects(...consumers),
      );
      return Object.fromEntries(
        items.map(item => [
          item.subject,
          Object.fromEntries(item.checks.map(one => [one.id, one])),
        ]),
      );
    }

    const OWNER = `lakehouse …4321 in ${REGION}`;
    const OTHER = `analytics …0001 in ${REGION}`;
    const statesOf = (checks: Record<string, Check>) =>
      Object.fromEntries(
        Object.entries(checks).map(([id, { state }]) => [id, state]),
      );

    it('looks at one account alone', async () => {
      await start();
      const report = await diagnosed(ACCOUNT);
      expect(Object.keys(report)).toEqual([OWNER]);
      expect(statesOf(report[OWNER])).toEqual({
        credentials: 'ok',
        iam: 'warning',
        administrator: 'ok',
        'administrators-exist': 'ok',
        'default-permissions': 'ok',
        databases: 'ok',
      });
    });

    it('looks at what sharing and consuming need', async () => {
      await start({ consumer: { administrators: [principalIn(CONSUMER)] } });
      const report = await diagnosed(CONSUMER);
      expect(statesOf(report[OWNER])).toEqual(
        expect.objectContaining({
          'cross-account-version': 'ok',
          'glue-policy': 'ok',
          encryption: 'ok',
        }),
      );
      expect(statesOf(report[OTHER])).toEqual({
        credentials: 'ok',
        iam: 'warning',
        administrator: 'ok',
        'administrators-exist': 'ok',
        'consumer-administrator': 'ok',
        invitations: 'ok',
      });
    });

    it('finds versions, defaults, policies and databases that make plans fail', async () => {
      await start();
      await changeSettings(ACCOUNT, {
        Parameters: { CROSS_ACCOUNT_VERSION: '1' },
        CreateTableDefaultPermissions: [
          {
            Principal: {
              DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS',
            },
            Permissions: ['ALL'],
          },
        ],
      });
      const glue = glueOf(ACCOUNT);
      await glue.send(
        new PutResourcePolicyCommand({
          PolicyInJson: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
                Action: 'glue:GetTable',
                Resource: `arn:aws:glue:${REGION}:${ACCOUNT}:catalog`,
              },
            ],
          }),
        }),
      );
      glue.destroy();
      const items = await accounts.provisioner.readiness.diagnose({
        ports: [aPort(), aPort(['x'], { database: 'gone' })],
        principals: [readPrincipal(principalIn(CONSUMER))],
      });
      const checks =
        items.find(item => item.accountId === ACCOUNT)?.checks ?? [];
      const found = checks
        .filter(one => one.state !== 'ok' && one.state !== 'unknown')
        .map(one => [one.id, one.state, one.words]);
      expect(found).toEqual([
        ['iam', 'warning', expect.stringContaining('acts as the root')],
        [
          'cross-account-version',
          'failed',
          expect.stringContaining('CROSS_ACCOUNT_VERSION is 1'),
        ],
        [
          'default-permissions',
          'warning',
          expect.stringContaining('New tables are granted to'),
        ],
        ['databases', 'failed', `gone in ${ACCOUNT} is not there`],
        [
          'glue-policy',
          'failed',
          expect.stringContaining('does not let RAM share'),
        ],
      ]);
      checks
        .filter(one => one.state === 'failed' || one.state === 'warning')
        .forEach(one => expect(one.fix).toBeTruthy());
    });

    it.each([
      [undefined, 'failed', 'the key that AWS manages for Glue'],
      [
        `arn:aws:kms:${REGION}:${ACCOUNT}:key/our-own`,
        'ok',
        `Metadata is encrypted with arn:aws:kms:${REGION}:${ACCOUNT}:key/our-own`,
      ],
    ])(
      'looks at the encryption of the catalog: key %s is %s',
      async (SseAwsKmsKeyId, state, words) => {
        await start();
        const glue = glueOf(ACCOUNT);
        await glue.send(
          new PutDataCatalogEncryptionSettingsCommand({
            DataCatalogEncryptionSettings: {
              EncryptionAtRest: {
                CatalogEncryptionMode: 'SSE-KMS',
                SseAwsKmsKeyId,
              },
            },
          }),
        );
        glue.destroy();
        const { encryption: found } = (await diagnosed(CONSUMER))[OWNER];
        expect(found).toMatchObject({
          state,
          words: expect.stringContaining(words),
        });
        expect(Boolean(found?.fix)).toBe(state === 'failed');
      },
    );

    it('finds that nobody administers a consumer, and that credentials are missing', async () => {
      await start({ without: [ACCOUNT] });
      const report = await diagnosed(CONSUMER);
      expect(report[OTHER]['consumer-administrator'].state).toBe('failed');
      expect(report[OWNER]).toEqual({
        credentials: expect.objectContaining({
          state: 'failed',
          words: expect.stringContaining(`No credentials for AWS account`),
        }),
      });
    });

    it('names the calls of plans that IAM does not allow Backstage', async () => {
      await start({
        owner: {
          roles: ['team/lakemesh'],
          administrators: [roleArn('team/lakemesh')],
          keys: [
            { accessKeyId: 'LAKEMESH', principal: roleArn('team/lakemesh') },
          ],
          policies: [
            {
              name: 'lakemesh',
              roles: ['team/lakemesh'],
              document: {
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: ['glue:*', 'lakeformation:*'],
                    Resource: '*',
                  },
                  {
                    Effect: 'Deny',
                    Action: 'lakeformation:Batch*',
                    Resource: '*',
                  },
                ],
              },
            },
          ],
        },
        keys: { [ACCOUNT]: 'LAKEMESH' },
      });
      const alone = await diagnosed(ACCOUNT);
      expect(alone[OWNER].iam).toEqual(
        expect.objectContaining({
          state: 'failed',
          words: `IAM does not allow ${roleArn(
            'team/lakemesh',
          )} lakeformation:BatchGrantPermissions, lakeformation:BatchRevokePermissions`,
        }),
      );
      expect(alone[OWNER].administrator.state).toBe('ok');
      // Scans ask RAM who shares with the account.
      expect(alone[OWNER]['iam-scan']).toEqual(
        expect.objectContaining({
          state: 'failed',
          words: `IAM does not allow ${roleArn(
            'team/lakemesh',
          )} ram:GetResourceShares`,
        }),
      );
      const shared = await diagnosed(CONSUMER);
      expect(shared[OWNER].iam.words).toContain('ram:CreateResourceShare');
    });

    it('keeps what was seen where the time is up', async () => {
      await start();
      const items = await accounts.provisioner.readiness.diagnose(
        subjects(CONSUMER),
        { signal: AbortSignal.abort(new Error('too slow')) },
      );
      expect(items.map(item => item.checks)).toEqual([
        [
          expect.objectContaining({
            state: 'unknown',
            words: 'The time for looking was up: Error: too slow',
          }),
        ],
        [expect.objectContaining({ state: 'unknown' })],
      ]);
    });

    it('tells ports that cannot be read', async () => {
      await start();
      const items = await accounts.provisioner.readiness.diagnose({
        ports: [aPort(['t'], { region: 'mars' })],
        principals: [],
      });
      expect(items).toEqual([
        {
          subject: 'Port lake',
          checks: [
            expect.objectContaining({
              state: 'failed',
              words: expect.stringContaining("location.region is 'mars'"),
            }),
          ],
        },
      ]);
    });
  });
});
