import { GlueClient, GetTableCommand } from '@aws-sdk/client-glue';
import {
  GrantPermissionsCommand,
  LakeFormationClient,
  ListPermissionsCommand,
  Resource,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import {
  change,
  grant,
  onColumns,
  onPolicy,
  onTable,
} from '../../../__testUtils__/permissions';
import {
  invalidInputWith,
  notEmulated,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { ACCOUNT, roleArn } from '../../../__testUtils__/seeds';
import {
  TestEmulator,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const EVERYBODY = `${ACCOUNT}:IAMPrincipals`;
const IS_SALES =
  'context.iam.principalTags.hasTag("team") && context.iam.principalTags.getTag("team") == "sales"';

const conditional = (
  resource: Resource,
  Expression: string | undefined = IS_SALES,
  who = EVERYBODY,
) => ({
  ...change(who, resource, ['SELECT']),
  Condition: { Expression },
});

const grantIf = (
  client: LakeFormationClient,
  ...input: Parameters<typeof conditional>
) => client.send(new GrantPermissionsCommand(conditional(...input)));

/** Glue as a session of the role that carries the tags. */
async function session(
  { asAdmin, withCredentials }: TestEmulator,
  tags: Record<string, string>,
): Promise<GlueClient> {
  const { Credentials } = await asAdmin.sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn('Analyst'),
      RoleSessionName: 'ann',
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  return withCredentials({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  }).glue;
}

const columns = async (glue: GlueClient) =>
  (
    await glue.send(
      new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
    )
  ).Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);

describe('grants with a condition', () => {
  it('hold for sessions whose tags satisfy it', async () => {
    const emulator = await startTestEmulator();
    await grantIf(emulator.asAdmin.lakeFormation, onColumns('amount'));
    expect(await columns(await session(emulator, { team: 'sales' }))).toEqual([
      'amount',
    ]);
    const others: Record<string, string>[] = [{ team: 'hr' }, {}];
    for (const tags of others) {
      expect(
        (await refusalOf(columns(await session(emulator, tags)))).code,
      ).toBe('AccessDeniedException');
    }
  });

  it('are entries beside those without, listed with the condition', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grantIf(lakeFormation, onTable());
    await grantIf(lakeFormation, onTable(), 'true');
    await grant(lakeFormation, EVERYBODY, onTable(), ['DESCRIBE']);
    const conditions = async () =>
      (
        await lakeFormation.send(
          new ListPermissionsCommand({ Resource: onTable() }),
        )
      ).PrincipalResourcePermissions?.map(
        ({ Permissions, Condition }) =>
          `${Permissions} if ${Condition?.Expression}`,
      );
    expect(await conditions()).toEqual([
      `SELECT if ${IS_SALES}`,
      'SELECT if true',
      'DESCRIBE if undefined',
    ]);
    await lakeFormation.send(
      new RevokePermissionsCommand(conditional(onTable())),
    );
    expect(await conditions()).toEqual([
      'SELECT if true',
      'DESCRIBE if undefined',
    ]);
    expect(
      (
        await refusalOf(
          lakeFormation.send(
            new RevokePermissionsCommand(conditional(onTable())),
          ),
        )
      ).code,
    ).toBe('InvalidInputException');
  });

  it('are refused where they cannot be', async () => {
    const { lakeFormation } = (
      await startTestEmulator({ lfTags: [{ key: 'team', values: ['a'] }] })
    ).asAdmin;
    expect(
      await refusalOf(grantIf(lakeFormation, onTable(), IS_SALES, 'Analyst')),
    ).toEqual(
      invalidInputWith(
        `A condition is on all IAM principals of an account, such as 111122223333:IAMPrincipals, found '${roleArn(
          'Analyst',
        )}'.`,
      ),
    );
    expect(
      await refusalOf(
        grantIf(lakeFormation, onPolicy('TABLE', { team: ['a'] })),
      ),
    ).toEqual(
      invalidInputWith(
        'Conditions are not supported on LF-Tags, LF-Tag policies and LF-Tag expressions.',
      ),
    );
    expect(
      await refusalOf(
        lakeFormation.send(
          new GrantPermissionsCommand({
            ...conditional(onTable()),
            PermissionsWithGrantOption: ['SELECT'],
          }),
        ),
      ),
    ).toEqual(
      invalidInputWith(
        `Grant option is not supported for the principal ${EVERYBODY}.`,
      ),
    );
  });

  it('are refused where the expression is wrong, and by name where it says more than the emulator knows', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    expect(
      (await refusalOf(grantIf(lakeFormation, onTable(), 'true &&'))).message,
    ).toBe('Condition expression is invalid: expected a term, found its end');
    expect(
      await refusalOf(
        grantIf(lakeFormation, onTable(), 'context.time.hour == "5"'),
      ),
    ).toEqual(notEmulated('context.time.hour in conditions on grants'));
    expect(
      await refusalOf(
        lakeFormation.send(
          new GrantPermissionsCommand({
            ...conditional(onTable()),
            Condition: {},
          }),
        ),
      ),
    ).toEqual(invalidInputWith('Condition must have an expression.'));
  });

  it('come with the seed', async () => {
    const emulator = await startTestEmulator({
      grants: [
        {
          principal: EVERYBODY,
          resource: { database: 'sales', table: 'orders' },
          permissions: ['SELECT'],
          condition: IS_SALES,
        },
      ],
    });
    expect(await columns(await session(emulator, { team: 'sales' }))).toEqual([
      'order_id',
      'email',
      'amount',
    ]);
  });
});
