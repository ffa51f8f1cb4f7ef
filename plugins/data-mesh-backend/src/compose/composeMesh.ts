import { claimTrust, createClaims } from '../claims';
import { TablePowers } from '../drift/TablePowers';
import { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import { SYSTEM_ACTOR } from '../identity/Caller';
import { createNames } from '../names';
import { findNewlyReached, type NewlyReachedDeps } from '../newlyReached';
import { listen } from '../notices/listen';
import { Reminders } from '../notices/Reminders';
import { SubmissionNotices } from '../notices/SubmissionNotices';
import {
  ResourceAuthorizer,
  entitlementResourceRef,
  requestResourceRef,
} from '../permissions';
import { placeTrust, PlacedProducts } from '../places';
import { PolicyEvaluator } from '../policy/PolicyEvaluator';
import { createPublications } from '../publication';
import { RequestStore } from '../store/requests/RequestStore';
import { createSight } from '../sight';
import { Successions } from '../successions';
import { createTelemetry } from '../telemetry';
import { composeFoundation } from './composeFoundation';
import { composePrincipals } from './composePrincipals';
import { createProvisioning } from './createProvisioning';
import { createRequests } from './createRequests';
import { searchPeople } from '../catalog/searchPeople';
import { createScanning } from './createScanning';
import type { MeshEnvironment } from './MeshEnvironment';

/** Makes all parts of the plugin, each of those that it stands on. */
export function composeMesh(env: MeshEnvironment) {
  const { services, settings, knex, provisioners } = env;
  const foundation = composeFoundation(env);
  const { catalog, governance, people, places, permissions, logger } =
    foundation;

  const publications = createPublications(foundation);
  const { published } = publications;
  const entitlementStore = new EntitlementStore(knex);
  const successions = new Successions({
    ...foundation,
    published,
    withAccess: refs => entitlementStore.livePorts(refs),
  });
  const names = createNames({ ...foundation, config: services.config });
  const principals = composePrincipals(foundation, env);
  const requestStore = new RequestStore(knex);

  const { permissionsRegistry } = services;
  const authorizers = {
    entitlements: new ResourceAuthorizer({
      permissions,
      ruleset: () =>
        permissionsRegistry.getPermissionRuleset(entitlementResourceRef),
    }),
    requests: new ResourceAuthorizer({
      permissions,
      ruleset: () =>
        permissionsRegistry.getPermissionRuleset(requestResourceRef),
    }),
  };
  const sight = createSight({
    ...authorizers,
    grants: {
      governance,
      catalog,
      principals,
      lastOwnedBy: refs => entitlementStore.productsLastOwnedBy(refs),
      publishedOf: products => publications.of(products),
    },
  });
  const telemetry = createTelemetry({
    ...foundation,
    metrics: services.metrics,
    tracing: services.tracing,
    requests: requestStore,
  });
  const provisioning = createProvisioning({
    ...foundation,
    telemetry,
    requests: requestStore,
    access: {
      permissions,
      principals,
      products: catalog,
      governance,
      authorizer: authorizers.entitlements,
      successors: successions,
    },
    config: settings.worker,
  });
  const { reader } = provisioning;
  const scanning = createScanning({
    ...foundation,
    telemetry,
    principals,
    searchPeople: (text, of) => searchPeople(services.catalogService, text, of),
    credentials: () => services.auth.getOwnServiceCredentials(),
    authorizer: authorizers.entitlements,
    sight: sight.grants,
    entitlements: provisioning.entitlements,
    store: reader,
    move: provisioning.move,
    tablePowers: new TablePowers({ ...foundation, published }),
    config: settings.scan,
  });
  const submissions = new SubmissionNotices({
    ...foundation,
    requests: requestStore,
    principals,
    fallbackApprovers: settings.rules.fallbackApprovers,
  });
  listen(foundation.events, {
    ...foundation,
    events: services.events,
    requests: requestStore,
    entitlements: reader,
    submissions,
    governanceRefs: governance.refs,
  });

  const reminders = new Reminders({
    ...foundation,
    submissions,
    entitlements: reader,
    requests: requestStore,
    config: settings.reminders,
  });

  const sources = { published, holders: places, governance: governance.refs };
  const requests = createRequests({
    ...foundation,
    store: requestStore,
    undoSeconds: settings.undoSeconds,
    authorizer: authorizers.requests,
    sight,
    principals,
    sources,
    successors: successions,
    policy: new PolicyEvaluator({
      rules: settings.rules,
      policies: env.policies,
      people,
      principals,
      logger,
    }),
    entitlements: reader,
    intake: provisioning.intake,
  });
  const newlyReached: NewlyReachedDeps = {
    ...foundation,
    sources,
    stewards: settings.rules.stewards,
    rule: settings.newlyReached,
    move: provisioning.move,
    ask: signal => requests.resumptions.pass(signal),
    timeoutMs: 60_000,
  };
  // The passes look by themselves; who scans by hand waits for none of them.
  foundation.events.on('scanEnded', ({ claim, state }) =>
    state === 'done' && claim.actorRef !== SYSTEM_ACTOR
      ? foundation.looks.within(() => findNewlyReached(newlyReached))
      : undefined,
  );
  const placed = new PlacedProducts({ catalog, provisioners, published });
  const claims = createClaims({
    ...foundation,
    placed,
    impact: { placed, entitlements: reader, requests: requestStore },
  });
  names.sources.add(placeTrust(foundation.placeStore));
  names.sources.add(publications.trust);
  names.sources.add(claimTrust(claims.store));

  return {
    ...foundation,
    claims,
    names,
    newlyReached,
    placed,
    principals,
    provisioning,
    publications,
    reminders,
    requests,
    requestStore,
    scanning,
    sight,
    successions,
    start: () => {
      foundation.auditing.start();
      provisioning.start();
    },
    stop: async () => {
      telemetry.stop();
      await requests.undoable.stop();
      await scanning.stop();
      await provisioning.stop();
      await foundation.auditing.stop();
      foundation.looks.close();
    },
  };
}

/** All parts of the plugin. */
export type Mesh = ReturnType<typeof composeMesh>;
