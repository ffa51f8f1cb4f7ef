import {
  LakeFormationClient,
  paginateListPermissions,
} from '@aws-sdk/client-lakeformation';

const ACCOUNT = '210987654321';

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
      region: 'eu-central-1',
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
