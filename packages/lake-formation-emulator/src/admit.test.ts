import {
  CreateTableCommand,
  DeleteDatabaseCommand,
  GetDatabasesCommand,
  GetTableCommand,
  GetTablesCommand,
} from '@aws-sdk/client-glue';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import {
  GetDataLakeSettingsCommand,
  RegisterResourceCommand,
  RegisterResourceCommandInput,
} from '@aws-sdk/client-lakeformation';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { refusalOf } from './__testUtils__/refusal';
import { aSeed, roleArn } from './__testUtils__/seeds';
import { grant, onTable, revoke } from './__testUtils__/permissions';
import {
  TestClients,
  startTestEmulator,
} from './__testUtils__/startTestEmulator';
import { IamPolicyStatement } from './model/iam/PolicyDocument';

const ENGINEER = 'arn:aws:sts::111111111111:assumed-role/Engineer/emulator';

/** An emulator that enforces IAM, and the Engineer, an administrator, with the statements. */
async function enforcing(...Statement: IamPolicyStatement[]) {
  const emulator = await startTestEmulator({
    administrators: [roleArn('Engineer')],
    policies: [
      { name: 'engineer', roles: ['Engineer'], document: { Statement } },
    ],
  });
  emulator.behaviour.set({ enforceIam: true });
  return { emulator, engineer: emulator.asRole('Engineer') };
}

