import type { Knex } from 'knex';
import { WINDOW } from '../store/page';

/** A part of PostgreSQL's plan of a query, as it was carried out. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** All parts of a plan. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

interface Asked {
  sql: string;
  bindings: readonly Knex.Value[];
}

/** The queries for rows that are made meanwhile; counts stop by themselves. */
async function queriesOf(
  knex: Knex,
  ask: () => Promise<unknown>,
): Promise<Asked[]> {
  const queries: Asked[] = [];
  const note = (query: Asked) => {
    if (/^(select|with) (?!count)/.test(query.sql)) queries.push(query);
  };
  knex.on('query', note);
  await ask();
  knex.removeListener('query', note);
  return queries;
}

/** How PostgreSQL answers each query that is made meanwhile. */
export async function plansOf(
  knex: Knex,
  ask: () => Promise<unknown>,
): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  for (const { sql, bindings } of await queriesOf(knex, ask)) {
    // As the driver numbers them.
    const { rows } = await knex.client
      .acquireConnection()
      .then(async (connection: { query: Function }) => {
        const answer = await connection.query(
          `explain (analyze, format json) ${sql}`,
          bindings,
        );
        await knex.client.releaseConnection(connection);
        return answer;
      });
    plans.push(rows[0]['QUERY PLAN'][0].Plan);
  }
  return plans;
}

/** What a list is put together of, once it was read from an index. */
const MADE = /^(?:w|parts|part\d+|merged|ready|\(.*|CONSTANT)(?: |$)/;

/**
 * What SQLite would do to answer each query that is made meanwhile: reads of a
 * whole table, and sorts of what was read of one.
 */
async function sqliteProblems(
  knex: Knex,
  ask: () => Promise<unknown>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { sql, bindings } of await queriesOf(knex, ask)) {
    const steps: Array<{ parent: number; detail: string }> = await knex.raw(
      `explain query plan ${sql}`,
      [...bindings],
    );
    for (const { parent, detail } of steps) {
      const [, how, what] = /^(SCAN|SEARCH) (.*)$/.exec(detail) ?? [];
      if (what === undefined || MADE.test(what)) continue;
      // The trail is kept in the order of its numbers.
      const isOrdered =
        / USING (?:COVERING )?INDEX /.test(what) || what === 'audit_events';
      if (how === 'SCAN' && !isOrdered) {
        problems.push(`${detail}: ${sql}`);
      }
      const isSorted = steps.some(
        step =>
          step.parent === parent &&
          step.detail === 'USE TEMP B-TREE FOR ORDER BY',
      );
      if (isSorted) problems.push(`sort after ${detail}: ${sql}`);
    }
  }
  return problems;
}

/**
 * What is wrong with how the database answers a page and the one after it:
 * reads of a whole table, of more than a page may cost, and sorts of it.
 *
 * @param large - matches the names of tables that must not be read as a whole
 */
export async function problemsWithPages(
  knex: Knex,
  large: RegExp,
  list: (cursor: string | undefined) => Promise<{ nextCursor?: string }>,
): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    return problemsWith(await plansOfPages(knex, list), large);
  }
  return sqliteProblems(knex, async () => {
    const { nextCursor } = await list(undefined);
    if (nextCursor !== undefined) await list(nextCursor);
  });
}

/**
 * Reads of a whole table, and of more than a page may cost.
 *
 * @param large - matches the names of tables that must not be read as a whole
 */
export function problemsWith(
  plans: readonly PlanNode[],
  large: RegExp,
): string[] {
  const read = plans
    .flatMap(nodesOf)
    .filter(node => large.test(node['Relation Name'] ?? ''));
  if (read.length === 0) return ['no table was read'];
  return read.flatMap(node => {
    const table = node['Relation Name'];
    const rows =
      node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0);
    return [
      ...(node['Node Type'] === 'Seq Scan' ? [`scan of ${table}`] : []),
      // Near the end of a list PostgreSQL may read the last few windows at once.
      ...(rows > 4 * WINDOW ? [`${rows} rows of ${table}`] : []),
    ];
  });
}

/** Asks for a page and the one after it, and says how they were answered. */
export async function plansOfPages(
  knex: Knex,
  list: (cursor: string | undefined) => Promise<{ nextCursor?: string }>,
): Promise<PlanNode[]> {
  let next: string | undefined;
  const first = await plansOf(knex, async () => {
    next = (await list(undefined)).nextCursor;
  });
  if (next === undefined) return first;
  const second = await plansOf(knex, () => list(next));
  return [...first, ...second];
}
