import { InputError } from '@backstage/errors';
import {
  principalInWords,
  checkRowFilter,
  rowFilterProblemInWords,
  type AccessScope,
  type DataProductTable,
  type OutputPort,
  type TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { granteeOf } from '../lake/principals';

/**
 * Refuses what Lake Formation cannot do, before AWS is asked anything: nothing
 * is ever planned in half.
 *
 * @throws InputError naming the field
 */
export function checkIntent({ port, scope, principal }: AccessIntent): void {
  checkForm(scope);
  checkTables(scope, port);
  checkLevel(scope);
  const { condition } = granteeOf(principal.id);
  if (condition && scope.tagExpression?.length) {
    throw new InputError(
      `scope.tagExpression cannot be granted to ${principalInWords(
        principal,
      )}: Lake Formation takes no condition on principals beside LF-Tags; name tables, or a role`,
    );
  }
}

/** Tables, all tables, or a tag expression: one of the three. */
function checkForm(scope: AccessScope): void {
  const forms = [
    ...(scope.tables.length > 0 ? ['tables'] : []),
    ...(scope.allTables ? ['allTables'] : []),
    ...(scope.tagExpression?.length ? ['tagExpression'] : []),
  ];
  if (forms.length === 0) {
    throw new InputError(
      'scope.tables is empty; expected at least one table, allTables, or a tagExpression',
    );
  }
  if (forms.length > 1) {
    throw new InputError(
      `scope.${forms[1]} stands beside scope.${forms[0]}; expected one of them`,
    );
  }
  scope.tagExpression?.forEach(({ key, values }, index) => {
    const field = `scope.tagExpression[${index}]`;
    if (!key) throw new InputError(`${field}.key is empty`);
    if (values.length === 0) {
      throw new InputError(`${field}.values of '${key}' is empty`);
    }
  });
}

function checkTables(scope: AccessScope, port: OutputPort): void {
  const byName = new Map(port.tables.map(one => [one.name, one]));
  scope.tables.forEach(({ table, columns, rowFilter }, index) => {
    const field = `scope.tables[${index}]`;
    if (columns?.length === 0) {
      throw new InputError(
        `${field}.columns of '${table}' is empty; name columns, or leave it out for all`,
      );
    }
    const found = byName.get(table);
    if (!found) {
      throw new InputError(
        `${field}.table is '${table}'; port '${port.name}' has no such table`,
      );
    }
    checkRows({ table, rowFilter }, found, `${field}.rowFilter`);
  });
}

/** By the port, which may have been stored long ago, or be from elsewhere. */
function checkRows(
  { table, rowFilter }: TableScope,
  { columns }: DataProductTable,
  field: string,
): void {
  if (rowFilter === undefined) return;
  if (!rowFilter.trim()) {
    throw new InputError(
      `${field} of '${table}' is empty; name a condition, or leave it out for all rows`,
    );
  }
  const checked = checkRowFilter(rowFilter, columns);
  if (!checked.ok) {
    throw new InputError(
      `${field} of '${table}': ${rowFilterProblemInWords(checked.problem)}`,
    );
  }
}

/** Whoever sees only a part of a table cannot be given more than reading it. */
function checkLevel(scope: AccessScope): void {
  if (scope.level === 'read') return;
  const index = scope.tables.findIndex(
    ({ columns, rowFilter }) => columns || rowFilter !== undefined,
  );
  if (index < 0) return;
  const { table, columns } = scope.tables[index];
  throw new InputError(
    `scope.level is '${scope.level}', and scope.tables[${index}] names ${
      columns ? 'columns' : 'rows'
    } of '${table}'; Lake Formation lets only whole tables be written`,
  );
}
