import type { Table } from '@aws-sdk/client-glue';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { tablesIn } from '../lake/resource';
import { OPT_IN, readOptInCall } from '../steps/optIns/describeOptIn';
import type { AccessSubject } from './AccessSubject';
import { check, failed, ok } from './checks';
import { isRestricted, leavesToIam, linesOn } from './grantChecks';
import {
  isHybrid,
  locationIsReadable,
  locationIsRegistered,
  ownersTable,
  registeredLocations,
} from './locationChecks';

/** Whether the tables are there, and their files within reach. */
export async function tableChecks(
  clients: AwsClients,
  subject: AccessSubject,
): Promise<Check[]> {
  const { location, tables, isAcrossAccounts, signal } = subject;
  const { accountId, region, catalogId, database } = location;
  const found: Table[] = [];
  const exist = await check(
    'tables',
    'The tables exist',
    async () => {
      const lost: string[] = [];
      for (const name of tables) {
        const table = await ownersTable(clients, location, name, signal);
        if (table) found.push(table);
        else lost.push(`${database}.${name}`);
      }
      return lost.length > 0
        ? failed(
            `${lost.join(
              ', ',
            )} is not in Glue catalog ${catalogId} in ${region}`,
            'Have the owner create the table again or correct the port of the product',
          )
        : ok(`${tables.map(name => `${database}.${name}`).join(', ')} exist`);
    },
    signal,
  );
  if (found.length === 0) return [exist];
  const { lakeFormation } = await clients.get(accountId, region);
  const optsIn = optInsOf(subject);
  const registered = registeredLocations(lakeFormation, signal);
  // Whoever awaits it tells of its failure.
  registered.catch(() => undefined);
  return [
    exist,
    await check(
      'location',
      'The location of the data is registered',
      async () => locationIsRegistered(found, await registered, optsIn),
      signal,
    ),
    await check(
      'location-role',
      'Lake Formation can read the data',
      async () =>
        locationIsReadable(clients, found, await registered, region, signal),
      signal,
    ),
    await check(
      'iam-allowed-principals',
      'Lake Formation restricts access',
      async () => {
        const place = { CatalogId: catalogId, DatabaseName: database };
        const open: string[] = [];
        for (const table of found) {
          const { Name } = table;
          // Whoever is opted in is restricted, whatever is open to others.
          if (optsIn(table) && isHybrid(table, await registered)) continue;
          const lines = await linesOn(
            lakeFormation,
            accountId,
            { Table: { ...place, Name } },
            signal,
          );
          if (leavesToIam(lines)) open.push(`${database}.${Name}`);
        }
        return isRestricted(open, isAcrossAccounts);
      },
      signal,
    ),
  ];
}

/** Tables that steps of the access opt its principal in to. Pure. */
function optInsOf({ steps, location }: AccessSubject) {
  const optedIn = steps
    .filter(({ kind }) => kind === OPT_IN)
    .flatMap(step => tablesIn(readOptInCall(step).resource) ?? [])
    .filter(
      ({ catalogId, database }) =>
        catalogId === location.catalogId && database === location.database,
    );
  return ({ Name }: Table): boolean =>
    optedIn.some(
      tables => tables.kind === 'allTables' || tables.table === Name,
    );
}
