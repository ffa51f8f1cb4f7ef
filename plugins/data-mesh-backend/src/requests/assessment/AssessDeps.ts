import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { MeshCatalog } from '../../catalog/MeshCatalog';
import type { EntitlementReader } from '../../entitlements/reading/EntitlementReader';
import type { ProductPowers } from '../../people';
import type { PolicyEvaluator } from '../../policy/PolicyEvaluator';
import type { PrincipalDirectory } from '../../principals/PrincipalDirectory';
import type { AccessPlanner } from '../../provisioners/AccessPlanner';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import type { JudgeSources } from '../reach/sources';

/** What finding out about a draft takes. */
export interface AssessDeps {
  catalog: MeshCatalog;
  sources: JudgeSources;
  provisioners: ProvisionerRegistry;
  principals: PrincipalDirectory;
  powers: ProductPowers;
  policy: PolicyEvaluator;
  permissions: PermissionsService;
  planner: AccessPlanner;
  entitlements: EntitlementReader;
  now: () => Date;
}
