import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { createPeople } from '@lakemesh/backstage-plugin-data-mesh-backend';
import { CatalogStanding } from './CatalogStanding';
import { decideDataMesh } from './decideDataMesh';
import { readPolicyRoles } from './readPolicyRoles';

/**
 * The rules of Lakemesh, to be asked by a policy of one's own.
 *
 * @public
 */
export interface DataMeshPolicy {
  /**
   * Decides permissions about access to data, and about deleting the catalog
   * entities that it rests on.
   *
   * @returns undefined for all others: they are not its own to decide
   */
  decide(
    query: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision | undefined>;
}

/**
 * Makes the rules of Lakemesh. In a backend module,
 * {@link dataMeshPolicyServiceRef} has them ready.
 *
 * @throws InputError where config names somebody by what is no reference
 * @public
 */
export function createDataMeshPolicy(options: {
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
}): DataMeshPolicy {
  const standing = new CatalogStanding({
    ...options,
    people: createPeople(options),
  });
  const roles = readPolicyRoles(options.config);
  return {
    decide: (query, user) =>
      decideDataMesh(query, user, {
        standing: known => standing.of(known),
        roles,
      }),
  };
}
