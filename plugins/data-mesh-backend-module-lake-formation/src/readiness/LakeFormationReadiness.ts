import type { Table } from '@aws-sdk/client-glue';
import type { Resource } from '@aws-sdk/client-lakeformation';
import type {
  Check,
  DoctorReport,
  Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessInForce,
  ReadinessChecker,
  ResourceTagger,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { AccountConfig } from '../config';
import { wireResource } from '../model/observedResource';
import {
  DefaultRegion,
  PortLocation,
  glueName,
  readPortLocation,
} from '../model/PortLocation';
import { wantedGrants } from '../scan/wantedGrants';
import { PlannedLink, plannedLinks } from '../usage/linkNames';
import { PrincipalSession } from '../vending/PrincipalSession';
import { VendingConfig } from '../vending/vendingConfig';
import { check, failed, ok, unknown } from './checks';
import { Doctor } from './Doctor';
import {
  ObserveStep,
  isRestricted,
  leavesToIam,
  linesOn,
  stepsAreInForce,
} from './grantChecks';
import { linkResolves } from './linkChecks';
import {
  locationIsReadable,
  locationIsRegistered,
  ownersTable,
  registeredLocations,
} from './locationChecks';
import { PolicySimulator } from './PolicySimulator';
import {
  ReadPlace,
  allowsDataAccess,
  allowsGlueReads,
  principalExists,
} from './principalChecks';
import { shareIsAccepted } from './shareChecks';

/** Tables of an access that are looked at: the others are alike. */
const TABLES_LOOKED_AT = 3;

/** What the checks of one access are about. */
interface Subject extends AccessInForce {
  location: PortLocation;
  tables: string[];
  links: PlannedLink[];
  isAcrossAccounts: boolean;
  signal?: AbortSignal;
}

/**
 * Says whether a principal can really query, and what would make plans fail.
 * Only looks: nobody's IAM is changed, and what cannot be looked at is unknown.
 */
export class LakeFormationReadiness implements ReadinessChecker {
  readonly #clients: AwsClients;
  readonly #regionOf: DefaultRegion;
  readonly #observe: ObserveStep;
  readonly #simulator: PolicySimulator;
  readonly #session?: PrincipalSession;
  readonly #doctor: Doctor;

  constructor(options: {
    clients: AwsClients;
    accounts: AccountConfig[];
    regionOf: DefaultRegion;
    observe: ObserveStep;
    /** To look as the principal itself, where that is allowed. */
    vending?: VendingConfig;
    /** Absent where LF-Tags are not kept by us. */
    tagger?: ResourceTagger;
  }) {
    const { clients, vending } = options;
    this.#clients = clients;
    this.#regionOf = options.regionOf;
    this.#observe = options.observe;
    this.#simulator = new PolicySimulator(clients);
    this.#session = vending && new PrincipalSession(clients, vending);
    this.#doctor = new Doctor(options);
  }

  async check(
    access: AccessInForce,
    options: { signal?: AbortSignal } = {},
  ): Promise<Omit<Readiness, 'checkedAt'>> {
    const location = readPortLocation(access.port, this.#regionOf);
    const named =
      access.scope.tables.length > 0
        ? access.scope.tables.map(({ table }) => table)
        : access.port.tables.map(({ name }) => name);
    const { accountId } = access.principal;
    const subject: Subject = {
      ...access,
      location,
      tables: named.slice(0, TABLES_LOOKED_AT).map(glueName),
      links: plannedLinks(access.steps),
      isAcrossAccounts:
        accountId !== undefined && accountId !== location.accountId,
      signal: options.signal,
    };
    const checks = [
      ...(await this.#ofPrincipal(subject)),
      await this.#ofGrants(subject),
      ...(await this.#ofShare(subject)),
      ...(await this.#ofLinks(subject)),
      ...(await this.#ofTables(subject)),
    ];
    return { ready: readyBy(checks), checks };
  }

  diagnose(
    subjects: Parameters<ReadinessChecker['diagnose']>[0],
    options: { signal?: AbortSignal } = {},
  ): Promise<DoctorReport['items']> {
    return this.#doctor.diagnose(subjects, options.signal);
  }

  async #ofPrincipal(subject: Subject): Promise<Check[]> {
    const { principal, location, signal } = subject;
    const { accountId, kind } = principal;
    if (kind === 'account' || kind.startsWith('organization')) return [];
    const exists = await check(
      'principal',
      'The principal exists',
      () => principalExists(this.#clients, principal, location.region, signal),
      signal,
    );
    if ((kind !== 'iam-role' && kind !== 'iam-user') || !accountId) {
      return [exists];
    }
    // What is not there has no policies to ask for.
    if (exists.state === 'failed') return [exists];
    const iam = { ...principal, accountId };
    return [
      exists,
      await check(
        'iam-data-access',
        'Its IAM policies allow asking Lake Formation for data',
        () => allowsDataAccess(this.#simulator, iam, location.region, signal),
        signal,
      ),
      await check(
        'iam-glue',
        'Its IAM policies allow reading metadata in Glue',
        () =>
          allowsGlueReads(this.#simulator, iam, readPlaces(subject), signal),
        signal,
      ),
    ];
  }

  #ofGrants({ steps, signal }: Subject): Promise<Check> {
    return check(
      'grants',
      'What was provisioned is in force',
      () => stepsAreInForce(steps, this.#observe, signal),
      signal,
    );
  }

  async #ofShare(subject: Subject): Promise<Check[]> {
    const { principal, location, isAcrossAccounts, steps, signal } = subject;
    const { accountId } = principal;
    if (!isAcrossAccounts || !accountId) return [];
    return [
      await check(
        'share',
        'The resource share was accepted',
        async () => {
          const want = steps
            .filter(step => step.accountId === location.accountId)
            .flatMap(wantedGrants)
            .find(one => !one.isRevoked);
          const resource = want && listable(wireResource(want.resource));
          if (!want || !resource) {
            return unknown('No step of this access grants across accounts');
          }
          const { lakeFormation } = await this.#clients.get(
            location.accountId,
            location.region,
          );
          const lines = await linesOn(
            lakeFormation,
            location.accountId,
            resource,
            signal,
          );
          const shares = lines
            .filter(
              line =>
                line.Principal?.DataLakePrincipalIdentifier ===
                want.principalId,
            )
            .flatMap(line => line.AdditionalDetails?.ResourceShare ?? []);
          if (shares.length === 0) {
            return unknown(
              'Lake Formation names no resource share for the grant',
            );
          }
          const { ram } = await this.#clients.get(accountId, location.region);
          return shareIsAccepted(ram, [...new Set(shares)], accountId, signal);
        },
        signal,
      ),
    ];
  }

  async #ofLinks(subject: Subject): Promise<Check[]> {
    const { links, tables, principal, signal } = subject;
    const checks: Check[] = [];
    for (const link of links) {
      const table = link.target.table ?? tables[0];
      const id = `link:${link.database}${link.table ? `.${link.table}` : ''}`;
      checks.push(
        await check(
          id,
          `Resource link ${link.database} leads to the data`,
          async () => {
            if (!table) {
              return unknown('The port names no table to look for');
            }
            if (this.#session && principal.kind === 'iam-role') {
              return this.#session.run(
                principal,
                link.region,
                ({ glue }) =>
                  linkResolves(
                    { glue, isPrincipal: true },
                    link,
                    table,
                    signal,
                  ),
                signal,
              );
            }
            const { glue } = await this.#clients.get(
              link.accountId,
              link.region,
            );
            return linkResolves(
              { glue, isPrincipal: false },
              link,
              table,
              signal,
            );
          },
          signal,
        ),
      );
    }
    return checks;
  }

  async #ofTables(subject: Subject): Promise<Check[]> {
    const { location, tables, isAcrossAccounts, signal } = subject;
    const { accountId, region, catalogId, database } = location;
    const found: Table[] = [];
    const exist = await check(
      'tables',
      'The tables exist',
      async () => {
        const lost: string[] = [];
        for (const name of tables) {
          const table = await ownersTable(
            this.#clients,
            location,
            name,
            signal,
          );
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
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const registered = registeredLocations(lakeFormation, signal);
    // Whoever awaits it tells of its failure.
    registered.catch(() => undefined);
    return [
      exist,
      await check(
        'location',
        'The location of the data is registered',
        async () => locationIsRegistered(found, await registered),
        signal,
      ),
      await check(
        'location-role',
        'Lake Formation can read the data',
        async () =>
          locationIsReadable(
            this.#simulator,
            found,
            await registered,
            region,
            signal,
          ),
        signal,
      ),
      await check(
        'iam-allowed-principals',
        'Lake Formation restricts access',
        async () => {
          const place = { CatalogId: catalogId, DatabaseName: database };
          const open: string[] = [];
          for (const { Name } of found) {
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
}

/** Where the principal reads metadata: at the target, and at the link. */
function readPlaces({ location, tables, links }: Subject): ReadPlace[] {
  const { region, accountId, database } = location;
  const atTarget = tables.map(table => ({
    region,
    accountId,
    database,
    table,
  }));
  const atLinks = links.flatMap(link =>
    (link.table ? [link.table] : tables).map(table => ({
      region: link.region,
      accountId: link.accountId,
      database: link.database,
      table,
    })),
  );
  return [...atTarget, ...atLinks];
}

/** Permissions on columns are listed by their table. */
function listable(resource: Resource | undefined): Resource | undefined {
  const columns = resource?.TableWithColumns;
  if (!columns) return resource;
  const { CatalogId, DatabaseName, Name } = columns;
  return { Table: { CatalogId, DatabaseName, Name } };
}

function readyBy(checks: Check[]): Readiness['ready'] {
  if (checks.some(one => one.state === 'failed')) return 'no';
  return checks.some(one => one.state === 'unknown') ? 'unknown' : 'yes';
}
