import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation, glueName } from '../lake/PortLocation';
import { expressionInWords } from '../lake/words';
import { QueryName, plannedLinks, queryName } from './linkNames';

/** A table as its consumer queries it. */
export interface QueriedTable extends QueryName {
  /** Absent for all columns. */
  columns?: string[];
  rowFilter?: string;
}

/** The tables of an access, and what their names alone do not say. */
export interface Queried {
  tables: QueriedTable[];
  notes: string[];
}

/** How many tables a snippet shows. */
export const TABLES_SHOWN = 5;

/** The tables of an access under the consumer's own names. Pure. */
export function queriedTables(
  { port, scope, steps, principal }: AccessInForce,
  location: PortLocation,
): Queried {
  const links = plannedLinks(steps);
  const named =
    scope.tables.length > 0
      ? scope.tables
      : port.tables.map(({ name }) => ({ table: name }));
  const tables = named.map(({ table, ...restriction }) => {
    const { columns, rowFilter } = restriction as {
      columns?: string[];
      rowFilter?: string;
    };
    return {
      ...queryName(
        {
          catalogId: location.catalogId,
          region: location.region,
          database: location.database,
          name: glueName(table),
        },
        links,
      ),
      ...(columns && { columns: columns.map(glueName) }),
      ...(rowFilter && { rowFilter }),
    };
  });
  const [first] = tables;
  const isForeign =
    first !== undefined &&
    !first.isLinked &&
    principal.accountId !== undefined &&
    principal.accountId !== location.accountId;
  const more = tables.length - TABLES_SHOWN;
  return {
    tables: tables.slice(0, TABLES_SHOWN),
    notes: [
      ...(scope.allTables
        ? ['All tables of the database can be queried in the same way.']
        : []),
      ...(scope.tagExpression?.length
        ? [
            `What can be read is what is tagged ${expressionInWords(
              scope.tagExpression,
            )}; tables and columns shown here may not be.`,
          ]
        : []),
      ...(more > 0 ? [`${more} more tables are queried in the same way.`] : []),
      ...(tables.some(table => table.rowFilter)
        ? ['Only the rows that the filter lets through are returned.']
        : []),
      ...(isForeign
        ? [
            `There is no resource link in account ${principal.accountId}: the catalog ${location.catalogId} has to be named.`,
          ]
        : []),
    ],
  };
}
