import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { catalogTrust } from './catalogTrust';
import { configTrust } from './configTrust';
import { NameAnchors } from './NameAnchors';
import { nameChecks } from './nameChecks';
import { NameService } from './NameService';
import type { NameTrust } from './NameTrust';
import { recordTrust } from './recordTrust';
import { TrustedNames } from './TrustedNames';
import { TrustSources } from './TrustSources';

/** Makes what knows of trusted names. */
export function createNames(deps: {
  knex: Knex;
  config: Config;
  catalog: MeshCatalog;
  anchors: NameAnchors;
  trustedLocations: readonly string[];
  governance: ConstructorParameters<typeof NameService>[0]['governance'] & {
    refs: readonly string[];
  };
  permissions: PermissionsService;
  audit: AuditLog;
}) {
  const { knex, config, catalog, anchors } = deps;
  const sources = new TrustSources([
    catalogTrust(catalog),
    recordTrust(knex),
    configTrust(config),
  ]);
  const trust: NameTrust = refs => sources.trusted(refs);
  const names = new TrustedNames({ trust, catalog, anchors });
  return {
    /** For parts that keep records of their own. */
    sources,
    names,
    service: new NameService({ ...deps, trust }),
    checks: nameChecks({ ...deps, names }),
  };
}

/** All about trusted names. */
export type Names = ReturnType<typeof createNames>;
