import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Usage } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import { QueriedTable } from './queriedTables';
import {
  pythonLines,
  pythonText,
  sparkName,
  sqlName,
  sqlText,
} from './quoting';

/** Rows that a first query shows. */
const ROWS = 10;

/** A snippet before its notes are one text. */
export type Draft = Omit<Usage['snippets'][number], 'note'> & {
  notes: string[];
};

/** Writes a snippet for one engine. At least one table. Pure. */
type Draw = (access: AccessInForce, tables: QueriedTable[]) => Draft;

/**
 * What Athena calls the catalog: its own name for the account's catalog, and a
 * name below it for nested ones. Other accounts' have to be registered first.
 */
function athenaCatalog({ catalogId }: QueriedTable): string {
  const nested = catalogId.indexOf(':');
  return nested < 0 ? 'AwsDataCatalog' : catalogId.slice(nested + 1);
}

const selectList = (
  { columns }: QueriedTable,
  quote: (name: string) => string,
): string => (columns ? columns.map(quote).join(', ') : '*');

function athenaQuery(table: QueriedTable): string {
  const name = [athenaCatalog(table), table.database, table.table]
    .map(sqlName)
    .join('.');
  return `SELECT ${selectList(table, sqlName)}\nFROM ${name}\nLIMIT ${ROWS};`;
}

const isForeign = (access: AccessInForce, table: QueriedTable) =>
  !table.isLinked &&
  access.principal.accountId !== undefined &&
  !table.catalogId.startsWith(access.principal.accountId);

const athena: Draw = (access, tables) => ({
  engine: 'athena',
  title: 'Athena',
  language: 'sql',
  text: tables.map(athenaQuery).join('\n\n'),
  notes: isForeign(access, tables[0])
    ? [
        `Register the catalog of account ${tables[0].catalogId} as a data source in Athena, and use its name in the place of AwsDataCatalog.`,
      ]
    : [],
});

const redshift: Draw = (access, tables) => {
  const [{ database, region, catalogId }] = tables;
  const { principal } = access;
  const lines = [
    `CREATE EXTERNAL SCHEMA IF NOT EXISTS ${sqlName(database)}`,
    'FROM DATA CATALOG',
    `DATABASE ${sqlText(database)}`,
    `REGION ${sqlText(region)}`,
    ...(isForeign(access, tables[0]) || catalogId.includes(':')
      ? [`CATALOG_ID ${sqlText(catalogId)}`]
      : []),
    principal.kind === 'iam-role'
      ? `IAM_ROLE ${sqlText(principal.id)};`
      : `IAM_ROLE default;`,
  ];
  const queries = tables.map(
    table =>
      `SELECT ${selectList(table, sqlName)}\nFROM ${sqlName(
        table.database,
      )}.${sqlName(table.table)}\nLIMIT ${ROWS};`,
  );
  return {
    engine: 'redshift-spectrum',
    title: 'Redshift Spectrum',
    language: 'sql',
    text: [lines.join('\n'), ...queries].join('\n\n'),
    notes: [
      principal.kind === 'iam-role'
        ? 'The role has to be associated with the cluster or workgroup.'
        : `The default role of the cluster has to be one that holds the access; it was given to ${principalInWords(
            principal,
          )}.`,
    ],
  };
};

function sparkQuery(table: QueriedTable): string {
  const name = `${sparkName(table.database)}.${sparkName(table.table)}`;
  return `SELECT ${selectList(table, sparkName)}\nFROM ${name}\nLIMIT ${ROWS}`;
}

const spark: Draw = (access, tables) => {
  const [first] = tables;
  const settings: Array<[string, string]> = [
    [
      'spark.hadoop.hive.metastore.client.factory.class',
      'com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory',
    ],
    ...(isForeign(access, first) || first.catalogId.includes(':')
      ? ([
          ['spark.hadoop.hive.metastore.glue.catalogid', first.catalogId],
        ] as Array<[string, string]>)
      : []),
  ];
  return {
    engine: 'spark',
    title: 'Spark on EMR',
    language: 'python',
    text: [
      'from pyspark.sql import SparkSession',
      '',
      'spark = (',
      '    SparkSession.builder',
      ...settings.map(
        ([key, value]) =>
          `    .config(${pythonText(key)}, ${pythonText(value)})`,
      ),
      '    .enableHiveSupport()',
      '    .getOrCreate()',
      ')',
      ...tables.map(
        table => `spark.sql(${pythonLines(sparkQuery(table))}).show()`,
      ),
    ].join('\n'),
    notes: [
      access.principal.kind === 'iam-role'
        ? `Run it with ${access.principal.id} as runtime role, on a cluster with Lake Formation enabled: only that filters columns and rows.`
        : 'Run it on a cluster with Lake Formation enabled: only that filters columns and rows.',
    ],
  };
};

const awswrangler: Draw = (_access, tables) => ({
  engine: 'awswrangler',
  title: 'Python, AWS SDK for pandas',
  language: 'python',
  text: [
    'import boto3',
    'import awswrangler as wr',
    '',
    `session = boto3.Session(region_name=${pythonText(tables[0].region)})`,
    ...tables.flatMap(table => [
      'df = wr.athena.read_sql_query(',
      `    sql=${pythonLines(athenaQuery(table).replace(/;$/, ''))},`,
      `    database=${pythonText(table.database)},`,
      `    data_source=${pythonText(athenaCatalog(table))},`,
      '    ctas_approach=False,',
      '    boto3_session=session,',
      ')',
    ]),
    'print(df)',
  ].join('\n'),
  notes: [],
});

const boto3: Draw = (_access, tables) => ({
  engine: 'boto3',
  title: 'Python, boto3',
  language: 'python',
  text: [
    'import time',
    '',
    'import boto3',
    '',
    `athena = boto3.client("athena", region_name=${pythonText(
      tables[0].region,
    )})`,
    'query = athena.start_query_execution(',
    `    QueryString=${pythonLines(athenaQuery(tables[0]).replace(/;$/, ''))},`,
    '    QueryExecutionContext={',
    `        "Catalog": ${pythonText(athenaCatalog(tables[0]))},`,
    `        "Database": ${pythonText(tables[0].database)},`,
    '    },',
    '    WorkGroup="primary",',
    ')["QueryExecutionId"]',
    'while True:',
    '    state = athena.get_query_execution(QueryExecutionId=query)[',
    '        "QueryExecution"',
    '    ]["Status"]',
    '    if state["State"] not in ("QUEUED", "RUNNING"):',
    '        break',
    '    time.sleep(1)',
    'if state["State"] != "SUCCEEDED":',
    '    raise RuntimeError(state.get("StateChangeReason", state["State"]))',
    'pages = athena.get_paginator("get_query_results")',
    'for page in pages.paginate(QueryExecutionId=query):',
    '    for row in page["ResultSet"]["Rows"]:',
    '        print([cell.get("VarCharValue") for cell in row["Data"]])',
  ].join('\n'),
  notes: [
    'The work group needs a place for results; put the name of yours in.',
  ],
});

/** The engines in the order in which they are offered. */
export const ENGINES: Draw[] = [athena, redshift, spark, awswrangler, boto3];
