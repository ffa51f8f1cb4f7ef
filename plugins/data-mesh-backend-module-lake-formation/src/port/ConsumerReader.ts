import {
  EntityNotFoundException,
  GetDatabasesCommand,
  GetTablesCommand,
} from '@aws-sdk/client-glue';
import { InputError } from '@backstage/errors';
import { AwsClients } from '../aws/AwsClients';
import { AccountConfig, LinkConfig } from '../config';
import { PortLocation } from '../lake/PortLocation';
import {
  LinkTarget,
  isSameTarget,
  readTarget,
} from '../steps/links/describeLink';
import { ObservedConsumer, ObservedLink } from '../planning/ObservedPort';
import { linkNameCandidates } from '../planning/linkNames';

const listedAs = (
  name: string | undefined,
  wire: Parameters<typeof readTarget>[0],
): Listed => {
  const target = readTarget(wire);
  return { name: name ?? '', ...(target && { target }) };
};

/** AWS's maximum of a page. */
const PAGE_SIZE = 100;

/** A database or table of the consumer's catalog. */
interface Listed {
  name: string;
  target?: LinkTarget;
}

/**
 * Looks in the consumer's catalog for links that exist, wherever and under
 * whatever name, and for what has taken the names that a new one would get.
 */
export class ConsumerReader {
  readonly #clients: AwsClients;
  readonly #accounts: AccountConfig[];

  constructor(clients: AwsClients, accounts: AccountConfig[]) {
    this.#clients = clients;
    this.#accounts = accounts;
  }

  async read(
    query: {
      accountId: string;
      links: LinkConfig;
      location: PortLocation;
      tables: string[];
    },
    signal?: AbortSignal,
  ): Promise<ObservedConsumer> {
    const { accountId, links, location, tables } = query;
    const { catalogId, database } = location;
    const region = links.region ?? location.region;
    const target = { catalogId, database, region: location.region };
    const pick = (
      listed: Listed[],
      name: string,
      wanted: LinkTarget,
    ): ObservedLink[] => {
      const candidates = linkNameCandidates(name, target, this.#accounts);
      return listed
        .map(one => ({
          name: one.name,
          isTarget:
            one.target !== undefined &&
            isSameTarget(wanted, one.target, region),
        }))
        .filter(one => one.isTarget || candidates.includes(one.name));
    };
    if (links.kind !== 'table') {
      const listed = await this.#databases(accountId, region, signal);
      return { databases: pick(listed, database, target) };
    }
    const inDatabase = links.database ?? database;
    const listed = await this.#tables(accountId, region, inDatabase, signal);
    return {
      databases: [],
      tables: Object.fromEntries(
        tables.map(table => [table, pick(listed, table, { ...target, table })]),
      ),
    };
  }

  async #databases(
    accountId: string,
    region: string,
    signal?: AbortSignal,
  ): Promise<Listed[]> {
    const { glue } = await this.#clients.get(accountId, region);
    const listed: Listed[] = [];
    let token: string | undefined;
    do {
      const page = await glue.send(
        new GetDatabasesCommand({
          CatalogId: accountId,
          MaxResults: PAGE_SIZE,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
      for (const { Name, TargetDatabase } of page.DatabaseList ?? []) {
        listed.push(listedAs(Name, TargetDatabase));
      }
      token = page.NextToken;
    } while (token);
    return listed;
  }

  async #tables(
    accountId: string,
    region: string,
    database: string,
    signal?: AbortSignal,
  ): Promise<Listed[]> {
    const { glue } = await this.#clients.get(accountId, region);
    const listed: Listed[] = [];
    let token: string | undefined;
    try {
      do {
        const page = await glue.send(
          new GetTablesCommand({
            CatalogId: accountId,
            DatabaseName: database,
            MaxResults: PAGE_SIZE,
            NextToken: token,
          }),
          { abortSignal: signal },
        );
        for (const { Name, TargetTable } of page.TableList ?? []) {
          listed.push(listedAs(Name, TargetTable));
        }
        token = page.NextToken;
      } while (token);
    } catch (error) {
      if (!(error instanceof EntityNotFoundException)) throw error;
      throw new InputError(
        `dataMesh.lakeFormation.accounts[].links.database of account ${accountId} is '${database}', which does not exist there in ${region}; create it, or name another one`,
        error,
      );
    }
    return listed;
  }
}
