import type { AccessScope, PolicyRefusal } from '../client/types.generated';
import { scopeForm } from '../plan';
import { foldedName } from '../publication';
import { quotedNames, sentence } from '../sentences';
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
export function neverSharedRefusals(facts: PolicyFacts): PolicyRefusal[] {
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
      const how = isByTables
        ? 'policy.neverShared.columns'
        : 'policy.neverShared.tables';
      return {
        field: fieldOf(table, filtered),
        reason: sentence(filtered ? 'policy.neverShared.filter' : how, {
          count: names.length,
          columns: quotedNames(names),
          table: place,
          owner:
            by === facts.productRef
              ? sentence('policy.theOwner')
              : sentence('policy.ownerOf', {
                  product: by.slice(by.lastIndexOf('/') + 1),
                }),
        }),
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
