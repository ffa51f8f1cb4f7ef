import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { CatalogTrust } from './CatalogTrust';
import { ConfigTrust } from './ConfigTrust';
import { NameAnchors } from './NameAnchors';
import { nameChecks } from './nameChecks';
import { NameService } from './NameService';
import { RecordTrust } from './RecordTrust';
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
  const trust = new TrustSources([
    new CatalogTrust(catalog),
    new RecordTrust(knex),
    new ConfigTrust(config),
  ]);
  const names = new TrustedNames({ trust, catalog, anchors });
  return {
    /** For parts that keep records of their own. */
    sources: trust,
    names,
    service: new NameService({ ...deps, trust }),
    checks: nameChecks({ ...deps, names }),
  };
}

/** All about trusted names. */
export type Names = ReturnType<typeof createNames>;
