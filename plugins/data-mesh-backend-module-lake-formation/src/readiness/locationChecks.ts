import type { Table } from '@aws-sdk/client-glue';
import {
  ListResourcesCommand,
  type LakeFormationClient,
  type ResourceInfo,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../aws/AwsClients';
import { findTable } from '../aws/findTable';
import { PortLocation } from '../lake/PortLocation';
import { deniedActions } from './deniedActions';
import { Finding, failed, ok, unknown, warning } from './checks';

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;

const locationOf = (table: Table): string | undefined =>
  table.StorageDescriptor?.Location;

/** The registration nearest to a table's files. */
function registrationOf(
  table: Table,
  registered: ResourceInfo[],
): ResourceInfo | undefined {
  const [, path] = /^s3[an]?:\/\/(.+?)\/?$/.exec(locationOf(table) ?? '') ?? [];
  if (!path) return undefined;
  return registered
    .filter(({ ResourceArn = '' }) => {
      const [, place] = /^arn:[\w-]+:s3:::(.+?)\/?$/.exec(ResourceArn) ?? [];
      return place && (path === place || path.startsWith(`${place}/`));
    })
    .sort(
      (a, b) => (b.ResourceArn?.length ?? 0) - (a.ResourceArn?.length ?? 0),
    )[0];
}

/** Whether Lake Formation restricts only who is opted in there. */
export const isHybrid = (table: Table, registered: ResourceInfo[]): boolean =>
  registrationOf(table, registered)?.HybridAccessEnabled === true;

/** A table as its owner sees it, or undefined where it is gone. */
export async function ownersTable(
  clients: AwsClients,
  location: PortLocation,
  name: string,
  signal?: AbortSignal,
): Promise<Table | undefined> {
  const { glue } = await clients.get(location.accountId, location.region);
  return findTable(glue, location, name, signal);
}

/** Whether Lake Formation gives access to the files of the tables. */
export function locationIsRegistered(
  tables: Table[],
  registered: ResourceInfo[],
  /** Whether the access opts its principal in to a table. */
  optsIn: (table: Table) => boolean,
): Finding {
  const without = tables.filter(table => !locationOf(table));
  if (without.length === tables.length) {
    return unknown('The tables name no location of their files');
  }
  const lacking = tables.filter(
    table => locationOf(table) && !registrationOf(table, registered),
  );
  if (lacking.length > 0) {
    const places = lacking.map(locationOf).join(', ');
    return warning(
      `Lake Formation does not manage ${places}: queries read it by the principal's own IAM policies, or fail`,
      `Register ${places} with Lake Formation, or allow the principal s3:GetObject there`,
    );
  }
  const hybrid = tables.filter(
    table => isHybrid(table, registered) && !optsIn(table),
  );
  return hybrid.length > 0
    ? warning(
        `${hybrid
          .map(locationOf)
          .join(
            ', ',
          )} is registered in hybrid access mode: Lake Formation restricts only principals that are opted in`,
        'Where IAM_ALLOWED_PRINCIPALS holds permissions there, ask anew: the plan opts the principal in. Or have the location registered without hybrid access mode',
      )
    : ok('The location of the files is registered with Lake Formation');
}

/** Whether the role that is registered for a location can read it. */
export async function locationIsReadable(
  clients: AwsClients,
  tables: Table[],
  registered: ResourceInfo[],
  region: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const checked = new Set<string>();
  for (const table of tables) {
    const location = locationOf(table);
    const role = registrationOf(table, registered)?.RoleArn;
    const accountId = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(role ?? '')?.[1];
    if (!location || !role || !accountId) continue;
    // AWS keeps the policy of its own role up to date with each registration.
    if (role.includes('/aws-service-role/')) continue;
    const [, path] = /^s3[an]?:\/\/(.+?)\/?$/.exec(location) ?? [];
    if (!path || checked.has(path)) continue;
    checked.add(path);
    const [partition] = /^arn:[\w-]+/.exec(role) ?? ['arn:aws'];
    const denied = await deniedActions(
      clients,
      { arn: role, accountId, region },
      ['s3:GetObject'],
      [`${partition}:s3:::${path}/*`],
      signal,
    );
    if (denied.length > 0) {
      return failed(
        `${role}, which reads ${location} for Lake Formation, is not allowed s3:GetObject there`,
        `Have s3:GetObject and s3:ListBucket on ${location} allowed to ${role}, by its IAM policies or the policy of the bucket`,
      );
    }
  }
  return ok('The role that is registered for the location may read it');
}

/** All locations that are registered in an account. */
export async function registeredLocations(
  client: LakeFormationClient,
  signal?: AbortSignal,
): Promise<ResourceInfo[]> {
  const found: ResourceInfo[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListResourcesCommand({ MaxResults: PAGE_SIZE, NextToken: token }),
      { abortSignal: signal },
    );
    found.push(...(page.ResourceInfoList ?? []));
    token = page.NextToken;
  } while (token);
  return found;
}
