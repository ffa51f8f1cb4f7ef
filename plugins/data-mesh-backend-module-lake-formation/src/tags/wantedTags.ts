import { InputError } from '@backstage/errors';
import type {
  DataProductColumn,
  DataProductTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import { glueName } from '../lake/PortLocation';
import { TagOntology, TagRule } from './tagOntology';

/** LF-Tags that a product asks for on one table. */
export interface WantedTags {
  table: ReadonlyMap<string, string>;
  /** By column: what differs from the table. */
  columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Keys that the ontology of the domain decides about. */
  keys: string[];
}

/**
 * What a product's classification, columns and tags come to in LF-Tags. Pure.
 *
 * @throws InputError where it says what the ontology has no value for
 */
export function wantedTags(
  product: TaggedProduct,
  table: DataProductTable,
  /** Those that hold for the domain of the product. */
  rules: TagOntology,
): WantedTags {
  const ofTable = new Map<string, string>();
  for (const rule of rules) {
    const value = tableValue(rule, product);
    if (value !== undefined) ofTable.set(rule.key, value);
  }
  const columns = new Map<string, Map<string, string>>();
  for (const column of table.columns) {
    const own = new Map<string, string>();
    for (const rule of rules) {
      const value = columnValue(rule, column, table.name);
      if (value !== undefined && value !== ofTable.get(rule.key)) {
        own.set(rule.key, value);
      }
    }
    if (own.size > 0) columns.set(glueName(column.name), own);
  }
  return { table: ofTable, columns, keys: rules.map(rule => rule.key) };
}

function tableValue(rule: TagRule, product: TaggedProduct): string | undefined {
  switch (rule.from) {
    case 'classification':
      return (
        product.classification &&
        valueOf(
          rule,
          product.classification,
          `classification of ${product.productRef}`,
        )
      );
    case 'domain': {
      const name = product.domainRef.slice(
        product.domainRef.lastIndexOf('/') + 1,
      );
      return valueOf(rule, name, `domain of ${product.productRef}`);
    }
    case 'constant':
      return rule.values[0];
    case 'pii':
      // Columns that are personal say so themselves.
      return optionalValue(rule, 'false');
    default:
      return firstOf(rule, product.tags);
  }
}

function columnValue(
  rule: TagRule,
  column: DataProductColumn,
  table: string,
): string | undefined {
  switch (rule.from) {
    case 'classification':
      return (
        column.classification &&
        valueOf(
          rule,
          column.classification,
          `classification of column ${table}.${column.name}`,
        )
      );
    case 'pii':
      return column.pii
        ? valueOf(rule, 'true', `pii of column ${table}.${column.name}`)
        : undefined;
    case 'tags':
      return firstOf(rule, column.tags);
    default:
      return undefined;
  }
}

function valueOf(rule: TagRule, said: string, what: string): string {
  const value = optionalValue(rule, said);
  if (value === undefined) {
    throw new InputError(
      `The ${what} is '${said}', and LF-Tag ${
        rule.key
      } has no such value; expected ${rule.values.join(
        ', ',
      )}, or an entry under map`,
    );
  }
  return value;
}

function optionalValue(rule: TagRule, said: string): string | undefined {
  const folded = said.toLocaleLowerCase('en-US');
  const mapped = rule.map.get(folded) ?? folded;
  return rule.values.includes(mapped) ? mapped : undefined;
}

/** Tags are free words: those that are no values belong to others. */
function firstOf(rule: TagRule, tags: string[] = []): string | undefined {
  for (const tag of tags) {
    const value = optionalValue(rule, tag);
    if (value !== undefined) return value;
  }
  return undefined;
}
