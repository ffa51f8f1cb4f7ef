import {
  EntityNotFoundException as GlueEntityNotFound,
  GetDatabaseCommand,
  type Database,
} from '@aws-sdk/client-glue';
import {
  AccessDeniedException,
  GetDataLakeSettingsCommand,
  ListDataCellsFilterCommand,
  ListResourcesCommand,
} from '@aws-sdk/client-lakeformation';
import { NotFoundError } from '@backstage/errors';
import { AwsClients } from '../aws/AwsClients';
import { TogetherLooks } from '../aws/TogetherLooks';
import { PortLocation } from '../lake/PortLocation';
import { readColumns } from '../lake/wire';
import { ObservedFilter } from '../planning/ObservedPort';
import { RegisteredLocation } from './locations';

/** AWS's maxima of a page. */
const PAGE_SIZE = 1_000;

/** What planning looks up in the catalog's account beside tables and grants. */
export class CatalogLooks {
  readonly #clients: AwsClients;
  readonly #databases = new TogetherLooks<Database | undefined>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /** @throws NotFoundError where there is none */
  database(
    location: PortLocation,
    { signal, together }: { signal?: AbortSignal; together?: object } = {},
  ): Promise<Database | undefined> {
    const { catalogId, region, database } = location;
    return this.#databases.once(
      together,
      JSON.stringify([catalogId, region, database]),
      () => this.#database(location, signal),
    );
  }

  async #database(
    { accountId, region, catalogId, database }: PortLocation,
    signal?: AbortSignal,
  ): Promise<Database | undefined> {
    const { glue } = await this.#clients.get(accountId, region);
    try {
      const { Database: found } = await glue.send(
        new GetDatabaseCommand({ CatalogId: catalogId, Name: database }),
        { abortSignal: signal },
      );
      return found;
    } catch (error) {
      if (!(error instanceof GlueEntityNotFound)) throw error;
      throw new NotFoundError(
        `location.database: database '${database}' does not exist in Glue catalog ${catalogId}`,
        error,
      );
    }
  }

  /** The data cells filters of a table. */
  async filters(
    { accountId, region, catalogId, database }: PortLocation,
    table: string,
    signal?: AbortSignal,
  ): Promise<ObservedFilter[]> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const filters: ObservedFilter[] = [];
    let token: string | undefined;
    do {
      const page = await lakeFormation.send(
        new ListDataCellsFilterCommand({
          Table: { CatalogId: catalogId, DatabaseName: database, Name: table },
          MaxResults: PAGE_SIZE,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
      for (const filter of page.DataCellsFilters ?? []) {
        const rows = filter.RowFilter?.FilterExpression;
        filters.push({
          table,
          name: filter.Name ?? '',
          ...(rows !== undefined && { rows }),
          columns: readColumns(filter),
        });
      }
      token = page.NextToken;
    } while (token);
    return filters;
  }

  /** All registered locations of the account. */
  async registered(
    { accountId, region }: PortLocation,
    signal?: AbortSignal,
  ): Promise<RegisteredLocation[]> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const locations: RegisteredLocation[] = [];
    let token: string | undefined;
    do {
      const page = await lakeFormation.send(
        new ListResourcesCommand({ MaxResults: PAGE_SIZE, NextToken: token }),
        { abortSignal: signal },
      );
      for (const one of page.ResourceInfoList ?? []) {
        if (one.ResourceArn) {
          locations.push({
            arn: one.ResourceArn,
            isHybrid: one.HybridAccessEnabled === true,
          });
        }
      }
      token = page.NextToken;
    } while (token);
    return locations;
  }

  /** @returns undefined where the settings may not be read */
  async crossAccountVersion(
    { accountId, region }: PortLocation,
    signal?: AbortSignal,
  ): Promise<number | undefined> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      const { DataLakeSettings: settings } = await lakeFormation.send(
        new GetDataLakeSettingsCommand({ CatalogId: accountId }),
        { abortSignal: signal },
      );
      // Accounts that never chose one share by the first.
      return Number(settings?.Parameters?.CROSS_ACCOUNT_VERSION ?? 1);
    } catch (error) {
      if (error instanceof AccessDeniedException) return undefined;
      throw error;
    }
  }
}
