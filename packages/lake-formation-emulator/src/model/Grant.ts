import { ColumnSelection } from './ColumnSelection';
import { Permission } from './Permission';

/** The name AWS lists for a grant on all tables of a database. */
export const ALL_TABLES = 'ALL_TABLES';

/** What a grant is on. Columns are a part of the grant, not of the resource. */
export type GrantResource =
  | { readonly kind: 'catalog' }
  | { readonly kind: 'database'; readonly database: string }
  | {
      readonly kind: 'table';
      readonly database: string;
      /** A table's name, or {@link ALL_TABLES}. */
      readonly table: string;
    }
  | { readonly kind: 'dataLocation'; readonly arn: string };

/** Everything one principal holds on one resource. */
export interface Grant {
  readonly principal: string;
  readonly resource: GrantResource;
  /** What is held on the whole resource. */
  readonly permissions: readonly Permission[];
  /** What of it may be passed on. */
  readonly grantable: readonly Permission[];
  /** SELECT on some columns only. */
  readonly columns?: ColumnGrant;
  /** Grows with every new grant: the order of listings. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly updatedBy: string;
}

/** SELECT on a part of a table's columns, and the part that may be passed on. */
export interface ColumnGrant {
  readonly held: ColumnSelection;
  readonly grantable?: ColumnSelection;
}

/** What is to be granted to, or revoked from, one principal on one resource. */
export interface PermissionChange {
  readonly principal: string;
  readonly resource: GrantResource;
  /** Absent where the change is on the whole resource. */
  readonly columns?: ColumnSelection;
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
}

/** A text that is equal exactly for equal resources. */
export function resourceKey(resource: GrantResource): string {
  switch (resource.kind) {
    case 'catalog':
      return 'catalog';
    case 'database':
      return `database:${resource.database}`;
    case 'table':
      return `table:${resource.database}\u0000${resource.table}`;
    default:
      return `location:${resource.arn}`;
  }
}
