import {
  CreateCatalogCommand,
  CreateDatabaseCommand,
  DeleteCatalogCommand,
  GetCatalogCommand,
  GetCatalogsCommand,
  GetCatalogsRequest,
  GetDatabasesCommand,
  GetTableCommand,
} from '@aws-sdk/client-glue';
import {
  GrantPermissionsCommand,
  ListPermissionsCommand,
  Permission,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { GetResourceShareAssociationsCommand } from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  startCrossAccount,
} from '../../__testUtils__/crossAccount';
import { grant, revoke } from '../../__testUtils__/permissions';
import { invalidInputWith, refusalOf } from '../../__testUtils__/refusal';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../__testUtils__/startTestEmulator';
import { SeedAccount } from '../../seed/SeedAccount';

const PATH = 's3tablescatalog/bucket';
const BUCKET = `${ACCOUNT}:${PATH}`;

/** A bucket of S3 tables whose namespace has the name of a database outside. */
const WITH_BUCKET: Partial<SeedAccount> = {
  databases: [aDatabase()],
  catalogs: [
    {
      path: PATH,
      description: 'Our bucket',
      databases: [
        aDatabase({
          tables: [
            aTable({
              columns: [
                { name: 'id', type: 'int' },
                { name: 'secret', type: 'int' },
              ],
            }),
          ],
        }),
      ],
    },
  ],
};

const inBucket = (ColumnNames?: string[]): Resource => {
  const table = { CatalogId: BUCKET, DatabaseName: 'sales', Name: 'orders' };
  return ColumnNames
    ? { TableWithColumns: { ...table, ColumnNames } }
    : { Table: table };
};

const columns = async ({ glue }: TestClients, CatalogId?: string) =>
  (
    await glue.send(
      new GetTableCommand({ CatalogId, DatabaseName: 'sales', Name: 'orders' }),
    )
  ).Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);

const catalogIds = async (
  { glue }: TestClients,
  input: GetCatalogsRequest = {},
) =>
  (await glue.send(new GetCatalogsCommand(input))).CatalogList?.map(
    ({ CatalogId }) => CatalogId,
  );

