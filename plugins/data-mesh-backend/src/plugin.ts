import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  RESOURCE_TYPE_ENTITLEMENT,
  RESOURCE_TYPE_REQUEST,
  dataMeshPermissions,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  approvalPoliciesExtensionPoint,
  principalResolversExtensionPoint,
  provisionersExtensionPoint,
  type ApprovalPolicy,
  type PrincipalResolver,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  AuditReaders,
  createAuditing,
  readAuditConfig,
  scheduleAuditing,
} from './audit';
import { MeshCatalog } from './catalog/MeshCatalog';
import { followCatalog } from './catalog/followCatalog';
import { readAccountAliases } from './config/readAccountAliases';
import { readGovernanceRefs } from './config/readGovernanceRefs';
import { requireKnownKeys } from './config/knownConfig';
import { readNewlyReached, readPolicyRules } from './config/readPolicyRules';
import {
  isFromTrustedLocation,
  readTrustedLocations,
} from './config/trustedLocations';
import { migrate } from './database/migrate';
import { CatalogPlaceImpact, createClaims } from './claims';
import { Looks } from './looks';
import { EntitlementStore } from './entitlements/EntitlementStore';
import { CallerResolver } from './identity/CallerResolver';
import { DoctorService } from './doctor/DoctorService';
import { TablePowers } from './drift/TablePowers';
import { NameAnchors, createNames } from './names';
import { MeshEvents } from './events';
import { listen } from './notices/listen';
import { createTellPeople } from './notices/tellPeople';
import { NewlyReached } from './newlyReached';
import {
  PermissionsTogether,
  ResourceAuthorizer,
  entitlementResourceRef,
  entitlementRules,
  requestResourceRef,
  requestRules,
} from './permissions';
import { Governance, ProductPowers, peopleChecks, peopleOf } from './people';
import {
  PlaceReader,
  PlaceStore,
  PlaceTrust,
  PlacedProducts,
  Places,
  checkPlaces,
  readDomains,
} from './places';
import { PolicyEvaluator } from './policy/PolicyEvaluator';
import { AnnotationPrincipalResolver } from './principals/AnnotationPrincipalResolver';
import { PrincipalDirectory } from './principals/PrincipalDirectory';
import { ProductUsageReader } from './products/ProductUsageReader';
import { readWorkerConfig } from './provisioning';
import { createProvisioning } from './compose/createProvisioning';
import { ProvisionerRegistry } from './provisioners/ProvisionerRegistry';
import { createPublications } from './publication';
import { createRequests } from './compose/createRequests';
import { toResource } from './requests/RequestRecord';
import { RequestStore } from './requests/RequestStore';
import { createRouter } from './router';
import { readScanConfig } from './config/scanConfig';
import { createScanning } from './compose/createScanning';
import { schedulePasses } from './schedulePasses';
import { createSight } from './sight';
import { Successions } from './successions';
import { ResourceLocks, TagLooks, TagService } from './tags';
import { createTelemetry } from './telemetry';

/** What tests put in the place of the real thing. */
export interface DataMeshPluginOptions {
  now?: () => Date;
  /** Answers that break the contract become errors. */
  validateResponses?: boolean;
}

