import type {
  PropertyPredicate,
  SearchTablesRequest,
  SearchTablesResponse,
} from '@aws-sdk/client-glue';
import { invalidInput } from '../../../model/api/AwsError';
import { visibleColumns } from '../../../model/access/access';
import { Catalog } from '../../../model/state/EmulatorState';
import { pageOf } from '../../../model/api/paging';
import {
  PropertyFilter,
  SearchedTable,
  isFound,
  isTimeFilter,
  satisfies,
  sortValue,
} from '../../../model/catalog/tableSearch';
import { glueModel } from '../../../wire/models/glue';
import { Operation, OperationContext, Validated } from '../../Operation';
import { pageSize } from '../../pageSize';
import { glueCatalog, refuseMembers } from '../glueCatalog';
import { renderTable } from '../renderTable';
import { askedCatalogs } from '../sharedCatalogs';

function readFilter({
  Key,
  Value,
  Comparator,
}: Validated<PropertyPredicate>): PropertyFilter {
  if (!Key || Value === undefined) {
    throw invalidInput('A filter must have a Key and a Value.');
  }
  const filter = { Key, Value, Comparator };
  const known = glueModel.enums.Comparator;
  if (Comparator !== undefined && !known.includes(Comparator)) {
    throw invalidInput(
      `Comparator must be one of ${known.join(', ')}, found ${Comparator}.`,
    );
  }
  if (isTimeFilter(filter) && Number.isNaN(Date.parse(Value))) {
    throw invalidInput(`The filter ${Key} must be a time, found ${Value}.`);
  }
  if (!isTimeFilter(filter) && Comparator && Comparator !== 'EQUALS') {
    throw invalidInput(
      `Comparator ${Comparator} is for times only, found the filter ${Key}.`,
    );
  }
  return filter;
}

interface Found extends SearchedTable {
  readonly catalog: Catalog;
}

function* visibleTables(
  { caller }: OperationContext,
  catalogs: readonly Catalog[],
): Iterable<Found> {
  for (const catalog of catalogs) {
    for (const { name: database, tables } of catalog.databases.values()) {
      for (const table of tables.values()) {
        const visible = visibleColumns(catalog, caller, database, table.name);
        if (visible) yield { catalog, database, table, visible };
      }
    }
  }
}

type Order = (a: Found, b: Found) => number;

const byValue =
  (valueOf: (found: Found) => string | number): Order =>
  (a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === y) return 0;
    return x < y ? -1 : 1;
  };

const byName = byValue(({ catalog, database, table }) =>
  [database, table.name, catalog.accountId].join('\u0000'),
);

/**
 * Tables of all databases that the caller sees, by text and properties. Links
 * are not followed.
 */
export const searchTables: Operation<
  SearchTablesRequest,
  SearchTablesResponse
> = (input, context) => {
  refuseMembers(input, ['IncludeStatusDetails']);
  const limit = pageSize(input.MaxResults, 1000);
  const filters = (input.Filters ?? []).map(readFilter);
  const orders = (input.SortCriteria ?? []).map(
    ({ FieldName, Sort }): Order => {
      if (!FieldName) throw invalidInput('SortCriteria must have a FieldName.');
      const order = byValue(found => sortValue(found, FieldName));
      return Sort === 'DESC' ? (a, b) => order(b, a) : order;
    },
  );
  const catalogs = askedCatalogs(
    context,
    glueCatalog(context, input.CatalogId),
    input.ResourceShareType,
  );
  const found = [...visibleTables(context, catalogs)]
    .filter(
      searched =>
        isFound(input.SearchText, searched) &&
        filters.every(filter => satisfies(filter, searched)),
    )
    .sort((a, b) => {
      const decided = orders.map(order => order(a, b)).find(Boolean);
      return decided ?? byName(a, b);
    })
    .map((one, place) => ({ ...one, place }));
  const page = pageOf(
    found,
    ({ place }) => place,
    Number,
    limit,
    input.NextToken,
  );
  return {
    TableList: page.items.map(({ catalog, database, table, visible }) =>
      renderTable(catalog, database, table, visible),
    ),
    NextToken: page.nextToken,
  };
};
