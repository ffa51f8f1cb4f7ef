import {
  EntityNotFoundException,
  GetLFTagExpressionCommand,
  GetResourceLFTagsCommand,
  SearchDatabasesByLFTagsCommand,
  SearchTablesByLFTagsCommand,
  type LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { accountOfCatalog } from '../lake/PortLocation';
import { readTags, wireTags } from '../lake/wire';
import { TableSubject } from './accessPart';
import { TableTags, readTableTags } from './tagReach';

/** AWS's maximum of a page of a search by tags. */
const PAGE_SIZE = 100;

/** A table that a search by tags has found, with its tags. */
export interface TaggedTableFound {
  database: string;
  table: string;
  tags: TableTags;
}

/** Where tags are asked for. */
export type TagPlace = Pick<TableSubject, 'catalogId' | 'region'>;

/** Reads LF-Tags from Lake Formation, only where a question needs them. */
export class TagReader {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /** Tags of a table, of its database and of its columns: one call. */
  ofTable(subject: TableSubject, signal?: AbortSignal): Promise<TableTags> {
    return this.#ofTable(subject, false, signal);
  }

  /** What is assigned to a table and its columns, and what it inherits. */
  async assigned(
    subject: TableSubject,
    signal?: AbortSignal,
  ): Promise<{
    own: Pick<TableTags, 'table' | 'columns'>;
    inherited: TableTags['database'];
  }> {
    const [own, effective] = await Promise.all([
      this.#ofTable(subject, true, signal),
      this.#ofTable(subject, false, signal),
    ]);
    return { own, inherited: effective.database };
  }

  async #ofTable(
    subject: TableSubject,
    onlyAssigned: boolean,
    signal?: AbortSignal,
  ): Promise<TableTags> {
    const client = await this.#client(subject);
    return readTableTags(
      await client.send(
        new GetResourceLFTagsCommand({
          CatalogId: accountOfCatalog(subject.catalogId),
          Resource: {
            Table: {
              CatalogId: subject.catalogId,
              DatabaseName: subject.database,
              Name: subject.table,
            },
          },
          ShowAssignedLFTags: onlyAssigned,
        }),
        { abortSignal: signal },
      ),
    );
  }

  /** @returns undefined where nothing is saved under the name any more */
  async savedExpression(
    place: TagPlace,
    name: string,
    signal?: AbortSignal,
  ): Promise<TagExpression | undefined> {
    const client = await this.#client(place);
    try {
      const { Expression } = await client.send(
        new GetLFTagExpressionCommand({
          CatalogId: accountOfCatalog(place.catalogId),
          Name: name,
        }),
        { abortSignal: signal },
      );
      return readTags(Expression ?? []);
    } catch (error) {
      if (error instanceof EntityNotFoundException) return undefined;
      throw error;
    }
  }

  /**
   * Tables that have the tags, whether by themselves or by their columns.
   *
   * @param atMost - after how many the search stops
   */
  async tablesWith(
    place: TagPlace,
    expression: TagExpression,
    options: { atMost: number; signal?: AbortSignal },
  ): Promise<{ found: TaggedTableFound[]; isWhole: boolean }> {
    const client = await this.#client(place);
    const found: TaggedTableFound[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new SearchTablesByLFTagsCommand({
          CatalogId: accountOfCatalog(place.catalogId),
          Expression: wireTags(expression),
          MaxResults: PAGE_SIZE,
          NextToken: token,
        }),
        { abortSignal: options.signal },
      );
      for (const { Table, ...tags } of page.TableList ?? []) {
        if (Table?.DatabaseName && Table.Name) {
          found.push({
            database: Table.DatabaseName,
            table: Table.Name,
            tags: readTableTags(tags),
          });
        }
      }
      token = page.NextToken;
    } while (token && found.length < options.atMost);
    return { found, isWhole: token === undefined };
  }

  /** Names of databases that have the tags. */
  async databasesWith(
    place: TagPlace,
    expression: TagExpression,
    options: { atMost: number; signal?: AbortSignal },
  ): Promise<{ found: string[]; isWhole: boolean }> {
    const client = await this.#client(place);
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new SearchDatabasesByLFTagsCommand({
          CatalogId: accountOfCatalog(place.catalogId),
          Expression: wireTags(expression),
          MaxResults: PAGE_SIZE,
          NextToken: token,
        }),
        { abortSignal: options.signal },
      );
      found.push(
        ...(page.DatabaseList ?? []).flatMap(one => one.Database?.Name ?? []),
      );
      token = page.NextToken;
    } while (token && found.length < options.atMost);
    return { found, isWhole: token === undefined };
  }

  async #client({ catalogId, region }: TagPlace): Promise<LakeFormationClient> {
    const { lakeFormation } = await this.#clients.get(
      accountOfCatalog(catalogId),
      region,
    );
    return lakeFormation;
  }
}
