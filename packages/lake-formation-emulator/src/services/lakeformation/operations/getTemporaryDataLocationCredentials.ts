import type {
  GetTemporaryDataLocationCredentialsRequest,
  GetTemporaryDataLocationCredentialsResponse,
} from '@aws-sdk/client-lakeformation';
import {
  AwsError,
  entityNotFound,
  invalidInput,
} from '../../../model/api/AwsError';
import { Catalog, catalogOf } from '../../../model/state/EmulatorState';
import { locationOf } from '../../../model/catalog/TableRecord';
import { registeredLocation, s3Path } from '../../../model/state/locations';
import { Operation } from '../../Operation';
import {
  VendedTable,
  requireVending,
  vendKeys,
  vendedDuration,
} from '../vending';

const MAX_DURATION_S = 43_200;
const WRITE = ['SELECT', 'INSERT', 'DELETE'];

/** The one table whose data is at the path. */
function tableAt(catalog: Catalog, path: string): VendedTable {
  const found: VendedTable[] = [];
  for (const { name, tables } of catalog.databases.values()) {
    for (const table of tables.values()) {
      const location = locationOf(table);
      if (location && s3Path(location) === s3Path(path)) {
        found.push({ catalog, database: name, table });
      }
    }
  }
  if (found.length > 1) {
    throw new AwsError(
      'ConflictException',
      `Multiple resources exist with the same Amazon S3 location ${path}.`,
    );
  }
  if (!found.length) {
    throw entityNotFound(`No table is associated with the location ${path}.`);
  }
  return found[0];
}

/**
 * Keys for a location, by what the caller holds on the table whose data is
 * there. Only for whole tables, and only of the account's own catalog.
 */
export const getTemporaryDataLocationCredentials: Operation<
  GetTemporaryDataLocationCredentialsRequest,
  GetTemporaryDataLocationCredentialsResponse
> = (input, context) => {
  const { state, caller } = context;
  const seconds = vendedDuration(input.DurationSeconds, MAX_DURATION_S);
  const scope = input.CredentialsScope ?? 'READ';
  const [path, ...more] = input.DataLocations ?? [];
  if (!path || more.length) {
    throw invalidInput(
      `DataLocations must have one location, found ${
        input.DataLocations?.length ?? 0
      }.`,
    );
  }
  const catalog = catalogOf(state, caller.account, caller.region);
  if (!registeredLocation(catalog, path)) {
    throw entityNotFound(`The location ${path} is not registered.`);
  }
  const permissions = scope === 'READWRITE' ? WRITE : ['SELECT'];
  const location = requireVending(
    context,
    tableAt(catalog, path),
    { Permissions: permissions },
    path,
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = vendKeys(
    context,
    location,
    { paths: [path], permissions },
    seconds,
  );
  return {
    Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration },
    AccessibleDataLocations: [path],
    CredentialsScope: scope,
  };
};
