import { InputError } from '@backstage/errors';
import {
  isAwsRegion,
  type OutputPort,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** The `type` of ports served here, and the provisioner's name in plans. */
export const PORT_TYPE = 'lake-formation';

/** Where a port of type `lake-formation` lives, read and completed. */
export interface PortLocation {
  catalogId: string;
  /** The account that owns the catalog: the first part of its id. */
  accountId: string;
  region: string;
  database: string;
  /** The account that owns the data, where the port names one. */
  dataAccountId?: string;
}

/** The region of an account, where the port does not name one. */
export type DefaultRegion = (accountId: string) => string | undefined;

// A nested catalog names its parents after a colon.
const CATALOG_ID = /^(\d{12})(:[^\s:]+)?$/;
// Glue's own limit of a name.
const MAX_NAME_LENGTH = 255;

/** What is wrong with a port's location and tables, without asking AWS. */
export function checkPortLocation(
  port: OutputPort,
  defaultRegion: DefaultRegion,
): Problem[] {
  const problems: Problem[] = [];
  const complain = (field: string, reason: string) =>
    problems.push({ field, reason });

  const { catalogId, region, database, dataAccountId } = port.location;
  const catalog = CATALOG_ID.exec(catalogId ?? '');
  if (!catalogId) {
    complain('location.catalogId', 'is missing; expected the AWS account id');
  } else if (!catalog) {
    complain(
      'location.catalogId',
      `is '${catalogId}'; expected 12 digits, or a nested catalog like 123456789012:s3tablescatalog/bucket`,
    );
  }
  if (region && !isAwsRegion(region)) {
    complain(
      'location.region',
      `is '${region}'; expected an AWS region like eu-central-1`,
    );
  }
  if (!region && catalog && !defaultRegion(catalog[1])) {
    complain(
      'location.region',
      `is missing, and dataMesh.lakeFormation.accounts names no region for ${catalog[1]}`,
    );
  }
  if (!database) {
    complain('location.database', 'is missing; expected a Glue database');
  } else if (database.length > MAX_NAME_LENGTH) {
    complain(
      'location.database',
      `is ${database.length} characters long; Glue allows ${MAX_NAME_LENGTH}`,
    );
  }
  if (dataAccountId && !/^\d{12}$/.test(dataAccountId)) {
    complain(
      'location.dataAccountId',
      `is '${dataAccountId}'; expected the AWS account that owns the data, 12 digits in quotes`,
    );
  }
  if (port.tables.length === 0) {
    complain('tables', 'is empty; expected at least one table');
  }
  const seen = new Set<string>();
  port.tables.forEach(({ name }, index) => {
    const folded = glueName(name);
    if (seen.has(folded)) {
      complain(`tables[${index}].name`, `'${name}' is there twice`);
    }
    seen.add(folded);
  });
  return problems;
}

/**
 * Reads a port's location.
 *
 * @throws InputError naming the first field that is wrong
 */
export function readPortLocation(
  port: OutputPort,
  defaultRegion: DefaultRegion,
): PortLocation {
  const [problem] = checkPortLocation(port, defaultRegion);
  if (problem) {
    throw new InputError(
      `${problem.field} of port '${port.name}' ${problem.reason}`,
    );
  }
  const { catalogId, region, database, dataAccountId } = port.location;
  const accountId = accountOfCatalog(catalogId);
  return {
    catalogId,
    accountId,
    // Checked above: one of the two is there.
    region: region || (defaultRegion(accountId) ?? ''),
    database: glueName(database),
    ...(dataAccountId && { dataAccountId }),
  };
}

/**
 * The account of a catalog. Requests carry it as their own `CatalogId` even
 * where the resource is in a nested catalog: "Catalog id must be a valid AWS
 * account id."
 */
export function accountOfCatalog(catalogId: string): string {
  return catalogId.split(':')[0];
}

/** Glue keeps names of databases, tables and columns in lower case. */
export function glueName(name: string): string {
  return name.toLocaleLowerCase('en-US');
}
