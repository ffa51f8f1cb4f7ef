import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { TableAccess } from '../model/TableAccess';

/** A table as Glue and Lake Formation know it now. */
export type ObservedTable = {
  /** As Glue spells it. */
  name: string;
  columns: string[];
  /** Lake Formation cannot hide these from who reads any column. */
  partitionKeys: string[];
  /** Target, where the table is a resource link. */
  linkTo?: string;
  /** What the principal holds on this very table. */
  held: TableAccess;
  /** IAM_ALLOWED_PRINCIPALS may read it: Lake Formation restricts nobody. */
  unrestricted: boolean;
};

/** What planning needs to know about a port. Plain data. */
export type ObservedPort = {
  tables: ObservedTable[];
  /** What the principal holds on all tables of the database. */
  heldOnAllTables: TableAccess;
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
