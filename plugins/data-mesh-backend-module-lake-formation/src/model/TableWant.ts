import { TableAccess } from './TableAccess';

/** A table as Lake Formation addresses it. */
export interface TableRef {
  /** 12 digits, or a nested catalog like `123456789012:s3tablescatalog/b`. */
  catalogId: string;
  database: string;
  table: string;
}

/** What a step wants one principal to hold on one table. */
export interface TableWant extends TableRef {
  access: TableAccess;
}

/** `sales.orders`. */
export const qualifiedName = (ref: TableRef): string =>
  `${ref.database}.${ref.table}`;
