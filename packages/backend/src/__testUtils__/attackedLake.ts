import {
  GetResourceLFTagsCommand,
  LakeFormationClient,
  ListPermissionsCommand,
  type PrincipalResourcePermissions,
  type Resource,
} from '@aws-sdk/client-lakeformation';
import type { LakeFormationEmulator } from '@lakemesh/lake-formation-emulator';
import { HELD, OWN_TABLE } from './attackedCompany';
import { LAKE, REGION } from './useLakeMesh';

const READS = /^(Get|List|Describe|BatchGet|Search|Simulate|AssumeRole)/;

/** Whether it is the attackers' own table, or only says that it exists. */
function isOwn(
  { Table, TableWithColumns, DataCellsFilter, Database }: Resource,
  permissions: readonly string[],
): boolean {
  if (Database) return permissions.every(one => one === 'DESCRIBE');
  const table = Table ?? TableWithColumns;
  const name = table?.Name ?? DataCellsFilter?.TableName;
  const database = table?.DatabaseName ?? DataCellsFilter?.DatabaseName;
  return database === 'sales' && name === OWN_TABLE;
}

function grantsIn(all: readonly PrincipalResourcePermissions[]): string[] {
  return all.flatMap(
    ({
      Principal,
      Resource = {},
      Permissions = [],
      PermissionsWithGrantOption,
    }) =>
      isOwn(Resource, Permissions)
        ? []
        : [
            JSON.stringify([
              Principal,
              Resource,
              Permissions,
              PermissionsWithGrantOption,
            ]),
          ],
  );
}

/** Grants on what others hold, and the tags of it. */
async function lookAt(client: LakeFormationClient): Promise<string[]> {
  const { PrincipalResourcePermissions = [] } = await client.send(
    new ListPermissionsCommand({ MaxResults: 1_000 }),
  );
  const tags = await Promise.all(
    HELD.map(async ({ database, table }) => {
      const { $metadata: _, ...found } = await client.send(
        new GetResourceLFTagsCommand({
          Resource: { Table: { DatabaseName: database, Name: table } },
        }),
      );
      return JSON.stringify([database, table, found]);
    }),
  );
  return [...grantsIn(PrincipalResourcePermissions), ...tags];
}

/** Sees what of the lake has grown or changed since it was rightful. */
export function watchLake(emulator: LakeFormationEmulator) {
  const client = new LakeFormationClient({
    endpoint: emulator.url,
    region: REGION,
    credentials: { accessKeyId: LAKE, secretAccessKey: 'any' },
  });
  let rightful: readonly string[] = [];
  let news: string[] = [];
  let seen = 0;

  /** Nothing is other where nobody has written since. */
  const isUntouched = () => {
    const calls = emulator.calls.list({ since: seen });
    const writes = calls.filter(
      ({ operation }) => operation === undefined || !READS.test(operation),
    );
    // What is not answered yet may still have its effect.
    const open = writes.find(({ status }) => status === undefined);
    seen = open ? open.id - 1 : calls.at(-1)?.id ?? seen;
    return !open && writes.every(({ applied }) => !applied);
  };

  return {
    /** What is other than it was when it was rightful. */
    async news(): Promise<string[]> {
      if (isUntouched()) return news;
      const now = await lookAt(client);
      news = now.filter(one => !rightful.includes(one));
      return news;
    },
    /** Some of the news is rightful: others gave it to whom they wanted. */
    accept(isRightful: (one: string) => boolean): void {
      rightful = [...rightful, ...news.filter(isRightful)];
      news = news.filter(one => !isRightful(one));
    },
    /** It begins as it is now. */
    async begin(): Promise<void> {
      isUntouched();
      rightful = await lookAt(client);
      news = [];
    },
    stop: () => client.destroy(),
  };
}
