import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  GlueClient,
  GetTableCommand,
  paginateGetDatabases,
  paginateGetTables,
} from '@aws-sdk/client-glue';
import {
  GetDataLakeSettingsCommand,
  GetResourceLFTagsCommand,
  GrantPermissionsCommand,
  LakeFormationClient,
  ListPermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import {
  ANNOTATION_LF_TAGS,
  isDataProductEntity,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
} from '@lakemesh/lake-formation-emulator';
import { TAGS_OF_DOMAIN } from './assignedTags';
import {
  MESH_ACCOUNT,
  MESH_ACCOUNTS,
  MESH_REGION,
  meshSeed,
  portalAccessKeyId,
  ROLE_WITHOUT_IAM,
} from './meshSeed';
import { readMesh } from './readMesh';

describe('the example mesh in the emulated AWS', () => {
  const entities = readMesh(resolvePackagePath('backend', 'mesh'));
  const ports = entities
    .filter(isDataProductEntity)
    .flatMap((product: DataProductEntity) => product.spec.outputPorts);
  let emulator: LakeFormationEmulator;
  const glueOf = new Map<string, GlueClient>();
  let lakeFormation: LakeFormationClient;

  beforeAll(async () => {
    emulator = await startLakeFormationEmulator({
      port: 0,
      seed: meshSeed(entities),
    });
    const clientOf = (accountId: string) => ({
      endpoint: emulator.url,
      region: MESH_REGION,
      credentials: { accessKeyId: accountId, secretAccessKey: 'any' },
    });
    for (const { id } of MESH_ACCOUNTS) {
      glueOf.set(id, new GlueClient(clientOf(id)));
    }
    lakeFormation = new LakeFormationClient(clientOf(MESH_ACCOUNT));
  });
  afterAll(async () => {
    glueOf.forEach(glue => glue.destroy());
    lakeFormation?.destroy();
    await emulator?.stop();
  });

  it('has each table of each port with its columns in the declared order', async () => {
    expect(ports.length).toBeGreaterThan(12);
    for (const port of ports) {
      const glue = glueOf.get(port.location.catalogId);
      if (!glue) throw new Error(`No account for port ${port.name}`);
      for (const table of port.tables) {
        const { Table } = await glue.send(
          new GetTableCommand({
            DatabaseName: port.location.database,
            Name: table.name,
          }),
        );
        const declared = (partitionKey: boolean) =>
          table.columns
            .filter(column => Boolean(column.partitionKey) === partitionKey)
            .map(column => column.name);
        expect(
          Table?.StorageDescriptor?.Columns?.map(column => column.Name),
        ).toEqual(declared(false));
        expect((Table?.PartitionKeys ?? []).map(column => column.Name)).toEqual(
          declared(true),
        );
      }
    }
  });

  it('has nothing that the catalog does not name', async () => {
    const found: string[] = [];
    for (const [account, client] of glueOf) {
      for await (const page of paginateGetDatabases({ client }, {})) {
        for (const { Name } of page.DatabaseList ?? []) {
          const tables = paginateGetTables({ client }, { DatabaseName: Name });
          for await (const { TableList } of tables) {
            found.push(
              ...(TableList ?? []).map(t => `${account} ${Name}.${t.Name}`),
            );
          }
        }
      }
    }
    const declared = new Set(
      ports.flatMap(({ location, tables }) =>
        tables.map(
          table => `${location.catalogId} ${location.database}.${table.name}`,
        ),
      ),
    );
    expect(found.sort()).toEqual([...declared].sort());
  });

  it('holds grants that were there before the portal', async () => {
    const { PrincipalResourcePermissions: grants } = await lakeFormation.send(
      new ListPermissionsCommand({
        Resource: {
          Table: {
            DatabaseName: 'sales_customer_360',
            Name: 'customer_profiles',
          },
        },
      }),
    );
    expect(
      grants?.map(grant => grant.Principal?.DataLakePrincipalIdentifier),
    ).toContain(`arn:aws:iam::${MESH_ACCOUNT}:role/marketing-role`);
  });

  it('has the LF-Tags that the domain declares, not all as the product asks', async () => {
    const tagsOf = async (DatabaseName: string, Name: string) => {
      const { LFTagsOnTable, LFTagsOnColumns } = await lakeFormation.send(
        new GetResourceLFTagsCommand({
          Resource: { Table: { DatabaseName, Name } },
          ShowAssignedLFTags: true,
        }),
      );
      return {
        table: LFTagsOnTable?.map(tag => `${tag.TagKey}=${tag.TagValues}`),
        columns: LFTagsOnColumns?.map(({ Name: column }) => column),
      };
    };
    const profiles = await tagsOf('sales_customer_360', 'customer_profiles');
    expect(profiles.table?.sort()).toEqual([
      'classification=confidential',
      'domain=sales',
      'pii=false',
    ]);
    expect(profiles.columns).toContain('phone_number');
    expect(profiles.columns).not.toContain('customer_email');
    // As the annotation in the catalog has them.
    const sales = entities.find(
      ({ kind, metadata }) => kind === 'Domain' && metadata.name === 'sales',
    );
    expect(sales?.metadata.annotations?.[ANNOTATION_LF_TAGS]).toBe(
      TAGS_OF_DOMAIN.map(
        ({ key, values }) => `${key}=${values.join('|')}`,
      ).join(','),
    );
  });

  it('knows the key of the portal as a data lake administrator', async () => {
    const asPortal = new LakeFormationClient({
      endpoint: emulator.url,
      region: MESH_REGION,
      credentials: {
        accessKeyId: portalAccessKeyId(MESH_ACCOUNT),
        secretAccessKey: 'any',
      },
    });
    const { DataLakeSettings } = await asPortal.send(
      new GetDataLakeSettingsCommand({}),
    );
    asPortal.destroy();
    expect(DataLakeSettings?.DataLakeAdmins).toContainEqual({
      DataLakePrincipalIdentifier: `arn:aws:iam::${MESH_ACCOUNT}:role/lake-admin`,
    });
  });

  it('refuses a grant to the role that IAM lacks', async () => {
    await expect(
      lakeFormation.send(
        new GrantPermissionsCommand({
          Principal: {
            DataLakePrincipalIdentifier: `arn:aws:iam::${MESH_ACCOUNT}:role/${ROLE_WITHOUT_IAM}`,
          },
          Resource: {
            Table: {
              DatabaseName: 'sales_customer_360',
              Name: 'customer_profiles',
            },
          },
          Permissions: ['SELECT'],
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});
