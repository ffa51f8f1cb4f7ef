import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  grantsReadPermission,
  type Grant,
  type GrantExplanation,
  type GrantPage,
  type GrantQuery,
  type GrantSummaryPage,
  type GrantSummaryQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import { readPage } from '../paging/windowed';
import { requirePermission } from '../permissions';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { GrantChain } from './GrantChain';
import type { GrantFilter, ObservedGrantStore } from './ObservedGrantStore';

const DEFAULT_LIMIT = 50;

interface CountRow {
  pivot: string;
  group_ref: string;
  title: string;
  grants: number;
  unexplained: number;
  rank: number;
}

/** What people look up among the grants that scans have seen. */
export class GrantsExplorer {
  readonly #knex: Knex;
  readonly #store: ObservedGrantStore;
  readonly #chain: GrantChain;
  readonly #principals: Pick<PrincipalDirectory, 'describe'>;
  readonly #aliases: AccountAliases;
  readonly #permissions: PermissionsService;

  constructor(options: {
    knex: Knex;
    store: ObservedGrantStore;
    chain: GrantChain;
    principals: Pick<PrincipalDirectory, 'describe'>;
    aliases: AccountAliases;
    permissions: PermissionsService;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#chain = options.chain;
    this.#principals = options.principals;
    this.#aliases = options.aliases;
    this.#permissions = options.permissions;
  }

  /** @throws NotAllowedError; InputError for a cursor that is none */
  async list(caller: Caller, query: GrantQuery): Promise<GrantPage> {
    await this.#require(caller);
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = query;
    return this.#store.list(filter, { limit, cursor });
  }

  /**
   * All that a filter finds, in batches.
   *
   * @throws NotAllowedError, before anything is read
   */
  async export(
    caller: Caller,
    filter: GrantFilter,
  ): Promise<AsyncIterable<Grant[]>> {
    await this.#require(caller);
    return this.#store.all(filter);
  }

  /** Those with unexplained grants first. @throws NotAllowedError */
  async summarize(
    caller: Caller,
    query: GrantSummaryQuery,
  ): Promise<GrantSummaryPage> {
    await this.#require(caller);
    const { by, q, limit = DEFAULT_LIMIT, cursor } = query;
    const { rows, nextCursor } = await readPage<CountRow>(
      this.#knex,
      {
        order: ['rank', 'group_ref'],
        keyOf: row => [row.rank, row.group_ref],
        source: () =>
          this.#knex<CountRow>('grant_counts').where({ pivot: by }).select('*'),
        ...(q?.trim() && {
          filter: (inner: Knex.QueryBuilder) => whereNamed(inner, q),
        }),
      },
      { limit, cursor },
    );
    return {
      items: rows.map(row => {
        const { group_ref: key, grants, unexplained } = row;
        if (by === 'principal') {
          const principal = this.#principals.describe({ id: key });
          return { key, title: principal.name, principal, grants, unexplained };
        }
        const title =
          by === 'account' ? this.#aliases.get(key) ?? row.title : row.title;
        return { key, title, grants, unexplained };
      }),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  /** @throws NotAllowedError, NotFoundError */
  async explain(caller: Caller, id: string): Promise<GrantExplanation> {
    await this.#require(caller);
    const row = await this.#store.get(id);
    const [grant] = await this.#store.toGrants([row]);
    return { grant, chain: await this.#chain.of(row, grant) };
  }

  async #require(caller: Caller): Promise<void> {
    await requirePermission(this.#permissions, grantsReadPermission, caller);
  }
}

function whereNamed(query: Knex.QueryBuilder, text: string): void {
  for (const word of text.toLocaleLowerCase('en-US').split(/\s+/)) {
    if (!word) continue;
    const pattern = `%${word.replace(/[\\%_]/g, found => `\\${found}`)}%`;
    query.where(inner =>
      inner
        .whereRaw("lower(title) like ? escape '\\'", [pattern])
        .orWhereRaw("lower(group_ref) like ? escape '\\'", [pattern]),
    );
  }
}
