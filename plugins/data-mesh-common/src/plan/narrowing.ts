import type { AccessScope, Problem } from '../client/types';
import { namesInWords } from './words';

/**
 * What of a narrowed scope goes beyond the scope that was asked for.
 *
 * @returns nothing where the narrowed scope lies within
 * @public
 */
export function beyondScope(
  asked: AccessScope,
  narrowed: AccessScope,
): Problem[] {
  const problems: Problem[] = [];
  const rank = { read: 0, append: 1, modify: 2 } as const;
  if (rank[narrowed.level] > rank[asked.level]) {
    problems.push({
      field: 'narrowedScope.level',
      reason: `'${narrowed.level}' is more than the '${asked.level}' that was asked for`,
    });
  }
  if (
    JSON.stringify(narrowed.tagExpression ?? []) !==
    JSON.stringify(asked.tagExpression ?? [])
  ) {
    problems.push({
      field: 'narrowedScope.tagExpression',
      reason: 'differs from the expression that was asked for',
    });
  }
  narrowed.tables.forEach((table, index) => {
    const field = `narrowedScope.tables[${index}]`;
    const from = asked.tables.find(one => one.table === table.table);
    if (!from) {
      problems.push({
        field: `${field}.table`,
        reason: `'${table.table}' was not asked for`,
      });
      return;
    }
    if (from.columns) {
      const { columns } = from;
      const more = table.columns?.filter(column => !columns.includes(column));
      if (!more) {
        problems.push({
          field: `${field}.columns`,
          reason: `only ${namesInWords(columns)} of ${
            table.table
          } were asked for, not all columns`,
        });
      } else if (more.length > 0) {
        problems.push({
          field: `${field}.columns`,
          reason: `${namesInWords(more)} of ${table.table} ${
            more.length === 1 ? 'was' : 'were'
          } not asked for`,
        });
      }
    }
    if (from.rowFilter !== undefined && from.rowFilter !== table.rowFilter) {
      problems.push({
        field: `${field}.rowFilter`,
        reason: `differs from the filter that was asked for: ${from.rowFilter}`,
      });
    }
  });
  return problems;
}
