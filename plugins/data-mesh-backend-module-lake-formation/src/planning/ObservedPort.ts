import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { Access } from '../lake/access';
import { ColumnSet } from '../lake/columns';
import { TableResource } from '../lake/resource';

/** A table as Glue and Lake Formation know it now. */
export type ObservedTable = {
  /** As Glue spells it. */
  name: string;
  columns: string[];
  /** Lake Formation cannot hide these from who reads any column. */
  partitionKeys: string[];
  /** Target, where the table is a resource link. */
  linkTo?: string;
  /** Where its data is, like `s3://bucket/path`. */
  location?: string;
  /** What the grantee holds on this very table. */
  held: Access;
  /** IAM_ALLOWED_PRINCIPALS may read it: Lake Formation restricts nobody. */
  unrestricted: boolean;
};

/** A data cells filter that exists on a table. */
export type ObservedFilter = {
  table: string;
  name: string;
  /** Absent for all rows. */
  rows?: string;
  columns: ColumnSet;
};

/** A resource link, or what stands where one could. */
export type ObservedLink = { name: string; isTarget: boolean };

/** What of the consumer's catalog bears on links. */
export type ObservedConsumer = {
  /** Databases of its catalog with a name that a link might take. */
  databases: ObservedLink[];
  /** The same for tables, by the table of the port; where table links are made. */
  tables?: { [table: string]: ObservedLink[] };
};

/** What a tag expression reaches now. */
export type ObservedTagged = {
  /** As `database.table`, the first of them. */
  tables: string[];
  more: boolean;
  /** Those that lie at locations in hybrid access mode. */
  hybrid?: TableResource[];
  /** There are too many to look which ones do. */
  tooMany?: boolean;
};

/** What planning needs to know about a port. Plain data. */
export type ObservedPort = {
  tables: ObservedTable[];
  /** What the grantee holds on all tables of the database. */
  heldOnAllTables: Access;
  /** What the grantee holds elsewhere, by the key of the resource. */
  held?: { [resourceKey: string]: Access };
  /** Places where IAM_ALLOWED_PRINCIPALS holds something, by their keys. */
  open?: { [resourceKey: string]: Access };
  /** On the tables that are asked for by rows. */
  filters?: ObservedFilter[];
  /**
   * Registered locations of what is asked for to modify: those that tables lie
   * in, or that of the database.
   */
  locations?: string[];
  /** Whether there are registered locations at all, where that is looked at. */
  registersLocations?: boolean;
  /**
   * Tables whose location is registered in hybrid access mode; all tables of
   * the database where some of them may be open and lie at such a one.
   */
  hybrid?: string[];
  /** What the grantee is opted in to, where there is anything hybrid. */
  optedIn?: string[];
  /** What a tag expression reaches now. */
  tagged?: ObservedTagged;
  /** There is nobody of the principal's name in IAM now. */
  principalIsMissing?: boolean;
  /** CROSS_ACCOUNT_VERSION of the catalog's account, where it may be read. */
  crossAccountVersion?: number;
  /** The principal's account, where it is another one. */
  consumer?: ObservedConsumer;
};

/**
 * Reads what the provisioner's `resolve` has left in `ResolvedPort.observed`.
 *
 * @throws InputError where it is something else
 */
export function readObservedPort(observed: JsonObject): ObservedPort {
  const { tables, heldOnAllTables } = observed;
  if (!Array.isArray(tables) || typeof heldOnAllTables !== 'object') {
    throw new InputError(
      'resolved.observed is not what the Lake Formation provisioner has resolved; call resolve first',
    );
  }
  return observed as unknown as ObservedPort;
}
