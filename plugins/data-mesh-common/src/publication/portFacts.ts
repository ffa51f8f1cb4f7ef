import type { DataClassification } from '../model';

/**
 * What is said of a column, as far as access depends on it.
 *
 * @public
 */
export interface ColumnFacts {
  /** Type as the system writes it. Not a fact that loosens anything. */
  type: string;
  pii: boolean;
  classification?: DataClassification;
  /** Tags by which the system may give access. */
  tags: string[];
}

/**
 * The facts of a port on which access depends: what a publication accepts and
 * keeps. References are full, names as written, lists without order.
 *
 * @public
 */
export interface PortFacts {
  ownerRef: string;
  domainRef: string;
  /** Type of the port. */
  system: string;
  /** Where it lives, as the port says. */
  location: { [key: string]: string };
  classification?: DataClassification;
  /** Who decides in place of the owner; empty where the owner does. */
  approvers: string[];
  /** Ids of the purposes allowed; absent where all are. */
  purposes?: string[];
  /** Absent where the organization's limit holds. */
  maxDurationDays?: number;
  /** As `table.column` or `column`, declared or not. */
  neverShared: string[];
  /** Tags of the product by which the system may give access. */
  tags: string[];
  tables: { [table: string]: { columns: { [column: string]: ColumnFacts } } };
}
