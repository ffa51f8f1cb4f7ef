import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What a grant can be on. Columns are no resource of their own: SELECT on some
 * of them is a part of what is held on their table. Plain data, stored with
 * steps.
 */
export type LakeResource =
  | { kind: 'catalog'; catalogId: string }
  | { kind: 'database'; catalogId: string; database: string }
  | AllTables
  | TableResource
  | FilterResource
  | TagPolicy
  | { kind: 'tag'; catalogId: string; key: string; values: string[] }
  | { kind: 'savedExpression'; catalogId: string; name: string }
  | { kind: 'location'; catalogId: string; arn: string }
  | UnknownResource;

/** All tables of a database, those created later included. */
export type AllTables = {
  kind: 'allTables';
  catalogId: string;
  database: string;
};

export type TableResource = {
  kind: 'table';
  catalogId: string;
  database: string;
  table: string;
};

/** A data cells filter. */
export type FilterResource = {
  kind: 'filter';
  catalogId: string;
  database: string;
  table: string;
  filter: string;
};

/** Whatever carries certain tags, by an expression of its own or a saved one. */
export type TagPolicy = {
  kind: 'tagPolicy';
  catalogId: string;
  reaches: 'TABLE' | 'DATABASE';
  /** By {@link orderedTags}; empty where it is saved under a name. */
  expression: TagExpression;
  savedAs?: string;
};

/** Of a kind that AWS has added since: listed, but never written to. */
export type UnknownResource = { kind: 'unknown'; catalogId: string };

/** A table by itself, or all tables of a database. */
export type Tables = TableResource | AllTables;

export const allTables = ({
  catalogId,
  database,
}: Omit<AllTables, 'kind'>): AllTables => ({
  kind: 'allTables',
  catalogId,
  database,
});

/** The table or tables that a resource is or filters, if it does. */
export function tablesIn(resource: LakeResource): Tables | undefined {
  if (resource.kind === 'filter') {
    const { catalogId, database, table } = resource;
    return { kind: 'table', catalogId, database, table };
  }
  return resource.kind === 'table' || resource.kind === 'allTables'
    ? resource
    : undefined;
}

const folded = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * Keys and values in one order and in the lower case in which Lake Formation
 * keeps them, so that equal expressions are equal texts.
 */
export const orderedTags = (expression: TagExpression): TagExpression =>
  expression
    .map(({ key, values }) => ({
      key: folded(key),
      values: [...new Set(values.map(folded))].sort(),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