const allow = (
  Action: string | string[],
  Resource: string | string[] = '*',
): IamPolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const refusedFor = (action: string, resource: string) => ({
  code: 'AccessDeniedException',
  status: 400,
  message: `User: ${ENGINEER} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});

const getOrders = ({ glue }: TestClients) =>
  glue.send(new GetTableCommand({ DatabaseName: 'Sales', Name: 'orders' }));

describe('IAM policies, where the emulator enforces them', () => {
  it('let through what they allow, and refuse the rest in AWS words', async () => {
    const { emulator, engineer } = await enforcing(allow('lakeformation:Get*'));
    await engineer.lakeFormation.send(new GetDataLakeSettingsCommand({}));
    const refused = grant(engineer.lakeFormation, 'Analyst', onTable(), [
      'DROP',
    ]);
    expect(await refusalOf(refused)).toEqual(
      refusedFor(
        'lakeformation:GrantPermissions',
        'arn:aws:lakeformation:eu-west-1:111111111111:catalog:111111111111',
      ),
    );
    expect(
      emulator.calls.list({ operation: 'GrantPermissions' }),
    ).toMatchObject([
      { applied: false, errorCode: 'AccessDeniedException', status: 400 },
    ]);
  });

  it('refuse by an explicit deny', async () => {
    const { engineer } = await enforcing(allow('*'), {
      Effect: 'Deny',
      Action: 'glue:GetTable',
      Resource: '*',
    });
    expect((await refusalOf(getOrders(engineer))).message).toBe(
      `User: ${ENGINEER} is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-west-1:111111111111:catalog with an explicit deny in an identity-based policy`,
    );
  });

  it('ask for a table, its database and the catalog', async () => {
    const arn = (name: string) => `arn:aws:glue:eu-west-1:111111111111:${name}`;
    const { engineer } = await enforcing(
      allow('glue:*Table*', [arn('catalog'), arn('database/sales')]),
      allow('glue:GetTable', arn('table/sales/orders')),
    );
    await getOrders(engineer);
    expect(
      await refusalOf(
        engineer.glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'other' }),
        ),
      ),
    ).toEqual(refusedFor('glue:GetTable', arn('table/sales/other')));
    expect(
      await refusalOf(
        engineer.glue.send(
          new CreateTableCommand({
            DatabaseName: 'sales',
            TableInput: { Name: 'orders' },
          }),
        ),
      ),
    ).toEqual(refusedFor('glue:CreateTable', arn('table/sales/orders')));
    expect(
      await refusalOf(
        engineer.glue.send(new GetTablesCommand({ DatabaseName: 'sales' })),
      ),
    ).toEqual(refusedFor('glue:GetTables', arn('table/sales/*')));
    expect(
      await refusalOf(
        engineer.glue.send(
          new GetTableCommand({ DatabaseName: 'hr', Name: 'x' }),
        ),
      ),
    ).toEqual(refusedFor('glue:GetTable', arn('database/hr')));
    expect(
      await refusalOf(engineer.glue.send(new GetDatabasesCommand({}))),
    ).toEqual(refusedFor('glue:GetDatabases', arn('catalog')));
  });

  it('ask for everything below a database that is deleted', async () => {
    const arn = (name: string) => `arn:aws:glue:eu-west-1:111111111111:${name}`;
    const { engineer } = await enforcing(
      allow('glue:DeleteDatabase', [arn('catalog'), arn('database/*')]),
    );
    expect(
      await refusalOf(
        engineer.glue.send(new DeleteDatabaseCommand({ Name: 'sales' })),
      ),
    ).toEqual(refusedFor('glue:DeleteDatabase', arn('table/sales/*')));
  });

  it('ask STS and IAM in their own words, but nobody for who they are', async () => {
    const { engineer } = await enforcing(allow('sts:AssumeRole'));
    await engineer.sts.send(new GetCallerIdentityCommand({}));
    const assume = { RoleArn: roleArn('Analyst'), RoleSessionName: 'ann' };
    await engineer.sts.send(new AssumeRoleCommand(assume));
    expect(
      await refusalOf(
        engineer.sts.send(
          new AssumeRoleCommand({
            ...assume,
            Tags: [{ Key: 'team', Value: 'a' }],
          }),
        ),
      ),
    ).toEqual({
      ...refusedFor('sts:TagSession', roleArn('Analyst')),
      code: 'AccessDenied',
      status: 403,
    });
    expect(
      await refusalOf(
        engineer.iam.send(new GetRoleCommand({ RoleName: 'Analyst' })),
      ),
    ).toEqual({
      ...refusedFor('iam:GetRole', roleArn('Analyst')),
      code: 'AccessDenied',
      status: 403,
    });
  });

  it('ask who grants across accounts for what shares in RAM', async () => {
    const { engineer } = await enforcing(
      allow(['lakeformation:*', 'ram:Get*', 'ram:CreateResourceShare']),
    );
    const give = (who: string) =>
      grant(engineer.lakeFormation, who, onTable(), ['DESCRIBE']);
    await give('Analyst');
    expect(await refusalOf(give(roleArn('Reader', '222222222222')))).toEqual(
      refusedFor('ram:AssociateResourceShare', '*'),
    );
    expect(
      await refusalOf(
        revoke(engineer.lakeFormation, '222222222222', onTable(), ['DROP']),
      ),
    ).toEqual(refusedFor('ram:DisassociateResourceShare', '*'));
  });

  it('ask for the role that a location is registered with', async () => {
    const { engineer } = await enforcing(allow('lakeformation:*'));
    const register = (fields: Partial<RegisterResourceCommandInput>) =>
      engineer.lakeFormation.send(
        new RegisterResourceCommand({
          ResourceArn: 'arn:aws:s3:::lake',
          ...fields,
        }),
      );
    expect(await refusalOf(register({ RoleArn: roleArn('Data') }))).toEqual(
      refusedFor('iam:PassRole', roleArn('Data')),
    );
    await register({ UseServiceLinkedRole: true });
  });

  it('do not bind the root, and come before Lake Formation', async () => {
    const { emulator } = await enforcing();
    await getOrders(emulator.asAdmin);
    const analyst = emulator.asRole('Analyst');
    expect((await refusalOf(getOrders(analyst))).message).toContain(
      'because no identity-based policy allows the glue:GetTable action',
    );
    emulator.behaviour.set({ enforceIam: false });
    expect((await refusalOf(getOrders(analyst))).message).toBe(
      'Insufficient Lake Formation permission(s): Required Describe on orders',
    );
  });

  it('stay with a snapshot, and go with a reset', async () => {
    const { emulator, engineer } = await enforcing();
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.reset();
    expect(emulator.behaviour.get().enforceIam).toBe(false);
    await getOrders(engineer);
    emulator.restore(saved);
    expect((await refusalOf(getOrders(engineer))).code).toBe(
      'AccessDeniedException',
    );
  });
});

describe('quotas', () => {
  const limit = {
    service: 'lakeformation',
    operation: 'GetDataLakeSettings',
    perSecond: 1,
    burst: 2,
  };
  const settings = ({ lakeFormation }: TestClients) =>
    lakeFormation.send(new GetDataLakeSettingsCommand({}));

  it('throttle by token bucket, filled by the clock of the emulator', async () => {
    const emulator = await startTestEmulator();
    emulator.clock.freeze();
    emulator.behaviour.set({ limits: [limit] });
    await settings(emulator.asAdmin);
    await settings(emulator.asAdmin);
    expect(await refusalOf(settings(emulator.asAdmin))).toEqual({
      code: 'ThrottledException',
      message: 'Rate exceeded',
      status: 429,
    });
    await settings(emulator.as('222222222222'));
    emulator.clock.advance(1000);
    await settings(emulator.asAdmin);
    expect((await refusalOf(settings(emulator.asAdmin))).code).toBe(
      'ThrottledException',
    );
  });

  it('come with the seed, in the words of each service', async () => {
    const emulator = await startTestEmulator(
      {},
      {
        seed: {
          ...aSeed(),
          behaviour: { limits: [{ perSecond: 0, burst: 0 }] },
        },
      },
    );
    expect(await refusalOf(getOrders(emulator.asAdmin))).toMatchObject({
      code: 'ThrottlingException',
      status: 400,
    });
    expect(
      await refusalOf(
        emulator.asAdmin.sts.send(new GetCallerIdentityCommand({})),
      ),
    ).toMatchObject({ code: 'Throttling' });
  });
});
