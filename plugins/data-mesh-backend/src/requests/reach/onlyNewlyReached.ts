import type { JudgedReach } from '@lakemesh/backstage-plugin-data-mesh-common';
import { protectedReach } from './protectedReach';

/**
 * The part of a reach that is protected and was not reached when the access was
 * approved: a table as a whole where it is newly reached, else its columns. Pure.
 *
 * @param known - keys of what was approved
 */
export function onlyNewlyReached(
  reach: JudgedReach,
  domainRef: string,
  known: ReadonlySet<string>,
): JudgedReach {
  return {
    ...reach,
    tables: reach.tables.flatMap(table => {
      const isNew = (columns: typeof table.columns) =>
        protectedReach({ tables: [{ ...table, columns }] }, domainRef).some(
          ({ key }) => !known.has(key),
        );
      if (isNew([])) return [table];
      const columns = table.columns.filter(column => isNew([column]));
      return columns.length > 0 ? [{ ...table, columns }] : [];
    }),
  };
}
