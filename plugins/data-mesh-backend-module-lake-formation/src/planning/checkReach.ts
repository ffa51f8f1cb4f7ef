import { InputError } from '@backstage/errors';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation } from '../lake/PortLocation';
import { ObservedPort } from './ObservedPort';
import { Reach, makesLink } from './Reach';

/** From this version on Lake Formation grants to principals of other accounts. */
const DIRECT_VERSION = 3;

/**
 * Refuses what Lake Formation refuses across accounts. Nothing is changed for
 * it: the version is a setting of the whole account.
 *
 * @throws InputError naming the field and the way out
 */
export function checkReach(
  { principal, scope }: AccessIntent,
  location: PortLocation,
  reach: Reach,
  { crossAccountVersion: version }: Pick<ObservedPort, 'crossAccountVersion'>,
): void {
  if (reach.topology === 'single-account') return;
  if (version !== undefined && version < DIRECT_VERSION) {
    const what =
      (reach.by === 'direct' &&
        `principals[${principal.id}] lives in another account`) ||
      (scope.tagExpression?.length &&
        'scope.tagExpression goes to another account');
    if (what) {
      throw new InputError(
        `${what}, and account ${location.accountId} shares by cross-account version ${version}, where ${DIRECT_VERSION} is needed. ` +
          `Raise CROSS_ACCOUNT_VERSION in its data lake settings; that changes how all of the account is shared, so it is not done here`,
      );
    }
  }
  const links = reach.consumer?.links;
  if (!links || !makesLink(reach) || links.kind !== 'table') return;
  if (scope.tables.length === 0) {
    throw new InputError(
      `scope: account ${reach.consumer?.accountId} links table by table, and ${
        scope.allTables ? 'all tables' : 'a tag expression'
      } reach tables that are not known yet; set dataMesh.lakeFormation.accounts[].links.kind to 'database', or name tables`,
    );
  }
  if (links.region && links.region !== location.region) {
    throw new InputError(
      `location.region is ${location.region}, and account ${reach.consumer?.accountId} makes its table links in ${links.region}; across regions Glue links databases only: set dataMesh.lakeFormation.accounts[].links.kind to 'database'`,
    );
  }
}
