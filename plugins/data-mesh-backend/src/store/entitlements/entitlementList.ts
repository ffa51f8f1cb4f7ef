import type { Knex } from 'knex';
import type { EntitlementState } from '@lakemesh/backstage-plugin-data-mesh-common';
import { toWhere, type ReadFilter } from '../../permissions';
import { readBranches, type KeyPage, type ListKey } from '../page';
import {
  branchesOfFacts,
  branchesOfValues,
  indexedFacts,
  type BranchValue,
} from '../readableBranches';

/** A port of a product, by names. */
export interface ProductPort {
  productRef: string;
  port: string;
}

/** Filters of a list of entitlements. */
export interface EntitlementFilter {
  /** What the caller may see. */
  readable: ReadFilter;
  /** Only those that this person asked for or whose principal is among these. */
  holder?: { userRef: string; principals: readonly string[] };
  states?: readonly EntitlementState[];
  productRef?: string;
  /** Together with the product, the ports that it succeeds. */
  predecessors?: readonly ProductPort[];
  principal?: string;
  /** Vanished ports whose successor is the caller's: readable as well. */
  succeeded?: readonly ProductPort[];
}

/** Whose entitlements: what they asked for, and what their principals hold. */
export interface Holder {
  userRef: string;
  principals: readonly string[];
}

const TABLE = 'entitlements';

/** What lists are sorted by and narrowed by. */
const filterColumns = [
  'created_at',
  'id',
  'requester_ref',
  'principal',
  'product_ref',
  'product_owner_ref',
  'domain_ref',
  'port',
  'state',
];

type Filter = (query: Knex.QueryBuilder) => void;

/** One condition of a list, and the parts that an index has of it, if any. */
interface Condition {
  branches?: BranchValue[];
  /** Not needed where the branches say all of it. */
  filter: Filter;
}

/** Which entitlements a page has, newest first. */
export async function listEntitlements(
  db: Knex,
  filter: EntitlementFilter,
  page: { limit: number; cursor?: string },
): Promise<KeyPage> {
  const conditions = conditionsOf(filter);
  const driving = conditions.find(condition => condition.branches);
  return readBranches<ListKey>(
    db,
    {
      branches: driving?.branches ?? [{}],
      source: where => db(TABLE).where(where).select(filterColumns),
      descending: true,
      filters: conditions.flatMap(condition =>
        condition === driving ? [] : condition.filter,
      ),
    },
    page,
  );
}

/** The most telling first. */
function conditionsOf(filter: EntitlementFilter): Condition[] {
  const { principal, holder, productRef, predecessors = [], states } = filter;
  return [
    ...(principal ? [oneOf('principal', [principal])] : []),
    ...(holder ? [heldBy(holder)] : []),
    ...(productRef ? [ofProduct(productRef, predecessors)] : []),
    ...(filter.readable === 'all' ? [] : [readableBy(filter)]),
    ...(states?.length ? [oneOf('state', states)] : []),
  ];
}

function oneOf(column: string, values: readonly string[]): Condition {
  return {
    branches: branchesOfValues(column, values),
    filter: query => query.whereIn(column, [...values]),
  };
}

function heldBy(holder: Holder): Condition {
  const ofPrincipals = branchesOfValues('principal', holder.principals);
  return {
    ...(ofPrincipals && {
      branches: [{ requester_ref: holder.userRef }, ...ofPrincipals],
    }),
    filter: query => whereHeldBy(query, holder),
  };
}

/** The ports that a product succeeds are few, and those of products gone. */
function ofProduct(
  productRef: string,
  predecessors: readonly ProductPort[],
): Condition {
  const isOfProduct: Filter = query =>
    query.where((inner: Knex.QueryBuilder) => {
      inner.where({ product_ref: productRef });
      orWherePorts(inner, predecessors);
    });
  return {
    branches: [
      { product_ref: productRef },
      ...predecessors.map(({ productRef: product, port }) => ({
        product_ref: product,
        port,
      })),
    ],
    filter: isOfProduct,
  };
}

function readableBy({
  readable,
  succeeded = [],
}: EntitlementFilter): Condition {
  if (succeeded.length === 0) {
    return {
      branches:
        readable === 'none' ? [] : branchesOfFacts(readable, indexedFacts),
      filter: query => toWhere(query, readable, indexedFacts),
    };
  }
  return {
    filter: query =>
      query.where((inner: Knex.QueryBuilder) => {
        inner.where((own: Knex.QueryBuilder) =>
          toWhere(own, readable, indexedFacts),
        );
        orWherePorts(inner, succeeded);
      }),
  };
}

function orWherePorts(
  query: Knex.QueryBuilder,
  ports: readonly ProductPort[],
): void {
  for (const { productRef, port } of ports) {
    query.orWhere({ product_ref: productRef, port });
  }
}

/** Narrows to what somebody asked for or holds. */
export function whereHeldBy(query: Knex.QueryBuilder, holder: Holder): void {
  query.where((inner: Knex.QueryBuilder) =>
    inner
      .where('requester_ref', holder.userRef)
      .orWhereIn('principal', [...holder.principals]),
  );
}