describe('a catalog inside of an account’s one', () => {
  it('has databases and grants of its own', async () => {
    const emulator = await startTestEmulator(WITH_BUCKET);
    const { asAdmin } = emulator;
    const analyst = emulator.asRole('Analyst');
    await grant(asAdmin.lakeFormation, 'Analyst', inBucket(['id']), ['SELECT']);

    expect(await columns(analyst, BUCKET)).toEqual(['id']);
    expect(await refusalOf(columns(analyst))).toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(await columns(asAdmin)).toHaveLength(3);
    const { DatabaseList } = await analyst.glue.send(
      new GetDatabasesCommand({ CatalogId: BUCKET }),
    );
    expect(DatabaseList).toMatchObject([{ Name: 'sales', CatalogId: BUCKET }]);
    await revoke(asAdmin.lakeFormation, 'Analyst', inBucket(['id']), [
      'SELECT',
    ]);
    expect(await refusalOf(columns(analyst, BUCKET))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it('is named by resources, never by a request as a whole', async () => {
    const { asAdmin } = await startTestEmulator(WITH_BUCKET);
    const send = (CatalogId: string, resource: Resource) =>
      asAdmin.lakeFormation.send(
        new GrantPermissionsCommand({
          CatalogId,
          Principal: { DataLakePrincipalIdentifier: roleArn('Analyst') },
          Resource: resource,
          Permissions: ['SELECT'],
        }),
      );
    expect(await refusalOf(send(BUCKET, inBucket()))).toEqual(
      invalidInputWith('Catalog id must be a valid AWS account id.'),
    );
    await send(ACCOUNT, inBucket());
    expect(
      await refusalOf(
        asAdmin.lakeFormation.send(
          new ListPermissionsCommand({ CatalogId: BUCKET }),
        ),
      ),
    ).toEqual(invalidInputWith('Catalog id must be a valid AWS account id.'));
    expect(
      await refusalOf(
        send(ACCOUNT, {
          Table: {
            CatalogId: `${ACCOUNT}:nope`,
            DatabaseName: 'sales',
            Name: 'orders',
          },
        }),
      ),
    ).toMatchObject({ code: 'EntityNotFoundException' });
  });

  it('is listed with all other grants of the account, and by its resources', async () => {
    const { asAdmin } = await startTestEmulator(WITH_BUCKET);
    const { lakeFormation } = asAdmin;
    const outside: Resource = {
      Table: { DatabaseName: 'sales', Name: 'orders' },
    };
    await grant(lakeFormation, 'Analyst', outside, ['DROP']);
    await grant(lakeFormation, 'Analyst', inBucket(), ['ALTER']);
    await grant(lakeFormation, 'Analyst', { Catalog: { Id: BUCKET } }, [
      'DESCRIBE',
    ]);
    await grant(lakeFormation, 'Engineer', outside, ['DROP']);
    const all: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await lakeFormation.send(
        new ListPermissionsCommand({ MaxResults: 1, NextToken }),
      );
      for (const {
        Permissions = [],
        Resource: on,
      } of page.PrincipalResourcePermissions ?? []) {
        all.push(
          `${Permissions.join()} in ${on?.Table?.CatalogId ?? on?.Catalog?.Id}`,
        );
      }
      NextToken = page.NextToken;
    } while (NextToken);
    expect(all).toEqual([
      `DROP in ${ACCOUNT}`,
      `ALTER in ${BUCKET}`,
      `DESCRIBE in ${BUCKET}`,
      `DROP in ${ACCOUNT}`,
    ]);
    const { PrincipalResourcePermissions } = await lakeFormation.send(
      new ListPermissionsCommand({ Resource: inBucket() }),
    );
    expect(PrincipalResourcePermissions).toMatchObject([
      { Permissions: ['ALTER'], Resource: { Table: { CatalogId: BUCKET } } },
    ]);
  });

  it.each<[string, Permission, boolean]>([
    [BUCKET, 'DESCRIBE', true],
    [BUCKET, 'SUPER_USER', true],
    [BUCKET, 'CREATE_LF_TAG', false],
    [ACCOUNT, 'CREATE_DATABASE', true],
    [ACCOUNT, 'ALTER', false],
  ])('%s lets %s be granted: %s', async (Id, permission, expected) => {
    const { asAdmin } = await startTestEmulator(WITH_BUCKET);
    const outcome = await grant(
      asAdmin.lakeFormation,
      'Analyst',
      { Catalog: { Id } },
      [permission],
    ).then(
      () => true,
      (error: Error) => error.message,
    );
    expect(outcome).toBe(expected || 'Permissions modification is invalid.');
  });

  it('is an administrator’s, for who holds SUPER_USER', async () => {
    const emulator = await startTestEmulator(WITH_BUCKET);
    await grant(
      emulator.asAdmin.lakeFormation,
      'Engineer',
      { Catalog: { Id: BUCKET } },
      ['SUPER_USER'],
    );
    const engineer = emulator.asRole('Engineer');
    expect(await columns(engineer, BUCKET)).toHaveLength(2);
    await grant(engineer.lakeFormation, 'Analyst', inBucket(), ['SELECT']);
    expect(await columns(emulator.asRole('Analyst'), BUCKET)).toHaveLength(2);
    expect(await refusalOf(columns(engineer))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it('is shared with other accounts like the rest', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: WITH_BUCKET,
    });
    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      inBucket(['id']),
      ['SELECT'],
      ['SELECT'],
    );
    await acceptAll(consumer.ram);
    await grant(consumer.lakeFormation, READER, inBucket(['id']), ['SELECT']);
    expect(await columns(reader, BUCKET)).toEqual(['id']);
    const { resourceShareAssociations = [] } = await owner.ram.send(
      new GetResourceShareAssociationsCommand({ associationType: 'RESOURCE' }),
    );
    const arn = (rest: string) => `arn:aws:glue:eu-west-1:${ACCOUNT}:${rest}`;
    expect(
      resourceShareAssociations.map(({ associatedEntity }) => associatedEntity),
    ).toEqual([
      arn('catalog'),
      arn(`catalog/${PATH}`),
      arn(`database/${PATH}/sales`),
      arn(`table/${PATH}/sales/orders`),
    ]);

    await reader.glue.send(new GetCatalogCommand({ CatalogId: BUCKET }));
    await consumer.glue.send(
      new CreateDatabaseCommand({
        DatabaseInput: {
          Name: 'link',
          TargetDatabase: { CatalogId: BUCKET, DatabaseName: 'sales' },
        },
      }),
    );
    await grant(
      consumer.lakeFormation,
      READER,
      { Database: { Name: 'link' } },
      ['DESCRIBE'],
    );
    const { Table } = await reader.glue.send(
      new GetTableCommand({ DatabaseName: 'link', Name: 'orders' }),
    );
    expect(Table).toMatchObject({
      CatalogId: BUCKET,
      StorageDescriptor: { Columns: [{ Name: 'id' }] },
    });
  });

  it('is not shared below cross-account version 4', async () => {
    const { owner } = await startCrossAccount({
      owner: { ...WITH_BUCKET, settings: { crossAccountVersion: 3 } },
    });
    expect(
      await refusalOf(
        grant(owner.lakeFormation, OTHER_ACCOUNT, inBucket(), ['SELECT']),
      ),
    ).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining('from cross account version 4 on'),
    });
  });

  it('comes back from a snapshot', async () => {
    const emulator = await startTestEmulator(WITH_BUCKET);
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', inBucket(['id']), [
      'SELECT',
    ]);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.restore(saved);
    expect(emulator.snapshot()).toEqual(saved);
    expect(await columns(emulator.asRole('Analyst'), BUCKET)).toEqual(['id']);
  });
});

