import {
  AcceptResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
  RAMClient,
  ResourceShareInvitation,
} from '@aws-sdk/client-ram';
import { GetTableCommand } from '@aws-sdk/client-glue';
import { Resource } from '@aws-sdk/client-lakeformation';
import { SeedAccount } from '../seed/SeedAccount';
import { SeedOrganization } from '../seed/SeedOrganization';
import { ACCOUNT, OTHER_ACCOUNT, anAccount, roleArn } from './seeds';
import {
  TestClients,
  TestEmulator,
  startTestEmulator,
} from './startTestEmulator';

/** A role of the consuming account, whose key is its name. */
export const READER = roleArn('Reader', OTHER_ACCOUNT);
export const WRITER = roleArn('Writer', OTHER_ACCOUNT);

/** An organization of the two accounts of these tests. */
export const anOrganization = (
  fields: Partial<SeedOrganization> = {},
): SeedOrganization => ({
  id: 'o-mesh',
  managementAccount: '999999999999',
  accounts: [ACCOUNT],
  units: [{ id: 'ou-mesh-consumers', accounts: [OTHER_ACCOUNT] }],
  ...fields,
});

export const ORGANIZATION =
  'arn:aws:organizations::999999999999:organization/o-mesh';
export const CONSUMERS_UNIT =
  'arn:aws:organizations::999999999999:ou/o-mesh/ou-mesh-consumers';

/** An emulator of an account that owns `sales.orders` and one that consumes it. */
export interface CrossAccountEmulator extends TestEmulator {
  /** Root of the owning account. */
  owner: TestClients;
  /** Root of the consuming account, its administrator. */
  consumer: TestClients;
  reader: TestClients;
  writer: TestClients;
}

export async function startCrossAccount(
  options: {
    owner?: Partial<SeedAccount>;
    consumer?: Partial<SeedAccount>;
    organizations?: SeedOrganization[];
  } = {},
): Promise<CrossAccountEmulator> {
  const emulator = await startTestEmulator(
    {},
    {
      seed: {
        organizations: options.organizations ?? [],
        accounts: [
          anAccount(options.owner),
          {
            id: OTHER_ACCOUNT,
            keys: [
              { accessKeyId: 'Reader', principal: READER },
              { accessKeyId: 'Writer', principal: WRITER },
            ],
            ...options.consumer,
          },
        ],
      },
    },
  );
  return {
    ...emulator,
    owner: emulator.as(ACCOUNT),
    consumer: emulator.as(OTHER_ACCOUNT),
    reader: emulator.as('Reader'),
    writer: emulator.as('Writer'),
  };
}

export const invitationsOf = async (
  ram: RAMClient,
): Promise<ResourceShareInvitation[]> =>
  (await ram.send(new GetResourceShareInvitationsCommand({})))
    .resourceShareInvitations ?? [];

/** Accepts every pending invitation; the shares' names. */
export async function acceptAll(ram: RAMClient): Promise<string[]> {
  const pending = (await invitationsOf(ram)).filter(
    ({ status }) => status === 'PENDING',
  );
  for (const { resourceShareInvitationArn } of pending) {
    await ram.send(
      new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }),
    );
  }
  return pending.map(({ resourceShareName = '' }) => resourceShareName);
}

/** The columns of the owner's `sales.orders` that someone sees. */
export async function columnsSeen({
  glue,
}: TestClients): Promise<(string | undefined)[]> {
  const { Table } = await glue.send(
    new GetTableCommand({
      CatalogId: ACCOUNT,
      DatabaseName: 'sales',
      Name: 'orders',
    }),
  );
  return (Table?.StorageDescriptor?.Columns ?? []).map(({ Name }) => Name);
}

/** The same resource, named as one of the owner's from another account. */
export function ofOwner(resource: Resource): Resource {
  const CatalogId = ACCOUNT;
  const { Database, Table, TableWithColumns, DataCellsFilter } = resource;
  return {
    ...resource,
    ...(Database && { Database: { ...Database, CatalogId } }),
    ...(Table && { Table: { ...Table, CatalogId } }),
    ...(TableWithColumns && {
      TableWithColumns: { ...TableWithColumns, CatalogId },
    }),
    ...(DataCellsFilter && {
      DataCellsFilter: { ...DataCellsFilter, TableCatalogId: CatalogId },
    }),
  };
}
