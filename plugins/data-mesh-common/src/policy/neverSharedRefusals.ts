import type { AccessScope, Problem } from '../client/types.generated';
import { namesInWords, scopeForm } from '../plan';
import { foldedName } from '../publication';
import { reachedName, type JudgedTable } from './reach';
import type { PolicyFacts } from './types';

/** Tells the field of the scope that reaches a table, or reads it by its filter. */
function fieldsOf(
  scope: AccessScope,
): (table: JudgedTable, filtered: boolean) => string {
  switch (scopeForm(scope)) {
    case 'all-tables':
      return () => 'scope.allTables';
    case 'tag-expression':
      return () => 'scope.tagExpression';
    default: {
      const places = new Map<string, number>();
      scope.tables.forEach(({ table }, index) => {
        const key = foldedName(table);
        if (!places.has(key)) places.set(key, index);
      });
      return ({ address }, filtered) =>
        `scope.tables[${places.get(foldedName(address.table)) ?? 0}].${
          filtered ? 'rowFilter' : 'columns'
        }`;
    }
  }
}

/**
 * What is reached and never shared, by whatever product says so. A column by
 * which rows are filtered is read, and what is in it can be guessed from the
 * rows that come.
 */
export function neverSharedRefusals(facts: PolicyFacts): Problem[] {
  const { scope, reach } = facts;
  const isByTables = scopeForm(scope) === 'tables';
  const fieldOf = fieldsOf(scope);
  return reach.tables.flatMap(table => {
    const hits = new Map<string, { by: string; names: string[] }>();
    for (const { name, neverSharedBy, filtered } of table.columns) {
      for (const by of neverSharedBy) {
        const key = JSON.stringify([by, filtered]);
        const known = hits.get(key);
        if (known) known.names.push(name);
        else hits.set(key, { by, names: [name] });
      }
    }
    const place = reachedName(table.address, facts.port.location.database);
    return [...hits].map(([key, { by, names }]) => {
      const filtered = (JSON.parse(key) as [string, boolean])[1];
      const who =
        by === facts.productRef
          ? 'the owner'
          : `the owner of \`${by.slice(by.lastIndexOf('/') + 1)}\``;
      const them = names.length === 1 ? 'it' : 'them';
      return {
        field: fieldOf(table, filtered),
        reason: filtered
          ? `filtering by ${namesInWords(
              names,
            )} of ${place} reads ${them}, and ${who} never shares ${them}; filter by other columns`
          : `${who} never shares ${namesInWords(names)} of ${place}; ${
              isByTables ? 'choose columns' : 'choose tables and columns'
            } without ${them}`,
      };
    });
  });
}

/**
 * Columns of personal data that are reached, as `table.column`; with the
 * database in front where it is another one than the port's.
 *
 * @public
 */
export function sensitiveColumnsOf({
  reach,
  port,
}: Pick<PolicyFacts, 'reach' | 'port'>): string[] {
  return reach.tables.flatMap(({ address, columns }) =>
    columns
      .filter(({ pii }) => pii)
      .map(
        ({ name }) => `${reachedName(address, port.location.database)}.${name}`,
      ),
  );
}
