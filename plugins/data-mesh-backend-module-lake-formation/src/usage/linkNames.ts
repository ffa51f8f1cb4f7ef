import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';

/** A resource link that a step makes, and what it points to. */
export interface PlannedLink {
  /** Where the link is. */
  accountId: string;
  region: string;
  database: string;
  /** Absent for a link to a whole database. */
  table?: string;
  target: {
    catalogId?: string;
    database: string;
    table?: string;
    region?: string;
  };
}

interface TargetInput {
  CatalogId?: string;
  DatabaseName?: string;
  Name?: string;
  Region?: string;
}

/** The resource links among some steps, read from the calls that make them. */
export function plannedLinks(steps: PlanStep[]): PlannedLink[] {
  return steps.flatMap(step => linkOf(step) ?? []);
}

function linkOf({
  accountId,
  region,
  call,
}: PlanStep): PlannedLink | undefined {
  if (!accountId || !region || call.service !== 'Glue') return undefined;
  const { DatabaseInput, TableInput, DatabaseName } = call.input as {
    DatabaseInput?: { Name?: string; TargetDatabase?: TargetInput };
    TableInput?: { Name?: string; TargetTable?: TargetInput };
    DatabaseName?: string;
  };
  const database = DatabaseInput?.TargetDatabase;
  if (DatabaseInput?.Name && database?.DatabaseName) {
    return {
      accountId,
      region,
      database: DatabaseInput.Name,
      target: targetOf(database, database.DatabaseName),
    };
  }
  const table = TableInput?.TargetTable;
  if (DatabaseName && TableInput?.Name && table?.DatabaseName && table.Name) {
    return {
      accountId,
      region,
      database: DatabaseName,
      table: TableInput.Name,
      target: { ...targetOf(table, table.DatabaseName), table: table.Name },
    };
  }
  return undefined;
}

function targetOf(
  { CatalogId, Region }: TargetInput,
  database: string,
): PlannedLink['target'] {
  return {
    database,
    ...(CatalogId && { catalogId: CatalogId }),
    ...(Region && { region: Region }),
  };
}

/** What a table is called where it is queried. */
export interface QueryName {
  /** Catalog that the engine has to look in. */
  catalogId: string;
  region: string;
  database: string;
  table: string;
  /** Whether it is seen through a resource link. */
  isLinked: boolean;
}

/**
 * What the consumer calls a table: by the table's own link, by the link of its
 * database, or by its own name.
 */
export function queryName(
  table: { catalogId: string; region: string; database: string; name: string },
  links: PlannedLink[],
): QueryName {
  const onTarget = links.filter(
    ({ target }) =>
      target.database === table.database &&
      (target.catalogId ?? table.catalogId) === table.catalogId,
  );
  const link =
    onTarget.find(one => one.target.table === table.name) ??
    onTarget.find(one => one.table === undefined);
  return link
    ? {
        catalogId: link.accountId,
        region: link.region,
        database: link.database,
        table: link.table ?? table.name,
        isLinked: true,
      }
    : {
        catalogId: table.catalogId,
        region: table.region,
        database: table.database,
        table: table.name,
        isLinked: false,
      };
}