/** Makes the plugin. Wires only: what is done stands in the parts. */
export function createDataMeshPlugin(options: DataMeshPluginOptions = {}) {
  return createBackendPlugin({
    pluginId: 'data-mesh',
    register(env) {
      const provisioners = new ProvisionerRegistry();
      const resolvers: PrincipalResolver[] = [];
      const policies: ApprovalPolicy[] = [];
      env.registerExtensionPoint(provisionersExtensionPoint, provisioners);
      env.registerExtensionPoint(principalResolversExtensionPoint, {
        addPrincipalResolver: resolver => resolvers.push(resolver),
      });
      env.registerExtensionPoint(approvalPoliciesExtensionPoint, {
        addApprovalPolicy: policy => policies.push(policy),
      });

      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalogService: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          events: eventsServiceRef,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          notifications: notificationService,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          scheduler: coreServices.scheduler,
          signals: signalsServiceRef,
          tracing: tracingServiceRef,
        },
        async init(services) {
          const { auditor, auth, config, logger } = services;
          const { permissionsRegistry } = services;
          const looks = new Looks();
          const permissions = new PermissionsTogether(
            services.permissions,
            looks,
          );
          requireKnownKeys(config);
          const rules = readPolicyRules(config);
          const newlyReachedRule = readNewlyReached(config);
          const domains = readDomains(config);
          const trustedLocations = readTrustedLocations(config);

          const knex = await services.database.getClient();
          if (!services.database.migrations?.skip) {
            await migrate(knex);
          }

          const now = options.now ?? (() => new Date());
          const auditConfig = readAuditConfig(config);
          const auditing = createAuditing({
            knex,
            auditor,
            logger,
            rootConfig: config,
            config: auditConfig,
            clock: now,
          });
          const audit = auditing.log;
          const anchors = new NameAnchors({
            knex,
            trustedLocations,
            clock: now,
          });
          const { standing } = anchors;
          const readPrincipal = (id: string) => provisioners.readPrincipal(id);
          const catalog = new MeshCatalog({
            catalog: services.catalogService,
            auth,
            looks,
            standing,
            readPrincipal,
          });
          const people = peopleOf({ catalog, config, standing });
          const governance = new Governance(
            readGovernanceRefs(config),
            auditConfig.auditorRefs,
          );
          const placeStore = new PlaceStore(knex);
          const places = new Places({
            store: placeStore,
            catalog,
            people,
            configured: domains,
            trustedLocations,
          });
          const powers = new ProductPowers({ governance, catalog });
          const { events, signals } = services;
          const meshEvents = new MeshEvents({ logger });
          const telling = {
            events,
            signals,
            logger,
            tellPeople: createTellPeople({
              notifications: services.notifications,
              people,
              governance: governance.refs,
              logger,
            }),
          };
          const publications = createPublications({
            db: knex,
            catalog,
            places,
            people,
            governance,
            provisioners,
            permissions,
            rules,
            trustedLocations,
            audit,
            events: meshEvents,
            now,
          });
          const successions = new Successions({
            catalog,
            published: publications.published,
            places,
            provisioners,
            withAccess: refs => new EntitlementStore(knex).livePorts(refs),
            now,
          });
          const names = createNames({
            knex,
            config,
            catalog,
            anchors,
            trustedLocations,
            governance,
            permissions,
            audit,
          });
          names.sources.add(new PlaceTrust(placeStore));
          const aliases = readAccountAliases(config);
          const principals = new PrincipalDirectory({
            resolvers:
              resolvers.length > 0
                ? resolvers
                : [
                    new AnnotationPrincipalResolver(catalog, {
                      read: readPrincipal,
                      logger,
                    }),
                  ],
            people,
            provisioners,
            aliases,
            // Who brings its own resolver answers for it.
            ...(resolvers.length === 0 && {
              vouching: async vias => {
                const entities = await catalog.entitiesOf(vias);
                return vias.filter(via => {
                  const entity = entities.get(via);
                  return (
                    entity && isFromTrustedLocation(trustedLocations, entity)
                  );
                });
              },
            }),
          });
          const store = new RequestStore(knex);

          const authorizer = new ResourceAuthorizer({
            permissions,
            ruleset: () =>
              permissionsRegistry.getPermissionRuleset(entitlementResourceRef),
          });
          const requestAuthorizer = new ResourceAuthorizer({
            permissions,
            ruleset: () =>
              permissionsRegistry.getPermissionRuleset(requestResourceRef),
          });
          const sight = createSight({
            requests: requestAuthorizer,
            entitlements: authorizer,
            grants: {
              governance,
              catalog,
              principals,
              lastOwnedBy: refs =>
                new EntitlementStore(knex).productsLastOwnedBy(refs),
              publishedOf: products => publications.of(products),
            },
          });
          const telemetry = createTelemetry({
            metrics: services.metrics,
            tracing: services.tracing,
            knex,
            events: meshEvents,
            requests: store,
            clock: now,
          });
          services.lifecycle.addShutdownHook(() => telemetry.stop());
          const provisioning = createProvisioning({
            telemetry,
            knex,
            logger,
            audit,
            provisioners,
            requests: store,
            events: meshEvents,
            access: {
              permissions,
              principals,
              products: catalog,
              governance,
              authorizer,
              sight: sight.grants,
              successors: successions,
            },
            config: readWorkerConfig(config),
            clock: now,
          });
          const scanConfig = readScanConfig(config);
          const scans = createScanning({
            telemetry,
            knex,
            logger,
            audit,
            provisioners,
            catalog,
            principals,
            permissions,
            authorizer,
            sight: sight.grants,
            entitlements: provisioning.entitlements,
            store: provisioning.reader,
            move: provisioning.move,
            events: meshEvents,
            people,
            powers,
            tablePowers: new TablePowers({
              knex,
              published: publications.published,
              places,
              catalog,
              provisioners,
            }),
            places,
            aliases,
            config: scanConfig,
            clock: now,
          });
          listen(meshEvents, {
            ...telling,
            principals,
            fallbackApprovers: rules.fallbackApprovers,
            governanceRefs: governance.refs,
          });

          permissionsRegistry.addPermissions(
            dataMeshPermissions.filter(one => !isResourcePermission(one)),
          );
          permissionsRegistry.addResourceType({
            resourceRef: requestResourceRef,
            permissions: dataMeshPermissions.filter(one =>
              isResourcePermission(one, RESOURCE_TYPE_REQUEST),
            ),
            rules: Object.values(requestRules),
            getResources: async ids => {
              const found = new Map(
                (await store.summaries(ids)).map(one => [one.id, one]),
              );
              return ids.map(id => {
                const one = found.get(id);
                return one && toResource(one);
              });
            },
          });
          permissionsRegistry.addResourceType({
            resourceRef: entitlementResourceRef,
            permissions: dataMeshPermissions.filter(one =>
              isResourcePermission(one, RESOURCE_TYPE_ENTITLEMENT),
            ),
            rules: Object.values(entitlementRules),
            getResources: ids => provisioning.entitlements.getResources(ids),
          });

          const sources = {
            published: publications.published,
            holders: places,
            governance: governance.refs,
          };
          const requests = createRequests({
            db: knex,
            store,
            logger,
            permissions,
            authorizer: requestAuthorizer,
            sight,
            audit,
            catalog,
            provisioners,
            principals,
            powers,
            auth,
            looks,
            people,
            sources,
            successors: successions,
            policy: new PolicyEvaluator({
              rules,
              policies,
              people,
              principals,
              logger,
            }),
            entitlements: provisioning.reader,
            intake: provisioning.intake,
            events: meshEvents,
            now,
          });

          const newlyReached = new NewlyReached({
            knex,
            audit,
            provisioners,
            sources,
            stewards: rules.stewards,
            rule: newlyReachedRule,
            move: provisioning.move,
            ask: signal => requests.resumptions.pass(signal),
            events: meshEvents,
            timeoutMs: 60_000,
            logger,
          });
          const placed = new PlacedProducts({
            catalog,
            provisioners,
            published: publications.published,
          });
          const claims = createClaims({
            knex,
            logger,
            signals,
            tellPeople: telling.tellPeople,
            permissions,
            audit,
            people,
            governance,
            places,
            placeStore,
            placed,
            impact: new CatalogPlaceImpact({
              placed,
              entitlements: provisioning.reader,
              requests: store,
            }),
            provisioners,
            aliases,
            now,
          });
          names.sources.add(publications.trust);
          names.sources.add(claims.trust);

          services.httpRouter.use(
            createRouter({
              logger,
              looks,
              callers: new CallerResolver({
                httpAuth: services.httpAuth,
                people,
              }),
              permissions,
              auditor,
              knex,
              auditing,
              auditReaders: new AuditReaders({
                permissions,
                governance,
              }),
              rules,
              principals,
              provisioners,
              provisioning,
              doctor: new DoctorService({
                catalog,
                entitlements: provisioning.reader,
                provisioners,
                permissions,
                checks: [
                  publications.checks,
                  names.checks,
                  async () =>
                    peopleChecks({
                      people,
                      governanceRefs: governance.refs,
                      rules,
                      ports: (await catalog.products()).flatMap(
                        product => product.ports,
                      ),
                    }),
                  checkPlaces({ placed, places }),
                ],
                successors: successions,
                sight: sight.grants,
                now,
              }),
              names: names.service,
              successions,
              scanning: scans,
              requests,
              claims,
              placeReader: new PlaceReader({
                places,
                placed,
                aliases,
                permissions,
                governance,
              }),
              publications,
              usage: new ProductUsageReader({
                requests: store,
                entitlements: provisioning.reader,
                principals,
                catalog,
                sight,
                publications: publications.reader,
              }),
              tags: new TagService({
                knex,
                catalog,
                published: publications.published,
                provisioners,
                permissions,
                governance,
                audit,
                locks: new ResourceLocks({ knex, clock: now }),
                looks: new TagLooks({ knex }),
                clock: now,
              }),
              validateResponses: options.validateResponses,
            }),
          );

          await schedulePasses(services.scheduler, [
            {
              id: 'data-mesh-follow-catalog',
              frequency: { minutes: 1 },
              initialDelay: { seconds: 15 },
              fn: async signal => {
                const moved = await followCatalog(
                  { knex, audit, catalog },
                  signal,
                );
                if (moved.length > 0) {
                  logger.info(
                    `Requests and entitlements follow the present owner and domain of ${moved.join(
                      ', ',
                    )}`,
                  );
                }
              },
            },
            {
              id: 'data-mesh-lapse-requests',
              frequency: { minutes: 10 },
              initialDelay: { seconds: 30 },
              fn: async signal => {
                const lapsed = await requests.closer.lapse(signal);
                if (lapsed > 0) logger.info(`${lapsed} requests have lapsed`);
                await requests.again.pass(signal);
              },
            },
            {
              id: 'data-mesh-publish',
              frequency: { minutes: 1 },
              initialDelay: { seconds: 5 },
              fn: async signal => {
                await publications.published.pass(signal);
              },
            },
            {
              id: 'data-mesh-scan',
              frequency: scanConfig.frequency,
              timeout: scanConfig.timeout,
              initialDelay: { seconds: 60 },
              fn: async signal => {
                await scans.scanner.pass(signal);
                await looks.within(() => newlyReached.pass(signal));
              },
            },
            {
              id: 'data-mesh-scan-upkeep',
              frequency: { minutes: 1 },
              timeout: scanConfig.timeout,
              initialDelay: { seconds: 30 },
              fn: signal => scans.upkeep(signal),
            },
            {
              id: 'data-mesh-names',
              frequency: { minutes: 5 },
              initialDelay: { seconds: 45 },
              fn: () => names.names.remember(),
            },
          ]);
          await scheduleAuditing(services.scheduler, auditing, auditConfig);
          services.lifecycle.addStartupHook(() => {
            auditing.start();
            provisioning.start();
          });
          services.lifecycle.addShutdownHook(async () => {
            await scans.stop();
            await provisioning.stop();
            await auditing.stop();
            looks.close();
          });
        },
      });
    },
  });
}

/**
 * The data mesh backend: access requests, entitlements, grants and audit.
 *
 * @public
 */
const dataMeshPlugin = createDataMeshPlugin();

export default dataMeshPlugin;
