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
import { getGrant, noSuchGrant } from '../store/grants/observedGrants';
import { readPage } from '../store/page';
import { requirePermission } from '../permissions';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import { chainOf, type ChainDeps } from './chainOf';
import { isTold, type GrantSeen, type GrantSight } from '../sight';
import { countOfTold } from './GrantCounts';
import { allGrants, listGrants, type GrantFilter } from './grantList';
import { toGrants } from './toGrants';

const DEFAULT_LIMIT = 50;

interface CountRow {
  pivot: string;
  group_ref: string;
  title: string;
  grants: number;
  unexplained: number;
  more: number;
  rank: number;
}

/** What people look up among the grants that scans have seen. */
export class GrantsExplorer {
  readonly #knex: Knex;
  readonly #chain: ChainDeps;
  readonly #principals: Pick<PrincipalDirectory, 'describe'>;
  readonly #aliases: AccountAliases;
  readonly #permissions: PermissionsService;
  readonly #sight: Pick<GrantSight, 'of'>;

  constructor(options: {
    knex: Knex;
    chain: ChainDeps;
    principals: Pick<PrincipalDirectory, 'describe'>;
    aliases: AccountAliases;
    permissions: PermissionsService;
    sight: Pick<GrantSight, 'of'>;
  }) {
    this.#knex = options.knex;
    this.#chain = options.chain;
    this.#principals = options.principals;
    this.#aliases = options.aliases;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
  }

  /** @throws NotAllowedError; InputError for a cursor that is none */
  async list(caller: Caller, query: GrantQuery): Promise<GrantPage> {
    const seen = await this.#seen(caller);
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = query;
    return listGrants(this.#knex, filter, { limit, cursor }, seen);
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
    return allGrants(this.#knex, filter, await this.#seen(caller));
  }

  /** Those with unexplained grants first. @throws NotAllowedError */
  async summarize(
    caller: Caller,
    query: GrantSummaryQuery,
  ): Promise<GrantSummaryPage> {
    const { view } = await this.#seen(caller);
    const { by, q, limit = DEFAULT_LIMIT, cursor } = query;
    const { rows, nextCursor } = await readPage<CountRow>(
      this.#knex,
      {
        order: ['rank', 'group_ref'],
        keyOf: row => [Number(row.rank), row.group_ref],
        source: () =>
          view === 'all'
            ? this.#knex<CountRow>('grant_counts')
                .where({ pivot: by })
                .select('*')
            : [
                {
                  query: this.#knex
                    .from(countOfTold(this.#knex, by, view).as('counted'))
                    .select('*'),
                  order: ['rank', 'group_ref'],
                },
              ],
        ...(q?.trim() && {
          filter: (inner: Knex.QueryBuilder) => whereNamed(inner, q),
        }),
      },
      { limit, cursor },
    );
    return {
      items: rows.map(row => {
        const { group_ref: key } = row;
        // Sums come as text from PostgreSQL.
        const counts = {
          grants: Number(row.grants),
          unexplained: Number(row.unexplained),
          approvedAndMore: Number(row.more),
        };
        if (by === 'principal') {
          const principal = this.#principals.describe({ id: key });
          return { key, title: principal.name, principal, ...counts };
        }
        const title =
          by === 'account' ? this.#aliases.get(key) ?? row.title : row.title;
        return { key, title, ...counts };
      }),
      ...(nextCursor !== undefined && { nextCursor }),
    };
  }

  /** @throws NotAllowedError, NotFoundError */
  async explain(caller: Caller, id: string): Promise<GrantExplanation> {
    const seen = await this.#seen(caller);
    const row = await getGrant(this.#knex, id);
    const [grant] = await toGrants(this.#knex, [row], seen);
    const { productRefs = [] } = grant;
    if (!isTold(seen.view, { principal: row.principal, productRefs })) {
      // The same as where there is none: ids are not to be tried out.
      throw noSuchGrant(id);
    }
    return { grant, chain: await chainOf(this.#chain, row, grant, seen) };
  }

  /** @throws NotAllowedError */
  async #seen(caller: Caller): Promise<GrantSeen> {
    await requirePermission(this.#permissions, grantsReadPermission, caller);
    return this.#sight.of(caller);
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
