import {
  ListDataCellsFilterCommand,
  type DataCellsFilter,
  type LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import { ObservedResource, readObservedResource } from '../lake/observed';
import { readColumns } from '../lake/wire';
import { filterTitle } from '../lake/words';

/** What a data cells filter lets through. */
export type FilterContent = Pick<
  ObservedResource,
  'rowFilter' | 'columns' | 'excludedColumns'
>;

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;

const place = (
  catalogId: string | undefined,
  database: string | undefined,
  table: string | undefined,
  name: string | undefined,
) => JSON.stringify([catalogId, database, table, name]);

/**
 * The data cells filters of an account, read as a whole when the first one is
 * asked for: accounts without grants on filters cost no call.
 */
export class FilterReader {
  readonly #client: LakeFormationClient;
  readonly #accountId: string;
  #filters?: Promise<Map<string, FilterContent>>;
  #calls = 0;

  constructor(client: LakeFormationClient, accountId: string) {
    this.#client = client;
    this.#accountId = accountId;
  }

  /** Calls made since the last time. */
  takeCalls(): number {
    const calls = this.#calls;
    this.#calls = 0;
    return calls;
  }

  /** The resource of a grant on a filter with what the filter lets through. */
  async complete(
    resource: ObservedResource,
    signal?: AbortSignal,
  ): Promise<ObservedResource> {
    this.#filters ??= this.#read(signal);
    const content = (await this.#filters).get(
      place(
        resource.catalogId,
        resource.database,
        resource.table,
        resource.filter,
      ),
    );
    return content
      ? {
          ...resource,
          ...content,
          words: filterInWords({ ...resource, ...content }),
        }
      : resource;
  }

  async #read(signal?: AbortSignal): Promise<Map<string, FilterContent>> {
    const filters = new Map<string, FilterContent>();
    let token: string | undefined;
    do {
      this.#calls += 1;
      const page = await this.#client.send(
        new ListDataCellsFilterCommand({
          MaxResults: PAGE_SIZE,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
      for (const one of page.DataCellsFilters ?? []) {
        filters.set(
          place(
            one.TableCatalogId ?? this.#accountId,
            one.DatabaseName,
            one.TableName,
            one.Name,
          ),
          contentOf(one),
        );
      }
      token = page.NextToken;
    } while (token);
    return filters;
  }
}

/** What a filter lets through, as grants on it say it. */
export function contentOf(filter: DataCellsFilter): FilterContent {
  const columns = readColumns(filter);
  const rowFilter = filter.RowFilter?.FilterExpression;
  return {
    ...(rowFilter && { rowFilter }),
    ...('only' in columns && { columns: columns.only }),
    ...('except' in columns &&
      columns.except.length > 0 && { excludedColumns: columns.except }),
  };
}

function filterInWords(resource: ObservedResource): string {
  const { rowFilter, columns, excludedColumns } = resource;
  return filterTitle(
    readObservedResource(resource, ''),
    rowFilter,
    columns ? { only: columns } : { except: excludedColumns ?? [] },
  );
}
