import { isColumnNamed } from '../model';
import type { DataClassification } from '../model';
import type { ColumnFacts, PortFacts } from './portFacts';

const RANKS: { [classification in DataClassification]: number } = {
  public: 0,
  internal: 1,
  confidential: 2,
  restricted: 3,
};

/** What data counts as that nobody has classified. @public */
export const UNCLASSIFIED: DataClassification = 'internal';

/**
 * How sensitive data is, to be compared. What nobody has classified is
 * internal.
 *
 * @public
 */
export function classificationRank(
  classification: DataClassification | undefined,
): number {
  return RANKS[classification ?? UNCLASSIFIED];
}

/**
 * The more sensitive of two classifications.
 *
 * @public
 */
export function stricterClassification(
  one: DataClassification | undefined,
  other: DataClassification | undefined,
): DataClassification | undefined {
  return classificationRank(other) > classificationRank(one) ? other : one;
}

/**
 * The name by which tables and columns are the same: Glue keeps lower case.
 *
 * @public
 */
export const foldedName = (name: string): string =>
  // The same as by the locale en-US, at a third of the time.
  name.toLowerCase();

/**
 * How strictly a column is protected: its own word, or that of its product.
 *
 * @public
 */
export interface ColumnProtection {
  pii: boolean;
  classification: DataClassification;
  neverShared: boolean;
}

/**
 * What is said of a table, as far as access depends on it.
 *
 * @public
 */
export type TableFacts = PortFacts['tables'][string];

/**
 * How a declared column is protected.
 *
 * @public
 */
export function columnProtection(
  facts: Pick<PortFacts, 'classification' | 'neverShared'>,
  table: string,
  column: string,
  said: Pick<ColumnFacts, 'pii' | 'classification'>,
): ColumnProtection {
  return {
    pii: said.pii,
    classification: said.classification ?? facts.classification ?? UNCLASSIFIED,
    neverShared: isColumnNamed(facts.neverShared, table, column),
  };
}

/**
 * How a column that a table has and nobody declares is protected: as strictly
 * as the strictest of the columns that are declared.
 *
 * @public
 */
export function undeclaredProtection(
  facts: Pick<PortFacts, 'classification' | 'neverShared'>,
  table: string,
  columns: TableFacts['columns'],
): ColumnProtection {
  const never = new Set(facts.neverShared.map(foldedName));
  const strictest: ColumnProtection = {
    pii: false,
    classification: facts.classification ?? UNCLASSIFIED,
    neverShared: false,
  };
  for (const [name, said] of Object.entries(columns)) {
    if (said.pii) strictest.pii = true;
    const own = said.classification ?? facts.classification ?? UNCLASSIFIED;
    if (RANKS[own] > RANKS[strictest.classification]) {
      strictest.classification = own;
    }
    if (
      never.has(foldedName(name)) ||
      never.has(foldedName(`${table}.${name}`))
    ) {
      strictest.neverShared = true;
    }
  }
  return strictest;
}

/**
 * Whether `one` protects a column less than `other` does in some way.
 *
 * @public
 */
export function isWeakerProtection(
  one: ColumnProtection,
  other: ColumnProtection,
): boolean {
  return (
    (other.pii && !one.pii) ||
    (other.neverShared && !one.neverShared) ||
    RANKS[one.classification] < RANKS[other.classification]
  );
}
