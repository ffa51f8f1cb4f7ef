import type { AccessScope, Problem } from '../client/types.generated';
import { isSameRowFilter } from '../model/rowFilter';
import { scopeForm } from './scope';
import { tagExpressionCovers } from './tagExpression';
import { namesInWords, scopeInWords, tagExpressionInWords } from './words';

/** What is wrong with the form of the narrowed scope, if anything. */
function beyondForm(
  asked: AccessScope,
  narrowed: AccessScope,
  path: string,
): Problem | undefined {
  const form = scopeForm(narrowed);
  const from = scopeForm(asked);
  if (form === 'tag-expression') {
    if (from !== 'tag-expression') {
      return {
        field: `${path}.tagExpression`,
        reason: `access by tags was not asked for, but ${scopeInWords(asked)}`,
      };
    }
    return tagExpressionCovers(
      asked.tagExpression ?? [],
      narrowed.tagExpression ?? [],
    )
      ? undefined
      : {
          field: `${path}.tagExpression`,
          reason: `reaches more than the expression that was asked for: ${tagExpressionInWords(
            asked.tagExpression ?? [],
          )}`,
        };
  }
  if (from === 'tag-expression') {
    return {
      field: `${path}.tagExpression`,
      reason: `is left out, but ${scopeInWords(asked)} was asked for`,
    };
  }
  return form === 'all-tables' && from !== 'all-tables'
    ? {
        field: `${path}.allTables`,
        reason: `all tables were not asked for, but ${scopeInWords(asked)}`,
      }
    : undefined;
}

/**
 * What of a narrowed scope goes beyond the scope that was asked for.
 *
 * @param path - field that the narrowed scope stands in
 * @returns nothing where the narrowed scope lies within
 * @public
 */
export function beyondScope(
  asked: AccessScope,
  narrowed: AccessScope,
  path: string = 'narrowedScope',
): Problem[] {
  const problems: Problem[] = [];
  const rank = { read: 0, append: 1, modify: 2 } as const;
  if (rank[narrowed.level] > rank[asked.level]) {
    problems.push({
      field: `${path}.level`,
      reason: `'${narrowed.level}' is more than the '${asked.level}' that was asked for`,
    });
  }
  const form = beyondForm(asked, narrowed, path);
  if (form) return [...problems, form];
  // All tables hold each of them.
  if (scopeForm(asked) !== 'tables') return problems;
  const byName = new Map(asked.tables.map(table => [table.table, table]));
  narrowed.tables.forEach((table, index) => {
    const field = `${path}.tables[${index}]`;
    const from = byName.get(table.table);
    if (!from) {
      problems.push({
        field: `${field}.table`,
        reason: `'${table.table}' was not asked for`,
      });
      return;
    }
    if (from.columns) {
      const { columns } = from;
      const known = new Set(columns);
      const more = table.columns?.filter(column => !known.has(column));
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
    if (
      from.rowFilter !== undefined &&
      !isSameRowFilter(from.rowFilter, table.rowFilter)
    ) {
      problems.push({
        field: `${field}.rowFilter`,
        reason: `differs from the filter that was asked for: ${from.rowFilter}`,
      });
    }
  });
  return problems;
}
