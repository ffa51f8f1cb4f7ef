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

/** How PostgreSQL answers each query that is made meanwhile. */
export async function plansOf(
  knex: Knex,
  ask: () => Promise<unknown>,
): Promise<PlanNode[]> {
  const queries: Array<{ sql: string; bindings: readonly unknown[] }> = [];
  const note = (query: { sql: string; bindings: readonly unknown[] }) => {
    // Counts stop at a limit by themselves.
    if (/^select (?!count)/.test(query.sql)) queries.push(query);
  };
  knex.on('query', note);
  await ask();
  knex.removeListener('query', note);
  const plans: PlanNode[] = [];
  for (const { sql, bindings } of queries) {
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
