import type { DataClassification } from '../model';
import type { TableAddress } from '../place';

/**
 * A column that a scope reaches, with the strictest of all that is known of it.
 *
 * @public
 */
export interface ReachedColumn {
  /** As the system has it. */
  name: string;
  /** Whether a published product says anything of it. */
  declared: boolean;
  pii: boolean;
  /** Absent where nothing is known of its table. */
  classification?: DataClassification;
  /** References of the products that never share it. */
  neverSharedBy: readonly string[];
  /** Read by the row filter alone. */
  filtered: boolean;
}

/**
 * A published port that names a table.
 *
 * @public
 */
export interface NamingPort {
  productRef: string;
  port: string;
  ownerRef: string;
  /** Who decides in place of the owner; empty where the owner does. */
  approvers: readonly string[];
  domainRef: string;
  /**
   * Whether what it says was accepted by a person who decides for its place, or
   * comes from a trusted location. Else anybody may have written it in the name
   * of the owner: it makes things stricter, and nothing looser.
   */
  vouched?: boolean;
  /** While it waits who owns the product, neither the old nor the new decides. */
  contested?: boolean;
}

/**
 * Who answers for a table: a domain, several with equal right, or nobody.
 *
 * @public
 */
export type TableHolder =
  | { domainRef: string; ownerRef?: string }
  | { contestedBy: readonly string[] };

/**
 * A table that a scope reaches now, with all that is known of it.
 *
 * @public
 */
export interface JudgedTable {
  address: TableAddress;
  columns: readonly ReachedColumn[];
  /** The published ports that name it. */
  ports: readonly NamingPort[];
  holder?: TableHolder;
}

/**
 * What a scope reaches now, through whatever product.
 *
 * @public
 */
export interface JudgedReach {
  tables: readonly JudgedTable[];
  /**
   * Why this is not, or may not be, all that is reached. Then nothing is
   * approved by rule.
   */
  unknown?: string;
  /**
   * Of a tag expression, whether the domain of the product holds one of its
   * tags.
   */
  tagsHeld?: boolean;
}

/**
 * The table as sentences name it: with its database only where that is another
 * one than the port's.
 *
 * @public
 */
export function reachedName(
  { database, table }: TableAddress,
  home: string | undefined,
): string {
  return home?.toLocaleLowerCase('en-US') ===
    database.toLocaleLowerCase('en-US')
    ? table
    : `${database}.${table}`;
}
