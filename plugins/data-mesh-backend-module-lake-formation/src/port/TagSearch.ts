import {
  EntityNotFoundException,
  SearchTablesByLFTagsCommand,
} from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { TogetherLooks } from '../aws/TogetherLooks';
import { TableTags, readTableTags } from '../effective/tagReach';
import { PortLocation } from '../lake/PortLocation';
import { TableResource, orderedTags } from '../lake/resource';

/** AWS's maximum of a page. */
const PAGE_SIZE = 100;

/** How a search looks. */
export interface TagLook {
  signal?: AbortSignal;
  /** The same object for searches that may share what they find. */
  together?: object;
}

/** One page of what a tag expression reaches now. */
export interface TagPage {
  tables: Array<{ address: TableResource; tags: TableTags }>;
  token?: string;
}

/** Searches tables by LF-Tags, in pages. */
export class TagSearch {
  readonly #clients: AwsClients;
  readonly #looks = new TogetherLooks<TagPage>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /** @throws InputError where a tag or value does not exist */
  page(
    location: Pick<PortLocation, 'accountId' | 'region'>,
    expression: TagExpression,
    token: string | undefined,
    { signal, together }: TagLook = {},
  ): Promise<TagPage> {
    const { accountId, region } = location;
    const ordered = orderedTags(expression);
    return this.#looks.once(
      together,
      JSON.stringify([accountId, region, ordered, token ?? null]),
      () => this.#page({ accountId, region }, ordered, token, signal),
    );
  }

  async #page(
    { accountId, region }: Pick<PortLocation, 'accountId' | 'region'>,
    expression: TagExpression,
    token: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<TagPage> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    try {
      const page = await lakeFormation.send(
        new SearchTablesByLFTagsCommand({
          CatalogId: accountId,
          MaxResults: PAGE_SIZE,
          NextToken: token,
          Expression: expression.map(({ key, values }) => ({
            TagKey: key,
            TagValues: values,
          })),
        }),
        { abortSignal: signal },
      );
      return {
        tables: (page.TableList ?? []).flatMap(({ Table, ...tags }) =>
          Table?.Name && Table.DatabaseName
            ? [
                {
                  address: {
                    kind: 'table' as const,
                    catalogId: Table.CatalogId ?? accountId,
                    database: Table.DatabaseName,
                    table: Table.Name,
                  },
                  tags: readTableTags(tags),
                },
              ]
            : [],
        ),
        ...(page.NextToken && { token: page.NextToken }),
      };
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
      throw new InputError(
        `scope.tagExpression names an LF-Tag or a value that account ${accountId} does not have in ${region}: ${error.message}`,
        error,
      );
    }
  }
}
