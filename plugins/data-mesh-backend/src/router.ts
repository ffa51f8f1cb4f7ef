import type {
  AuditorService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { PolicyRules } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { registerAnswerRoutes } from './answers';
import { registerAuditRoutes, type AuditReaders, type Auditing } from './audit';
import type { DoctorDeps } from './doctor/doctorReport';
import {
  countClaimsToDecide,
  registerClaimRoutes,
  type ClaimDeps,
} from './claims';
import { registerDoctorRoutes } from './doctor/router';
import { registerEntitlementRoutes, registerUseRoutes } from './entitlements';
import { registerDriftRoutes } from './drift';
import { registerExplorerRoutes } from './grants';
import { createApiRouter } from './http/apiRouter';
import { reportRefusals } from './http/audited';
import { concealFailures } from './http/concealFailures';
import type { CallerResolver } from './identity/CallerResolver';
import type { Looks } from './looks';
import { registerMeRoutes } from './me/router';
import { registerNameRoutes, type Names } from './names';
import { registerPlaceRoutes, type PlaceReader } from './places';
import type { PrincipalDirectory } from './principals/PrincipalDirectory';
import type { ProductOverviewDeps } from './products/productOverview';
import type { ProductSearch } from './products/ProductSearch';
import type { ProductUsageReader } from './products/ProductUsageReader';
import { registerProductRoutes } from './products/router';
import type { Provisioning } from './compose/createProvisioning';
import type { ProvisionerRegistry } from './provisioners/ProvisionerRegistry';
import { registerPublicationRoutes, type Publications } from './publication';
import { registerRequestRoutes, type Requests } from './requests/router';
import { registerProductGrantRoutes, registerScanRoutes } from './scans';
import type { Scanning } from './compose/createScanning';
import type { Successions } from './successions';
import { registerTagRoutes, type TagService } from './tags';

/** All routes of the plugin, by the contract in `schema/openapi.yaml`. */
export function createRouter(deps: {
  logger: LoggerService;
  looks: Looks;
  callers: CallerResolver;
  permissions: PermissionsService;
  auditor: AuditorService;
  knex: Knex;
  clock: () => Date;
  auditing: Pick<Auditing, 'log' | 'keys' | 'checks' | 'state'>;
  auditReaders: AuditReaders;
  rules: PolicyRules;
  principals: PrincipalDirectory;
  provisioners: ProvisionerRegistry;
  provisioning: Pick<Provisioning, 'entitlements' | 'readiness'>;
  doctor: DoctorDeps;
  scanning: Pick<
    Scanning,
    'explorer' | 'questions' | 'subjects' | 'drift' | 'scans' | 'productGrants'
  >;
  requests: Requests;
  placeReader: PlaceReader;
  publications: Publications;
  claims: ClaimDeps;
  usage: ProductUsageReader;
  productSearch: Pick<ProductSearch, 'find'>;
  overview: ProductOverviewDeps;
  successions: Successions;
  tags: TagService;
  names: Names['service'];
  validateResponses?: boolean;
}): Router {
  const router = createApiRouter({ validateResponses: deps.validateResponses });
  router.use(deps.looks.perRequest);
  const { entitlements } = deps.provisioning;
  registerMeRoutes(router, deps);
  registerProductRoutes(router, deps);
  registerProductGrantRoutes(router, { ...deps, ...deps.scanning });
  registerTagRoutes(router, deps);
  registerRequestRoutes(router, {
    ...deps,
    otherCounts: async caller => {
      const [claims, publicationsToDecide] = await Promise.all([
        countClaimsToDecide(deps.claims, caller),
        deps.publications.reader.countToDecide(caller),
      ]);
      return { ...claims, publicationsToDecide };
    },
  });
  registerPlaceRoutes(router, deps);
  registerPublicationRoutes(router, deps);
  registerClaimRoutes(router, deps);
  registerEntitlementRoutes(router, { ...deps, entitlements });
  registerUseRoutes(router, { ...deps, ...deps.provisioning });
  registerDoctorRoutes(router, deps);
  registerNameRoutes(router, deps);
  registerExplorerRoutes(router, { ...deps, ...deps.scanning });
  registerAnswerRoutes(router, { ...deps, ...deps.scanning });
  registerDriftRoutes(router, { ...deps, ...deps.scanning });
  registerScanRoutes(router, { ...deps, ...deps.scanning });
  registerAuditRoutes(router, deps);
  router.use(reportRefusals(deps.auditor), concealFailures(deps));
  return router;
}
