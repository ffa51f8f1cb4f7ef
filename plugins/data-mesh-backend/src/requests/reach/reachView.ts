import type {
  JudgedReach,
  JudgedTable,
  Reach,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** As many tables as people read. */
const SHOWN = 50;

type ReachedTable = Reach['tables'][number];

function tableView({
  address,
  columns,
  ports,
  holder,
}: JudgedTable): ReachedTable {
  const names = (wanted: (column: (typeof columns)[number]) => boolean) =>
    columns.filter(wanted).map(({ name }) => name);
  const filtered = names(column => column.filtered);
  const undeclared = names(column => !column.declared).length;
  return {
    ...(address.catalogId && { catalogId: address.catalogId }),
    database: address.database,
    table: address.table,
    columns: columns.length - filtered.length,
    ...(undeclared > 0 && { undeclared }),
    personal: names(column => column.pii),
    ...(filtered.length > 0 && { filtered }),
    productRefs: [...new Set(ports.map(({ productRef }) => productRef))],
    ...(holder &&
      'domainRef' in holder && {
        domainRef: holder.domainRef,
      }),
  };
}

/** What is reached, as the API shows it: tables with personal data first. */
export function reachView({ tables, unknown }: JudgedReach): Reach {
  const isPersonal = ({ columns }: JudgedTable) =>
    columns.some(({ pii }) => pii);
  const personal = tables.filter(isPersonal).slice(0, SHOWN);
  const others = tables
    .filter(table => !isPersonal(table))
    .slice(0, SHOWN - personal.length);
  return {
    count: tables.length,
    tables: [...personal, ...others].map(tableView),
    ...(unknown && { unknown }),
  };
}

/** The same without products that a caller may not see. */
export function visibleReach(
  reach: Reach,
  visible: ReadonlySet<string>,
): Reach {
  return {
    ...reach,
    tables: reach.tables.map(table => ({
      ...table,
      productRefs: table.productRefs.filter(ref => visible.has(ref)),
    })),
  };
}
