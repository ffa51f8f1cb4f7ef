import type { Database, Table } from '@aws-sdk/client-glue';
import { InputError } from '@backstage/errors';
import type {
  AccessIntent,
  ResolvedPort,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { Place, TablePlace, placeKey } from '../model/Place';
import { PortLocation, glueName } from '../model/PortLocation';
import { isNoAccess } from '../model/TableAccess';
import { TableReader } from '../scan/TableReader';
import { Grantee } from '../model/GrantWant';
import { isIamAllowedPrincipals } from '../scan/standing';
import { GrantReader } from '../steps/GrantReader';
import { OptInReader } from '../steps/OptInReader';
import { CatalogLooks } from './CatalogLooks';
import { ConsumerReader } from './ConsumerReader';
import { checkIntent } from './checkIntent';
import { checkReach } from './checkReach';
import { RegisteredLocation, locationOf } from './locations';
import { ObservedPort } from './ObservedPort';
import { observePort } from './observePort';
import { PlanningConfig, firstGrantee } from './planAccess';
import { Reach, makesLink, reachOf } from './Reach';
import { allTablesOf, tagPoliciesOf } from './scopeWants';
import { normalisedRows } from './filterNames';

/**
 * Whether anything of it is left to IAM. What tables get that are created in a
 * database shows in the database.
 */
const mayLeaveToIam = ({ open = {} }: ObservedPort, database?: Database) =>
  Object.values(open).some(access => !isNoAccess(access)) ||
  (database?.CreateTableDefaultPermissions ?? []).some(one =>
    isIamAllowedPrincipals(one.Principal?.DataLakePrincipalIdentifier ?? ''),
  );

/** Looks at what bears on an intent, and at nothing else. */
export class PortResolver {
  readonly #config: PlanningConfig;
  readonly #tables: TableReader;
  readonly #grants: GrantReader;
  readonly #looks: CatalogLooks;
  readonly #consumers: ConsumerReader;
  readonly #optIns: OptInReader;

  constructor(options: {
    config: PlanningConfig;
    clients: AwsClients;
    grants: GrantReader;
    optIns: OptInReader;
    pageSizes?: { tables?: number };
  }) {
    const { config, clients, grants, optIns, pageSizes } = options;
    this.#config = config;
    this.#grants = grants;
    this.#optIns = optIns;
    this.#tables = new TableReader(clients, { pageSize: pageSizes?.tables });
    this.#looks = new CatalogLooks(clients);
    this.#consumers = new ConsumerReader(clients, config.accounts);
  }

  async resolve(
    intent: AccessIntent,
    location: PortLocation,
    signal?: AbortSignal,
  ): Promise<ResolvedPort> {
    checkIntent(intent);
    const reach = reachOf(location, intent.principal, this.#config);
    checkReach(intent, location, reach, {});
    const { grantee } = firstGrantee(intent, reach, this.#config);
    const { tables, database, identities } = await this.#existing(
      intent,
      location,
      signal,
    );
    const filters = await this.#filters(intent, location, signal);
    const listed = await this.#grants.read(
      {
        accountId: location.accountId,
        catalogAccountId: location.accountId,
        region: location.region,
        places: [
          ...placesOf(intent, location),
          ...filters.map(
            ({ table, name }): Place => ({
              kind: 'filter',
              catalogId: location.catalogId,
              database: location.database,
              table,
              filter: name,
            }),
          ),
        ],
      },
      signal,
    );
    const observed: ObservedPort = {
      ...observePort(grantee, location, tables, listed),
      ...(filters.length > 0 && { filters }),
      ...(await this.#tagged(intent, location, signal)),
    };
    const leavesToIam = mayLeaveToIam(observed, database);
    const registered =
      intent.scope.level === 'modify' || leavesToIam
        ? await this.#looks.registered(location, signal)
        : [];
    const hybrid = hybridPlaces(
      location,
      observed,
      leavesToIam ? database : undefined,
      registered,
    );
    return {
      identities,
      observed: {
        ...observed,
        ...locationsFor(intent, observed, registered),
        ...(hybrid.length > 0 && { hybrid }),
        ...(hybrid.length > 0 &&
          leavesToIam && {
            optedIn: await this.#optedIn(grantee, location, signal),
          }),
        ...(await this.#sharing(intent, location, reach, signal)),
      },
    };
  }

  /** The tables that are named, or the database as a whole. */
  async #existing(
    { scope }: AccessIntent,
    location: PortLocation,
    signal?: AbortSignal,
  ): Promise<{
    tables: Table[];
    /** Where it is asked for as a whole. */
    database?: Database;
    identities: { [key: string]: string };
  }> {
    if (scope.tables.length === 0) {
      // Tags reach whatever carries them, whether the database is there or not.
      const database = scope.allTables
        ? await this.#looks.database(location, signal)
        : undefined;
      if (database?.TargetDatabase) {
        throw new InputError(
          `location.database: '${location.database}' is a resource link to '${database.TargetDatabase.DatabaseName}' of catalog ${database.TargetDatabase.CatalogId}; Lake Formation grants on the target only`,
        );
      }
      const created = database?.CreateTime;
      return {
        tables: [],
        ...(database && { database }),
        identities: created
          ? { [`database:${location.database}`]: created.toISOString() }
          : {},
      };
    }
    const names = [
      ...new Set(scope.tables.map(({ table }) => glueName(table))),
    ];
    const tables = await this.#tables.read(location, names, signal);
    return {
      tables,
      identities: Object.fromEntries(
        tables.flatMap(({ Name, CreateTime }) =>
          CreateTime
            ? [[`table:${location.database}.${Name}`, CreateTime.toISOString()]]
            : [],
        ),
      ),
    };
  }

  /** Filters that exist on the tables that are asked for by rows. */
  async #filters(
    { scope }: AccessIntent,
    location: PortLocation,
    signal?: AbortSignal,
  ) {
    const byRows = scope.tables.filter(
      ({ rowFilter }) => rowFilter !== undefined,
    );
    const filters = [];
    for (const { table, rowFilter = '' } of byRows) {
      const rows = normalisedRows(rowFilter);
      const existing = await this.#looks.filters(
        location,
        glueName(table),
        signal,
      );
      // Only these can be used, or be in the way.
      filters.push(
        ...existing.filter(
          one => one.rows !== undefined && normalisedRows(one.rows) === rows,
        ),
      );
    }
    return filters;
  }

  async #tagged(
    { scope }: AccessIntent,
    location: PortLocation,
    signal?: AbortSignal,
  ): Promise<Pick<ObservedPort, 'tagged'>> {
    return scope.tagExpression?.length
      ? {
          tagged: await this.#looks.tagged(
            location,
            scope.tagExpression,
            signal,
          ),
        }
      : {};
  }

  async #optedIn(
    grantee: Grantee,
    { accountId, region }: PortLocation,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const found = await this.#optIns.read(
      { accountId, region, grantee },
      signal,
    );
    return [...found].sort();
  }

  async #sharing(
    intent: AccessIntent,
    location: PortLocation,
    reach: Reach,
    signal?: AbortSignal,
  ): Promise<Pick<ObservedPort, 'crossAccountVersion' | 'consumer'>> {
    if (reach.topology === 'single-account') return {};
    const version = await this.#looks.crossAccountVersion(location, signal);
    return {
      ...(version !== undefined && { crossAccountVersion: version }),
      ...(reach.consumer &&
        makesLink(reach) && {
          consumer: await this.#consumers.read(
            {
              accountId: reach.consumer.accountId,
              links: reach.consumer.links,
              location,
              tables: intent.scope.tables.map(({ table }) => glueName(table)),
            },
            signal,
          ),
        }),
    };
  }
}

