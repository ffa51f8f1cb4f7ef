import {
  AwsError,
  entityNotFound,
  invalidInput,
  validationError,
} from '../../model/api/AwsError';
import { hasPermission, seesEverything } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { RegisteredLocation } from '../../model/catalog/RegisteredLocation';
import { TableRecord } from '../../model/catalog/TableRecord';
import { registeredLocation } from '../../model/state/locations';
import { findCatalog } from '../../model/state/nestedCatalogs';
import { Permission } from '../../model/grants/Permission';
import {
  ENFORCED_TYPES,
  enforces,
  readAccess,
} from '../../model/access/readAccess';
import { SessionKeys, openSession } from '../../model/identities/sessions';
import { storedName } from '../../model/api/storedName';
import { lakeFormationModel } from '../../wire/models/lakeFormation';
import { OperationContext } from '../Operation';
import { accessNotAllowed, isAuthorizedEngine } from './engineAccess';

const MIN_DURATION_S = 900;
/** What the SDK's model allows for every operation. */
const MODEL_MAX_DURATION_S = 43_200;
const DEFAULT_DURATION_S = 3600;

/** The seconds for which keys are wanted, within the bounds of the operation. */
export function vendedDuration(
  seconds: number = DEFAULT_DURATION_S,
  max: number,
): number {
  const isModelled =
    seconds >= MIN_DURATION_S && seconds <= MODEL_MAX_DURATION_S;
  if (!isModelled) {
    throw validationError([
      `Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${
        seconds < MIN_DURATION_S
          ? `greater than or equal to ${MIN_DURATION_S}`
          : `less than or equal to ${MODEL_MAX_DURATION_S}`
      }`,
    ]);
  }
  if (seconds > max) {
    throw invalidInput(
      `DurationSeconds must be from ${MIN_DURATION_S} to ${max}, found ${seconds}.`,
    );
  }
  return seconds;
}

function refuseUnknown(
  values: readonly string[],
  member: string,
  known: readonly string[],
) {
  if (values.some(value => !known.includes(value))) {
    throw validationError([
      `Value '[${values.join(
        ', ',
      )}]' at '${member}' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${known.join(
        ', ',
      )}]]`,
    ]);
  }
}

/** A table that keys are wanted for. */
export interface VendedTable {
  catalog: Catalog;
  database: string;
  table: TableRecord;
}

const TABLE_ARN =
  /^arn:aws[a-z-]*:glue:([a-z0-9-]+):(\d{12}):table\/(?:(.+)\/)?([^/]+)\/([^/]+)$/;

/** The table of an ARN. Who sees not everything learns only that it may not. */
export function tableOfArn(
  { state, caller }: OperationContext,
  arn: string,
): VendedTable {
  const [, region, account, path, database, name] = TABLE_ARN.exec(arn) ?? [];
  if (!region) {
    throw invalidInput(`TableArn must be the ARN of a table, found ${arn}.`);
  }
  if (region !== caller.region) {
    throw invalidInput(
      `TableArn must be in the region ${caller.region}, found ${arn}.`,
    );
  }
  const id = path === undefined ? account : `${account}:${path}`;
  const catalog = findCatalog(state, id, region);
  const table = catalog?.databases
    .get(storedName(database))
    ?.tables.get(storedName(name));
  if (!catalog) throw accessNotAllowed();
  if (!table) {
    throw seesEverything(catalog, caller.principal)
      ? entityNotFound(`Table ${storedName(name)} not found.`)
      : accessNotAllowed();
  }
  return { catalog, database: storedName(database), table };
}

/** What a request for keys says of itself. */
export interface VendingRequest {
  Permissions?: readonly string[];
  SupportedPermissionTypes?: readonly string[];
}

/**
 * Refuses a caller who may not have keys for a table, and finds the location
 * they are for. The keys reach all of it: an engine must declare that it
 * enforces what the caller may not see; without one, nothing may be hidden.
 */
export function requireVending(
  { caller }: OperationContext,
  { catalog, database, table }: VendedTable,
  request: VendingRequest,
  path: string | undefined,
): RegisteredLocation {
  const wanted: readonly Permission[] = request.Permissions ?? ['SELECT'];
  const declared = request.SupportedPermissionTypes ?? [];
  refuseUnknown(wanted, 'permissions', lakeFormationModel.enums.Permission);
  refuseUnknown(declared, 'supportedPermissionTypes', ENFORCED_TYPES);

  const access = readAccess(catalog, caller, database, table);
  const resource = { kind: 'table', database, table: table.name } as const;
  const holdsAll = wanted.every(permission =>
    permission === 'SELECT'
      ? access.columns !== undefined
      : hasPermission(catalog, caller, resource, permission),
  );
  const location = path && registeredLocation(catalog, path);
  if (!holdsAll || !location) throw accessNotAllowed();
  // In hybrid access mode IAM gives the access itself.
  if (location.hybridAccessEnabled && access.isLeftToIam) {
    throw accessNotAllowed();
  }
  const { settings } = catalog;
  if (!isAuthorizedEngine(settings, caller)) {
    if (!settings.allowFullTableExternalDataAccess || access.needs) {
      throw accessNotAllowed();
    }
    return location;
  }
  if (!enforces(declared, access.needs)) {
    throw new AwsError(
      'PermissionTypeMismatchException',
      `The permissions on the table need an engine that supports ${
        access.needs
      }, found ${declared.join(', ') || 'no supported permission type'}.`,
    );
  }
  return location;
}

/** Keys that act as the location's role, for the paths only. */
export function vendKeys(
  { state, now }: OperationContext,
  location: RegisteredLocation,
  scope: { paths: string[]; permissions: readonly Permission[] },
  seconds: number,
): SessionKeys {
  return openSession(state, {
    roleArn: location.roleArn,
    sessionName: `AWSLF-00-GL-${now.getTime()}`,
    tags: {},
    expiresAt: now.getTime() + seconds * 1000,
    scope: { paths: scope.paths, permissions: [...scope.permissions] },
  });
}
