import type { Knex } from 'knex';
import type { RequestQuery } from '@lakemesh/backstage-plugin-data-mesh-common';
import { toWhere, type FactColumns, type ReadFilter } from '../../permissions';
import { readBranches, type KeyPage, type ListKey } from '../page';
import {
  branchesOfFacts,
  branchesOfValues,
  indexedFacts,
  type BranchValue,
} from '../readableBranches';
import { whereWords } from '../whereWords';
import { whereNotDeciding } from './UndoableDecisionStore';

/** Whom a list of requests is for. */
export interface RequestLooker {
  userRef: string;
  ownershipRefs: readonly string[];
}

const TABLE = 'access_requests';

/**
 * How requests answer each fact.
 *
 * @param table - as the query names the requests
 */
export function requestFacts(table: string): FactColumns {
  return {
    ...indexedFacts,
    approverRefs: (query, values) =>
      query.whereExists(inner =>
        inner
          .from('request_approvers')
          .whereRaw('request_approvers.request_id = ??', [`${table}.id`])
          .whereIn('request_approvers.approver_ref', values),
      ),
  };
}

/**
 * Waits for somebody: its stage names them, it is not their own, and nobody has
 * decided it already.
 */
export function whereToDecide(
  query: Knex.QueryBuilder,
  table: string,
  { userRef, ownershipRefs }: RequestLooker,
): void {
  query
    .where('state', 'pending')
    .andWhereNot('requester_ref', userRef)
    .andWhere((via: Knex.QueryBuilder) =>
      via.whereNull('principal_via').orWhereNot('principal_via', userRef),
    )
    .whereExists((inner: Knex.QueryBuilder) =>
      inner
        .from('request_approvers')
        .whereRaw('request_approvers.request_id = ??', [`${table}.id`])
        .whereRaw('request_approvers.stage = ??', [`${table}.stage`])
        .whereIn('request_approvers.approver_ref', [...ownershipRefs]),
    )
    .modify(whereNotDeciding, table);
}

/** What lists are sorted by and narrowed by. */
const filterColumns = [
  'created_at',
  'id',
  'group_id',
  'principal',
  'requester_ref',
  'product_ref',
  'product_owner_ref',
  'domain_ref',
  'state',
];

/** Columns with an index in the order of the list, the most telling first. */
const drivingColumns = [
  'group_id',
  'principal',
  'requester_ref',
  'product_ref',
  'domain_ref',
  'state',
] as const;

/** Which requests a page has, by time of creation. */
export async function listRequests(
  db: Knex,
  query: RequestQuery,
  options: { looker: RequestLooker; readable: ReadFilter; limit: number },
): Promise<KeyPage> {
  const { looker, readable, limit } = options;
  const wanted = wantedValues(query, looker);
  if (!wanted || readable === 'none') return { rows: [] };
  const isInbox = query.view === 'toDecide';
  const driving = isInbox
    ? 'state'
    : drivingColumns.find(column => wanted[column] !== undefined);
  const ofFacts = driving ? undefined : branchesOfFacts(readable, indexedFacts);
  const branches = driving
    ? branchesOfValues(driving, wanted[driving] ?? [])
    : ofFacts;
  const filters = [
    ...Object.entries(wanted)
      .filter(([column]) => !branches || column !== driving)
      .map(
        ([column, values]) =>
          (window: Knex.QueryBuilder) =>
            window.whereIn(column, values),
      ),
    ...(readable === 'all' || ofFacts
      ? []
      : [
          (window: Knex.QueryBuilder) =>
            toWhere(window, readable, requestFacts(isInbox ? TABLE : 'w')),
        ]),
    ...(query.q
      ? [(window: Knex.QueryBuilder) => whereWords(window, query.q ?? '')]
      : []),
  ];
  const columns = [...filterColumns, ...(query.q ? ['search_text'] : [])];
  const rowsOf = (where: BranchValue) => db(TABLE).where(where).select(columns);
  return readBranches<ListKey>(
    db,
    {
      branches: branches ?? [{}],
      descending: query.order !== 'oldest',
      // Few wait: they are looked at one by one, with no need of windows.
      ...(isInbox
        ? {
            source: where =>
              rowsOf(where).modify(waiting => {
                whereToDecide(waiting, TABLE, looker);
                filters.forEach(filter => filter(waiting));
              }),
            filters: [],
          }
        : { source: rowsOf, filters }),
    },
    { limit, cursor: query.cursor },
  );
}

type Wanted = {
  [C in (typeof drivingColumns)[number]]?: readonly string[];
};

/** The values that columns must have; undefined where nothing can be found. */
function wantedValues(
  { view, ...query }: RequestQuery,
  { userRef }: RequestLooker,
): Wanted | undefined {
  const one = (value: string | undefined) => (value ? [value] : undefined);
  const isMine = view === 'mine';
  if (isMine && query.requesterRef && query.requesterRef !== userRef) {
    return undefined;
  }
  const states = query.state?.length ? query.state : undefined;
  const isToDecide = view === 'toDecide';
  if (isToDecide && states && !states.includes('pending')) return undefined;
  const wanted = {
    group_id: one(query.groupId),
    principal: one(query.principal),
    requester_ref: one(isMine ? userRef : query.requesterRef),
    product_ref: one(query.productRef),
    domain_ref: one(query.domainRef),
    state: isToDecide ? (['pending'] as const) : states,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([, values]) => values !== undefined),
  );
}
