import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import {
  GrantPermissionsCommand,
  LakeFormationClient,
  paginateListPermissions,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

const ACCOUNT = '210987654321';
const REGION = 'eu-central-1';

/** Columns of a table, and the role that may read them. */
interface ColumnsOfRole {
  role: string;
  database: string;
  table: string;
  columns: string[];
}

const selectOn = ({ role, database, table, columns }: ColumnsOfRole) => ({
  Principal: {
    DataLakePrincipalIdentifier: `arn:aws:iam::${ACCOUNT}:role/${role}`,
  },
  Resource: {
    TableWithColumns: {
      DatabaseName: database,
      Name: table,
      ColumnNames: columns,
    },
  },
  Permissions: ['SELECT' as const],
});

/** The emulated AWS account of the example mesh, seen from outside the portal. */
export class LakeFormationAccount {
  readonly #url: string;
  readonly #client: LakeFormationClient;

  constructor() {
    const url = process.env.LAKEMESH_EMULATOR_URL;
    if (!url) throw new Error('LAKEMESH_EMULATOR_URL is not set');
    this.#url = url;
    this.#client = new LakeFormationClient({
      endpoint: url,
      region: REGION,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'unused' },
    });
  }

  async close() {
    await this.#control('DELETE', 'faults');
    this.#client.destroy();
  }

  /** The columns of the table that the role may SELECT, by ListPermissions. */
  async selectableColumns(options: {
    role: string;
    database: string;
    table: string;
  }): Promise<string[]> {
    const { role, database, table } = options;
    const columns: string[] = [];
    const pages = paginateListPermissions(
      { client: this.#client },
      { Resource: { Table: { DatabaseName: database, Name: table } } },
    );
    for await (const page of pages) {
      for (const grant of page.PrincipalResourcePermissions ?? []) {
        const principal = grant.Principal?.DataLakePrincipalIdentifier;
        if (principal !== `arn:aws:iam::${ACCOUNT}:role/${role}`) continue;
        if (!grant.Permissions?.includes('SELECT')) continue;
        columns.push(
          ...(grant.Resource?.TableWithColumns?.ColumnNames ?? ['*']),
        );
      }
    }
    return columns.sort();
  }

  /** Grants behind the portal's back. */
  async grant(access: ColumnsOfRole) {
    await this.#client.send(new GrantPermissionsCommand(selectOn(access)));
  }

  /** Revokes behind the portal's back. */
  async revoke(access: ColumnsOfRole) {
    await this.#client.send(new RevokePermissionsCommand(selectOn(access)));
  }

  /**
   * What a role of an account itself reads of a table in its own catalog, as
   * by a link: the columns, or the name of the refusal.
   */
  async columnsReadBy(options: {
    accountId: string;
    role: string;
    database: string;
    table: string;
  }): Promise<string[] | string> {
    const { accountId, role, database, table } = options;
    const sts = new STSClient({
      endpoint: this.#url,
      region: REGION,
      credentials: { accessKeyId: accountId, secretAccessKey: 'unused' },
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
        RoleSessionName: 'journey',
      }),
    );
    sts.destroy();
    const glue = new GlueClient({
      endpoint: this.#url,
      region: REGION,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      },
    });
    try {
      const { Table } = await glue.send(
        new GetTableCommand({ DatabaseName: database, Name: table }),
      );
      return (Table?.StorageDescriptor?.Columns ?? [])
        .map(column => column.Name ?? '')
        .sort();
    } catch (error) {
      return (error as Error).name;
    } finally {
      glue.destroy();
    }
  }

  /** Grants wait until the returned function is called. */
  async holdGrants(): Promise<() => Promise<void>> {
    const ids: string[] = [];
    for (const operation of ['GrantPermissions', 'BatchGrantPermissions']) {
      const fault = await this.#control('POST', 'faults', {
        service: 'lakeformation',
        operation,
        kind: 'hold',
        times: 'always',
      });
      ids.push((fault as { id: string }).id);
    }
    return async () => {
      for (const id of ids) await this.#control('DELETE', `faults/${id}`);
    };
  }

  async #control(method: string, path: string, body?: object) {
    const response = await fetch(`${this.#url}/_emulator/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} /_emulator/${path}: ${
          response.status
        } ${await response.text()}`,
      );
    }
    return response.status === 204 ? undefined : response.json();
  }
}
