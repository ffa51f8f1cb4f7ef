import {
  DeleteTableCommand,
  GetDatabasesCommand,
  GetTableCommand,
} from '@aws-sdk/client-glue';
import {
  CreateLakeFormationOptInCommand,
  DeleteLakeFormationOptInCommand,
  ListLakeFormationOptInsCommand,
  ListLakeFormationOptInsCommandInput,
  Resource,
} from '@aws-sdk/client-lakeformation';
import {
  READER,
  WRITER,
  acceptAll,
  columnsSeen,
  ofOwner,
  startCrossAccount,
} from '../../../__testUtils__/crossAccount';
import {
  grant,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
  onTag,
  principal,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  notEmulated,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

/** `sales.orders`, open to IAM at a location in hybrid access mode. */
const start = () =>
  startTestEmulator({
    locations: [{ arn: 'arn:aws:s3:::lake', hybridAccessEnabled: true }],
    databases: [
      aDatabase({
        iamAllowedPrincipals: true,
        tables: [aTable({ iamAllowedPrincipals: true })],
      }),
    ],
  });

const optIn = (
  { lakeFormation }: TestClients,
  who: string,
  resource: Resource,
  condition?: string,
) =>
  lakeFormation.send(
    new CreateLakeFormationOptInCommand({
      Principal: principal(who),
      Resource: resource,
      Condition: condition ? { Expression: condition } : undefined,
    }),
  );

const optOut = (
  { lakeFormation }: TestClients,
  who: string,
  resource: Resource,
) =>
  lakeFormation.send(
    new DeleteLakeFormationOptInCommand({
      Principal: principal(who),
      Resource: resource,
    }),
  );

async function optIns(
  { lakeFormation }: TestClients,
  input: ListLakeFormationOptInsCommandInput = {},
) {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lakeFormation.send(
      new ListLakeFormationOptInsCommand({ ...input, NextToken }),
    );
    for (const {
      Principal,
      Resource: on,
      Condition,
    } of page.LakeFormationOptInsInfoList ?? []) {
      const name = on?.Database?.Name ?? on?.Table?.Name;
      const who = Principal?.DataLakePrincipalIdentifier?.split('/').pop();
      found.push(
        `${who} to ${name}${Condition ? ` if ${Condition.Expression}` : ''}`,
      );
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

const read = async ({ glue }: TestClients) =>
  (
    await glue.send(
      new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
    )
  ).Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);

const ALL = ['order_id', 'email', 'amount'];

describe('opt-ins', () => {
  it('hold a principal to its grants while the others stay with IAM', async () => {
    const emulator = await start();
    const { asAdmin } = emulator;
    await grant(asAdmin.lakeFormation, 'Analyst', onColumns('amount'), [
      'SELECT',
    ]);
    expect(await read(emulator.asRole('Analyst'))).toEqual(ALL);
    await optIn(asAdmin, 'Analyst', onTable());
    await optIn(asAdmin, 'Steward', onTable());

    expect(await read(emulator.asRole('Analyst'))).toEqual(['amount']);
    expect(await read(emulator.asRole('Engineer'))).toEqual(ALL);
    expect((await refusalOf(read(emulator.asRole('Steward')))).code).toBe(
      'AccessDeniedException',
    );
    expect(
      (
        await refusalOf(
          emulator
            .asRole('Steward')
            .glue.send(
              new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
            ),
        )
      ).code,
    ).toBe('AccessDeniedException');
    await optOut(asAdmin, 'Analyst', onTable());
    expect(await read(emulator.asRole('Analyst'))).toEqual(ALL);
  });

  it('to all tables reach each of them, and to a database the database', async () => {
    const emulator = await start();
    const databases = async () =>
      (await emulator.asRole('Analyst').glue.send(new GetDatabasesCommand({})))
        .DatabaseList?.length;
    await optIn(emulator.asAdmin, 'Analyst', onAllTables());
    expect((await refusalOf(read(emulator.asRole('Analyst')))).code).toBe(
      'AccessDeniedException',
    );
    expect(await databases()).toBe(1);
    await optIn(emulator.asAdmin, 'Analyst', onDatabase());
    expect(await databases()).toBe(0);
  });

  it('of all IAM principals hold for those whose tags satisfy the condition', async () => {
    const emulator = await start();
    const condition = '!context.iam.principalTags.hasTag("team")';
    await optIn(
      emulator.asAdmin,
      `${ACCOUNT}:IAMPrincipals`,
      onTable(),
      condition,
    );
    expect((await refusalOf(read(emulator.asRole('Analyst')))).code).toBe(
      'AccessDeniedException',
    );
    expect(await optIns(emulator.asAdmin)).toEqual([
      `${ACCOUNT}:IAMPrincipals to orders if ${condition}`,
    ]);
  });

  it('are listed by principal and resource, each once, page by page', async () => {
    const { asAdmin } = await start();
    await optIn(asAdmin, 'Analyst', onTable());
    await optIn(asAdmin, 'Analyst', onDatabase());
    await optIn(asAdmin, 'Engineer', onTable());
    await optIn(asAdmin, 'Analyst', onTable());
    const all = ['Analyst to orders', 'Analyst to sales', 'Engineer to orders'];
    expect(await optIns(asAdmin)).toEqual(all);
    expect(await optIns(asAdmin, { MaxResults: 1 })).toEqual(all);
    expect(await optIns(asAdmin, { Principal: principal('Analyst') })).toEqual(
      all.slice(0, 2),
    );
    expect(await optIns(asAdmin, { Resource: onTable() })).toEqual([
      all[0],
      all[2],
    ]);
  });

  it('are for administrators', async () => {
    const emulator = await start();
    const analyst = emulator.asRole('Analyst');
    expect(await refusalOf(optIn(analyst, 'Analyst', onTable()))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    expect(await refusalOf(optIns(analyst))).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await optIn(emulator.asAdmin, 'Analyst', onTable());
    expect(await refusalOf(optOut(analyst, 'Analyst', onTable()))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
  });

  it('refuse what is not there, columns, tags and IAM_ALLOWED_PRINCIPALS', async () => {
    const { asAdmin } = await start();
    for (const call of [
      optIn(asAdmin, 'Analyst', onTable('nope')),
      optOut(asAdmin, 'Analyst', onTable()),
    ]) {
      expect((await refusalOf(call)).code).toBe('EntityNotFoundException');
    }
    expect(
      await refusalOf(optIn(asAdmin, 'Analyst', onColumns('email'))),
    ).toEqual(
      invalidInputWith('An opt-in is to a database or table, not to columns.'),
    );
    expect(
      await refusalOf(optIn(asAdmin, 'Analyst', onTag('team', 'a'))),
    ).toEqual(notEmulated('opt-ins to LFTag; it knows databases and tables'));
    expect(
      await refusalOf(optIn(asAdmin, 'IAM_ALLOWED_PRINCIPALS', onTable())),
    ).toEqual(invalidInputWith("Invalid principal, 'IAM_ALLOWED_PRINCIPALS'."));
  });

  it('come with the seed and with snapshots', async () => {
    const emulator = await startTestEmulator({
      optIns: [
        { principal: roleArn('Analyst'), resource: { database: 'sales' } },
      ],
    });
    const saved = emulator.snapshot();
    await optOut(emulator.asAdmin, 'Analyst', onDatabase());
    emulator.restore(JSON.parse(JSON.stringify(saved)));
    expect(await optIns(emulator.asAdmin)).toEqual(['Analyst to sales']);
  });
});

describe('opt-ins to what is shared with another account', () => {
  const startShared = async () => {
    const emulator = await startCrossAccount({
      owner: {
        locations: [{ arn: 'arn:aws:s3:::lake', hybridAccessEnabled: true }],
        databases: [
          aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
        ],
      },
    });
    await grant(
      emulator.owner.lakeFormation,
      OTHER_ACCOUNT,
      onTable(),
      ['SELECT'],
      ['SELECT'],
    );
    await acceptAll(emulator.consumer.ram);
    await grant(emulator.consumer.lakeFormation, READER, ofOwner(onTable()), [
      'SELECT',
    ]);
    return emulator;
  };

  it('give its principals what they were granted', async () => {
    const { consumer, reader, writer } = await startShared();
    expect((await refusalOf(columnsSeen(reader))).code).toBe(
      'AccessDeniedException',
    );
    await optIn(consumer, READER, ofOwner(onTable()));
    expect(await columnsSeen(reader)).toEqual(ALL);
    await optIn(consumer, WRITER, ofOwner(onTable()));
    expect((await refusalOf(columnsSeen(writer))).code).toBe(
      'AccessDeniedException',
    );
    expect(await optIns(consumer, { Resource: ofOwner(onTable()) })).toEqual([
      'Reader to orders',
      'Writer to orders',
    ]);
    await optOut(consumer, READER, ofOwner(onTable()));
    expect((await refusalOf(columnsSeen(reader))).code).toBe(
      'AccessDeniedException',
    );
  });

  it('are made by the owner for single principals and whole accounts, to all tables with the database', async () => {
    const { owner, reader } = await startShared();
    await optIn(owner, OTHER_ACCOUNT, onAllTables());
    expect((await refusalOf(columnsSeen(reader))).code).toBe(
      'AccessDeniedException',
    );
    await optIn(owner, OTHER_ACCOUNT, onDatabase());
    expect(await columnsSeen(reader)).toEqual(ALL);
    await optOut(owner, OTHER_ACCOUNT, onDatabase());
    await optIn(owner, READER, onTable());
    expect(await columnsSeen(reader)).toEqual(ALL);
  });

  it('are for its administrators and its own principals', async () => {
    const { consumer, reader } = await startShared();
    expect(await refusalOf(optIn(reader, READER, ofOwner(onTable())))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    expect(
      await refusalOf(optIn(consumer, 'Analyst', ofOwner(onTable()))),
    ).toEqual(
      invalidInputWith(
        `Account ${OTHER_ACCOUNT} opts in its own principals to what is shared with it, found '${roleArn(
          'Analyst',
        )}'.`,
      ),
    );
  });
});
