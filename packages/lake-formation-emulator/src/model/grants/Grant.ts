import { ColumnSelection } from './ColumnSelection';
import { Permission } from './Permission';
import { TagExpression } from './tagExpression';

/** The name AWS lists for a grant on all tables of a database. */
export const ALL_TABLES = 'ALL_TABLES';

/** What a tag policy reaches: databases, or tables and their columns. */
export type TagPolicyReach = 'DATABASE' | 'TABLE';

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
  | {
      readonly kind: 'dataCellsFilter';
      readonly database: string;
      readonly table: string;
      readonly filter: string;
    }
  | { readonly kind: 'dataLocation'; readonly arn: string }
  | {
      readonly kind: 'lfTag';
      readonly key: string;
      /** Sorted; `*` for all, also those that come later. */
      readonly values: readonly string[];
    }
  | {
      readonly kind: 'lfTagPolicy';
      readonly reaches: TagPolicyReach;
      /** As `storedExpression` leaves it. */
      readonly expression: TagExpression;
    }
  | {
      readonly kind: 'lfTagPolicy';
      readonly reaches: TagPolicyReach;
      /** The name of a saved expression, which may change. */
      readonly expressionName: string;
    }
  | { readonly kind: 'lfTagExpression'; readonly name: string };

/** Resources of one kind. */
export type ResourceOfKind<Kind extends GrantResource['kind']> = Extract<
  GrantResource,
  { kind: Kind }
>;

/** Everything one principal holds on one resource under one condition. */
export interface Grant {
  readonly principal: string;
  readonly resource: GrantResource;
  /** A Cedar expression over the principal's attributes; absent for none. */
  readonly condition?: string;
  /** What is held on the whole resource. */
  readonly permissions: readonly Permission[];
  /** What of it may be passed on. */
  readonly grantable: readonly Permission[];
  /** SELECT on some columns only. */
  readonly columns?: ColumnGrant;
  /** The ARN of RAM's share by which a grant to another account gets there. */
  readonly share?: string;
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
  readonly condition?: string;
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
    case 'dataCellsFilter':
      return `filter:${resource.database}\u0000${resource.table}\u0000${resource.filter}`;
    case 'dataLocation':
      return `location:${resource.arn}`;
    case 'lfTag':
      return `tag:${resource.key}\u0000${resource.values.join('\u0000')}`;
    case 'lfTagExpression':
      return `expression:${resource.name}`;
    default:
      return `policy:${resource.reaches}:${
        'expressionName' in resource
          ? `name:${resource.expressionName}`
          : JSON.stringify(resource.expression)
      }`;
  }
}