function placesOf(intent: AccessIntent, location: PortLocation): Place[] {
  const { scope } = intent;
  if (scope.tagExpression?.length) return tagPoliciesOf(intent, location);
  const names = new Set(scope.tables.map(({ table }) => glueName(table)));
  return [
    ...[...names].map(
      (table): TablePlace => ({
        kind: 'table',
        catalogId: location.catalogId,
        database: location.database,
        table,
      }),
    ),
    allTablesOf(location),
  ];
}

/** Who may alter a table needs access to the registered location of its data. */
function locationsFor(
  { scope }: AccessIntent,
  { tables }: ObservedPort,
  registered: RegisteredLocation[],
): Pick<ObservedPort, 'locations'> {
  if (scope.level !== 'modify') return {};
  const arns = tables.flatMap(
    ({ location }) => locationOf(location, registered)?.arn ?? [],
  );
  return arns.length > 0 ? { locations: [...new Set(arns)].sort() } : {};
}

/**
 * What lies at locations in hybrid access mode: tables, or all of a database.
 * One that says not where it lies may lie at any of them.
 */
function hybridPlaces(
  location: PortLocation,
  { tables }: ObservedPort,
  database: Database | undefined,
  registered: RegisteredLocation[],
): string[] {
  const { catalogId, database: name } = location;
  const hybrid = tables
    .filter(table => locationOf(table.location, registered)?.isHybrid)
    .map(
      (table): Place => ({
        kind: 'table',
        catalogId,
        database: name,
        table: table.name,
      }),
    );
  const isWholeHybrid = database?.LocationUri
    ? locationOf(database.LocationUri, registered)?.isHybrid
    : database && registered.some(one => one.isHybrid);
  return [...hybrid, ...(isWholeHybrid ? [allTablesOf(location)] : [])].map(
    placeKey,
  );
}
