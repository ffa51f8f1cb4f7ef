import type {
  AccessScope,
  Principal,
  TagExpression,
} from '../client/types.generated';
import { visibleCode } from '../model/visibleText';

function list(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/**
 * A number with its noun, like `2 columns`.
 *
 * @public
 */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * An LF-Tag expression, like `domain = sales and zone = raw or curated`.
 *
 * @public
 */
export function tagExpressionInWords(expression: TagExpression): string {
  return expression
    .map(({ key, values }) => `${key} = ${values.join(' or ')}`)
    .join(' and ');
}

/**
 * What a scope covers, like `2 columns of orders`, `3 tables`, `all tables` or
 * `all that is tagged domain = sales`.
 *
 * @public
 */
export function scopeInWords(scope: AccessScope): string {
  if (scope.allTables) return 'all tables, those added later included';
  if (scope.tagExpression?.length) {
    return `all that is tagged ${tagExpressionInWords(scope.tagExpression)}`;
  }
  const [first] = scope.tables;
  if (!first) return 'nothing';
  if (scope.tables.length === 1) {
    const what = first.columns
      ? `${counted(first.columns.length, 'column')} of ${first.table}`
      : `all of ${first.table}`;
    return first.rowFilter
      ? `${what}, rows where ${visibleCode(first.rowFilter)}`
      : what;
  }
  const restricted = scope.tables.filter(t => t.columns).length;
  const tables = counted(scope.tables.length, 'table');
  return restricted
    ? `${tables}, ${restricted} of them by chosen columns`
    : tables;
}

/**
 * Account as people read it: alias and last four digits, like
 * `consumer-analytics …4471`.
 *
 * @public
 */
export function accountInWords(
  principal: Pick<Principal, 'accountId' | 'accountAlias'>,
): string {
  if (!principal.accountId) return '';
  const digits = `…${principal.accountId.slice(-4)}`;
  return principal.accountAlias
    ? `${principal.accountAlias} ${digits}`
    : digits;
}

/**
 * A list of names, each between backticks, cut after some: two names and
 * "and 3 more".
 *
 * @public
 */
export function namesInWords(names: string[], atMost = 5): string {
  const quoted = names.map(name => `\`${name}\``);
  if (quoted.length <= atMost) return list(quoted);
  return list([...quoted.slice(0, atMost), `${quoted.length - atMost} more`]);
}
