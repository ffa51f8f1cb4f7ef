import { GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import {
  GetTemporaryGlueTableCredentialsCommand,
  type Permission,
} from '@aws-sdk/client-lakeformation';
import { InputError, NotAllowedError } from '@backstage/errors';
import type {
  AccessLevel,
  TemporaryCredentials,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessInForce,
  CredentialVendor,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import {
  DefaultRegion,
  PortLocation,
  glueName,
  readPortLocation,
} from '../lake/PortLocation';
import { PrincipalSession } from './PrincipalSession';
import { vendableTables } from './vendableTables';
import {
  MAX_DURATION_SECONDS,
  MIN_DURATION_SECONDS,
  VendingConfig,
} from './vendingConfig';

const PERMISSIONS: Record<AccessLevel, Permission[]> = {
  read: ['SELECT'],
  append: ['SELECT', 'INSERT'],
  modify: ['SELECT', 'INSERT', 'DELETE'],
};

/**
 * Gives out Lake Formation's own temporary credentials for a table: asked for
 * by the role that holds the access, and never for longer than it does. They
 * are handed on and kept nowhere.
 */
export class LakeFormationCredentials implements CredentialVendor {
  readonly #clients: AwsClients;
  readonly #config?: VendingConfig;
  readonly #session?: PrincipalSession;
  readonly #regionOf: DefaultRegion;
  readonly #now: () => number;

  constructor(options: {
    clients: AwsClients;
    /** Nothing is given out without. */
    config?: VendingConfig;
    regionOf: DefaultRegion;
    now: () => number;
  }) {
    const { clients, config } = options;
    this.#clients = clients;
    this.#config = config;
    this.#session = config && new PrincipalSession(clients, config);
    this.#regionOf = options.regionOf;
    this.#now = options.now;
  }

  vendable(access: AccessInForce): { tables: string[] } | { reason: string } {
    return this.#config
      ? vendableTables(access, this.#now())
      : {
          reason:
            'No credentials are given out here: dataMesh.lakeFormation.vending is not configured',
        };
  }

  async vend(
    access: AccessInForce,
    wanted: { table: string; durationSeconds: number },
    options: { signal?: AbortSignal } = {},
  ): Promise<TemporaryCredentials> {
    const seconds = this.#seconds(access, wanted);
    const location = readPortLocation(access.port, this.#regionOf);
    const { region } = location;
    const { signal } = options;
    const name = glueName(wanted.table);
    if (!this.#session) {
      throw new NotAllowedError('No credentials are given out here');
    }
    return this.#session.run(
      access.principal,
      region,
      async ({ glue, lakeFormation }) => {
        await this.#requireAllColumns(glue, location, name, signal);
        const answer = await lakeFormation.send(
          new GetTemporaryGlueTableCredentialsCommand({
            TableArn: tableArn(access, location, name),
            Permissions: PERMISSIONS[access.scope.level],
            DurationSeconds: seconds,
            // No more than whole columns can be told by us: where rows are
            // hidden from the role, AWS refuses.
            SupportedPermissionTypes: ['COLUMN_PERMISSION'],
          }),
          { abortSignal: signal },
        );
        const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
          answer;
        if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
          throw new Error('Lake Formation gave no credentials and no reason');
        }
        return {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
          expiration: Expiration.toISOString(),
          locations: answer.VendedS3Path ?? [],
          region,
        };
      },
      signal,
    );
  }

  /** @throws NotAllowedError or InputError naming what is wrong */
  #seconds(
    access: AccessInForce,
    wanted: { table: string; durationSeconds: number },
  ): number {
    const vendable = this.vendable(access);
    if ('reason' in vendable) throw new NotAllowedError(vendable.reason);
    if (!vendable.tables.map(glueName).includes(glueName(wanted.table))) {
      throw new NotAllowedError(
        `table is '${
          wanted.table
        }'; credentials are given out for ${vendable.tables.join(', ')}`,
      );
    }
    const { durationSeconds } = wanted;
    if (
      !Number.isInteger(durationSeconds) ||
      durationSeconds < MIN_DURATION_SECONDS ||
      durationSeconds > MAX_DURATION_SECONDS
    ) {
      throw new InputError(
        `durationSeconds is ${durationSeconds}, expected a whole number from ${MIN_DURATION_SECONDS} to ${MAX_DURATION_SECONDS}`,
      );
    }
    const left = access.expiresAt
      ? Math.floor((access.expiresAt.getTime() - this.#now()) / 1000)
      : Infinity;
    return Math.min(
      durationSeconds,
      left,
      this.#config?.maxDurationSeconds ?? MAX_DURATION_SECONDS,
    );
  }

  /**
   * The keys reach all of a table's files. The role must see all columns now,
   * whatever was approved: permissions may have changed since.
   */
  async #requireAllColumns(
    asPrincipal: GlueClient,
    location: PortLocation,
    name: string,
    signal?: AbortSignal,
  ): Promise<void> {
    const { glue } = await this.#clients.get(
      location.accountId,
      location.region,
    );
    const [all, seen] = await Promise.all(
      [glue, asPrincipal].map(client =>
        columnsOf(client, location, name, signal),
      ),
    );
    const hidden = all.filter(column => !seen.includes(column));
    if (hidden.length > 0) {
      throw new NotAllowedError(
        `Lake Formation hides ${hidden.join(', ')} of ${
          location.database
        }.${name} from this role, and credentials would reach the files with all columns; query it in an engine that filters, like Athena`,
      );
    }
  }
}

async function columnsOf(
  glue: GlueClient,
  { catalogId, database }: PortLocation,
  name: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const { Table } = await glue.send(
    new GetTableCommand({
      CatalogId: catalogId,
      DatabaseName: database,
      Name: name,
    }),
    { abortSignal: signal },
  );
  return (Table?.StorageDescriptor?.Columns ?? []).flatMap(
    column => column.Name ?? [],
  );
}

/** Partitions like `aws-cn` have ARNs of their own. */
function tableArn(
  { principal }: AccessInForce,
  { catalogId, region, database }: PortLocation,
  name: string,
): string {
  const [partition] = /^arn:[\w-]+/.exec(principal.id) ?? ['arn:aws'];
  const [accountId, ...nested] = catalogId.split(':');
  const path = [...nested, database, name].join('/');
  return `${partition}:glue:${region}:${accountId}:table/${path}`;
}
