import type { Database, Table } from '@aws-sdk/client-glue';
import { rowFilterKey } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  AccessIntent,
  ResolveOptions,
  ResolvedPort,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from '../aws/AwsClients';
import { TableReader } from '../aws/TableReader';
import { PortLocation, glueName } from '../lake/PortLocation';
import { isNoAccess } from '../lake/access';
import { Grantee } from '../lake/grant';
import { resourceKey } from '../lake/keys';
import { isIn, refuseLinkedDatabase } from '../lake/linkedDatabase';
import { isIamAllowedPrincipals } from '../lake/principals';
import { LakeResource, TableResource, allTables } from '../lake/resource';
import { GrantReader } from '../steps/grants/GrantReader';
import { OptInReader } from '../steps/optIns/OptInReader';
import { CatalogLooks } from './CatalogLooks';
import { ConsumerReader } from './ConsumerReader';
import { ObservedPort } from '../planning/ObservedPort';
import { PrincipalReader } from './PrincipalReader';
import { Reach, makesLink, reachOf } from '../planning/Reach';
import { TagSearch } from './TagSearch';
import { TaggedTables } from './TaggedTables';
import { checkIntent } from '../planning/checkIntent';
import { checkReach } from '../planning/checkReach';
import { RegisteredLocation, locationOf } from './locations';
import { observeColumns, observePort } from './observePort';
import { PlanningConfig, firstGrantee } from '../planning/planAccess';
import { rowsInGlue } from '../planning/wants/rowsInGlue';
import { tagPoliciesOf } from '../planning/wants/scopeWants';

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
  readonly #taggedTables: TaggedTables;
  readonly #principals: PrincipalReader;
  readonly #grants: GrantReader;
  readonly #looks: CatalogLooks;
  readonly #consumers: ConsumerReader;
  readonly #optIns: OptInReader;

  constructor(options: {
    config: PlanningConfig;
    clients: AwsClients;
    grants: GrantReader;
    optIns: OptInReader;
    tables: TableReader;
    search: TagSearch;
    looks: CatalogLooks;
  }) {
    const { config, clients, grants, optIns, tables, search } = options;
    this.#config = config;
    this.#grants = grants;
    this.#optIns = optIns;
    this.#tables = tables;
    this.#taggedTables = new TaggedTables({ search, grants, tables });
    this.#principals = new PrincipalReader(clients, config.accounts);
    this.#looks = options.looks;
    this.#consumers = new ConsumerReader(clients, config.accounts);
  }

  async resolve(
    intent: AccessIntent,
    location: PortLocation,
    options: ResolveOptions = {},
  ): Promise<ResolvedPort> {
    const { signal } = options;
    checkIntent(intent);
    const reach = reachOf(location, intent.principal, this.#config);
    checkReach(intent, location, reach, {});
    const { grantee } = firstGrantee(intent, reach, location, this.#config);
    const { tables, database, identities } = await this.#existing(
      intent,
      location,
      options,
    );
    const principal = await this.#principals.read(
      intent.principal,
      location,
      options,
    );
    const filters = await this.#filters(intent, location, tables, signal);
    const listed = await this.#grants.read(
      {
        accountId: location.accountId,
        catalogAccountId: location.accountId,
        region: location.region,
        resources: [
          ...resourcesOf(intent, location),
          ...filters.map(
            ({ table, name }): LakeResource => ({
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
    const registered = this.#registeredOnce(location, signal);
    const tagged = await this.#tagged(intent, location, registered, options);
    const own = observePort(grantee, location, tables, listed);
    const observed: ObservedPort = {
      ...own,
      ...(filters.length > 0 && { filters }),
      ...(tagged && {
        tagged: tagged.tagged,
        open: { ...own.open, ...tagged.open },
      }),
    };
    const leavesToIam = mayLeaveToIam(observed, database);
    const hybrid = leavesToIam
      ? [
          ...hybridTables(location, observed, database, await registered()),
          ...(tagged?.hybrid ?? []),
        ]
      : [];
    return {
      identities: { ...identities, ...principal.identities },
      ...(principal.missing.length > 0 && { missing: principal.missing }),
      observed: {
        ...observed,
        ...(intent.scope.level === 'modify' &&
          locationsFor(intent, observed, database, await registered())),
        ...(hybrid.length > 0 && {
          hybrid,
          optedIn: await this.#optedIn(grantee, location, signal),
        }),
        ...(principal.missing.length > 0 && { principalIsMissing: true }),
        ...(await this.#sharing(intent, location, reach, signal)),
      },
    };
  }

  /** All registered locations, looked up where they are asked for. */
  #registeredOnce(location: PortLocation, signal?: AbortSignal) {
    let found: Promise<RegisteredLocation[]> | undefined;
    return () => {
      found ??= this.#looks.registered(location, signal);
      return found;
    };
  }

  /** The tables that are named, or the database as a whole. */
  async #existing(
    { scope }: AccessIntent,
    location: PortLocation,
    look: ResolveOptions,
  ): Promise<{
    tables: Table[];
    /** Where it is asked for as a whole. */
    database?: Database;
    identities: { [key: string]: string };
  }> {
    if (scope.tables.length === 0) {
      // Tags reach whatever carries them, whether the database is there or not.
      const database = scope.allTables
        ? await this.#looks.database(location, look)
        : undefined;
      refuseLinkedDatabase(location, database?.TargetDatabase);
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
    const tables = await this.#tables.read(location, names, look);
    // Through a link of a database, Glue shows the tables of its target.
    for (const { CatalogId, DatabaseName } of tables) {
      if (!isIn(location, { CatalogId, DatabaseName })) {
        refuseLinkedDatabase(location, { CatalogId, DatabaseName });
      }
    }
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
    tables: Table[],
    signal?: AbortSignal,
  ) {
    const filters = [];
    for (const [index, { table, rowFilter }] of scope.tables.entries()) {
      const found = tables.find(
        ({ Name = '' }) => glueName(Name) === glueName(table),
      );
      // That it is not there, or is a link, is told when it is planned.
      if (rowFilter === undefined || !found || found.TargetTable) continue;
      const key = rowFilterKey(
        rowsInGlue(
          rowFilter,
          observeColumns(found),
          `scope.tables[${index}].rowFilter`,
        ),
      );
      const existing = await this.#looks.filters(
        location,
        glueName(table),
        signal,
      );
      // Only these can be used, or be in the way.
      filters.push(
        ...existing.filter(
          ({ rows }) => rows !== undefined && rowFilterKey(rows) === key,
        ),
      );
    }
    return filters;
  }

  async #tagged(
    { scope }: AccessIntent,
    location: PortLocation,
    registered: () => Promise<RegisteredLocation[]>,
    look: ResolveOptions,
  ) {
    return scope.tagExpression?.length
      ? this.#taggedTables.read(location, scope.tagExpression, registered, look)
      : undefined;
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

function resourcesOf(
  intent: AccessIntent,
  location: PortLocation,
): LakeResource[] {
  const { scope } = intent;
  if (scope.tagExpression?.length) return tagPoliciesOf(intent, location);
  const names = new Set(scope.tables.map(({ table }) => glueName(table)));
  return [
    ...[...names].map(
      (table): TableResource => ({
        kind: 'table',
        catalogId: location.catalogId,
        database: location.database,
        table,
      }),
    ),
    allTables(location),
  ];
}

/**
 * Who may alter a table needs access to the registered location of its data
 * (ALTER asks for it, INSERT does not). Of all tables, also later ones, only
 * the location of the database is known; of what LF-Tags reach, none.
 */
function locationsFor(
  { scope }: AccessIntent,
  { tables }: ObservedPort,
  database: Database | undefined,
  registered: RegisteredLocation[],
): Pick<ObservedPort, 'locations' | 'registersLocations'> {
  const uris = scope.allTables
    ? [database?.LocationUri]
    : tables.map(({ location }) => location);
  const arns = uris.flatMap(uri => locationOf(uri, registered)?.arn ?? []);
  return {
    registersLocations: registered.length > 0,
    ...(arns.length > 0 && { locations: [...new Set(arns)].sort() }),
  };
}

/**
 * What lies at locations in hybrid access mode: tables, or all of a database.
 * One that says not where it lies may lie at any of them.
 */
function hybridTables(
  location: PortLocation,
  { tables }: ObservedPort,
  database: Database | undefined,
  registered: RegisteredLocation[],
): string[] {
  const { catalogId, database: name } = location;
  const hybrid = tables
    .filter(table => locationOf(table.location, registered)?.isHybrid)
    .map(
      (table): LakeResource => ({
        kind: 'table',
        catalogId,
        database: name,
        table: table.name,
      }),
    );
  const isWholeHybrid = database?.LocationUri
    ? locationOf(database.LocationUri, registered)?.isHybrid
    : database && registered.some(one => one.isHybrid);
  return [...hybrid, ...(isWholeHybrid ? [allTables(location)] : [])].map(
    resourceKey,
  );
}