describe('GetCatalog and GetCatalogs', () => {
  it('show an account’s catalog and what is inside of it', async () => {
    const { asAdmin } = await startTestEmulator(WITH_BUCKET);
    expect(await catalogIds(asAdmin)).toEqual([`${ACCOUNT}:s3tablescatalog`]);
    expect(
      await catalogIds(asAdmin, {
        ParentCatalogId: `${ACCOUNT}:s3tablescatalog`,
      }),
    ).toEqual([BUCKET]);
    expect(
      await catalogIds(asAdmin, { Recursive: true, IncludeRoot: true }),
    ).toEqual([ACCOUNT, `${ACCOUNT}:s3tablescatalog`, BUCKET]);
    const { Catalog } = await asAdmin.glue.send(
      new GetCatalogCommand({ CatalogId: BUCKET }),
    );
    expect(Catalog).toMatchObject({
      Name: 'bucket',
      CatalogId: BUCKET,
      Description: 'Our bucket',
      ResourceArn: `arn:aws:glue:eu-west-1:${ACCOUNT}:catalog/${PATH}`,
    });
  });

  it('show what somebody holds anything in', async () => {
    const emulator = await startTestEmulator(WITH_BUCKET);
    const analyst = emulator.asRole('Analyst');
    expect(await catalogIds(analyst, { Recursive: true })).toEqual([]);
    expect(
      await refusalOf(
        analyst.glue.send(new GetCatalogCommand({ CatalogId: BUCKET })),
      ),
    ).toMatchObject({ code: 'AccessDeniedException' });
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', inBucket(), [
      'SELECT',
    ]);
    expect(await catalogIds(analyst, { Recursive: true })).toEqual([BUCKET]);
  });
});

describe('CreateCatalog and DeleteCatalog', () => {
  const create = ({ glue }: TestClients, Name = 'warehouse') =>
    glue.send(
      new CreateCatalogCommand({
        Name,
        CatalogInput: {
          Description: 'Elsewhere',
          FederatedCatalog: {
            Identifier: 'arn:aws:s3tables:eu-west-1:111111111111:bucket/*',
            ConnectionName: 'aws:s3tables',
          },
        },
      }),
    );
  const CatalogId = `${ACCOUNT}:warehouse`;

  it('need permission, and give the creator everything', async () => {
    const emulator = await startTestEmulator();
    const engineer = emulator.asRole('Engineer');
    expect(await refusalOf(create(engineer))).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining('Required Create Catalog on'),
    });
    await grant(emulator.asAdmin.lakeFormation, 'Engineer', { Catalog: {} }, [
      'CREATE_CATALOG',
    ]);
    await create(engineer);
    expect(await refusalOf(create(engineer))).toMatchObject({
      code: 'AlreadyExistsException',
    });
    await engineer.glue.send(
      new CreateDatabaseCommand({
        CatalogId,
        DatabaseInput: { Name: 'mart' },
      }),
    );
    const { Catalog } = await engineer.glue.send(
      new GetCatalogCommand({ CatalogId }),
    );
    expect(Catalog).toMatchObject({
      Description: 'Elsewhere',
      FederatedCatalog: { ConnectionName: 'aws:s3tables' },
    });
    expect(
      await refusalOf(
        emulator
          .asRole('Analyst')
          .glue.send(new DeleteCatalogCommand({ CatalogId })),
      ),
    ).toMatchObject({ code: 'AccessDeniedException' });
    await engineer.glue.send(new DeleteCatalogCommand({ CatalogId }));
    expect(
      await refusalOf(
        emulator.asAdmin.glue.send(new GetCatalogCommand({ CatalogId })),
      ),
    ).toMatchObject({ code: 'EntityNotFoundException' });
  });

  it('leave grants, which apply to a new catalog of the name', async () => {
    const emulator = await startTestEmulator();
    const { asAdmin } = emulator;
    await create(asAdmin);
    const resource: Resource = { Catalog: { Id: CatalogId } };
    await grant(asAdmin.lakeFormation, 'Analyst', resource, [
      'CREATE_DATABASE',
    ]);
    await asAdmin.glue.send(new DeleteCatalogCommand({ CatalogId }));
    expect(
      await refusalOf(
        grant(asAdmin.lakeFormation, 'Engineer', resource, ['DESCRIBE']),
      ),
    ).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Catalog not found.',
    });
    await create(asAdmin);
    await emulator.asRole('Analyst').glue.send(
      new CreateDatabaseCommand({
        CatalogId,
        DatabaseInput: { Name: 'mart' },
      }),
    );
    await revoke(asAdmin.lakeFormation, 'Analyst', resource, [
      'CREATE_DATABASE',
    ]);
  });

  it('refuse names that are none and the account’s own catalog', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(create(asAdmin, 'a/b'))).toMatchObject({
      code: 'InvalidInputException',
    });
    expect(
      await refusalOf(
        asAdmin.glue.send(new DeleteCatalogCommand({ CatalogId: ACCOUNT })),
      ),
    ).toEqual(invalidInputWith('The catalog of an account cannot be deleted.'));
  });
});
