import { ALL_TABLES, Grant, GrantResource } from '../grants/Grant';
import { accountOfPrincipal, isOrganization } from '../iam/principals';
import { groupsOfMember } from '../shares/Organization';
import { reachesEntity } from '../shares/ResourceShare';
import { Catalog, EmulatorState } from '../state/EmulatorState';
import { catalogArn } from '../state/nestedCatalogs';

/** The organization that an account is a member of. */
export const organizationOf = (state: EmulatorState, account: string) =>
  state.organizations.find(({ accounts }) => accounts.includes(account));

/** The names of organizations and units by which an account is reached. */
export function groupsOf(state: EmulatorState, account: string): string[] {
  const organization = organizationOf(state, account);
  return organization ? groupsOfMember(organization, account) : [];
}

/** The settings decide how Lake Formation shares; 1 where they say nothing. */
export const crossAccountVersion = (catalog: Catalog) =>
  Number(catalog.settings.parameters.CROSS_ACCOUNT_VERSION ?? '1');

/** Whether a principal is of another account, or more than one account. */
export function isForeign(catalog: Catalog, principal: string): boolean {
  if (isOrganization(principal)) return true;
  const account = accountOfPrincipal(principal);
  return account !== undefined && account !== catalog.accountId;
}

/** Whom RAM knows for a principal: all IAM principals of an account are the account. */
export function entityOf(principal: string): string {
  const isArn = /^arn:aws:(iam|organizations):/.test(principal);
  return isArn ? principal : accountOfPrincipal(principal) ?? principal;
}

/** The ARNs under which a share has a resource, with all that contains it. */
export function sharedArns(
  catalog: Catalog,
  resource: GrantResource,
  version: number,
): string[] {
  const arn = (rest: string) =>
    `arn:aws:glue:${catalog.region}:${catalog.accountId}:${rest}`;
  const path = catalog.inside ? `${catalog.inside.path}/` : '';
  const above = [
    arn('catalog'),
    ...(catalog.inside ? [catalogArn(catalog)] : []),
  ];
  if (!('database' in resource)) return above;
  const databases = version >= 5 ? '*' : resource.database;
  above.push(arn(`database/${path}${databases}`));
  if (resource.kind === 'database') return above;
  if (version >= 5) return [...above, arn(`table/${path}*/*`)];
  const table = resource.table === ALL_TABLES ? '*' : resource.table;
  return [...above, arn(`table/${path}${resource.database}/${table}`)];
}

/** Locations are shared by Lake Formation alone. */
export const needsShare = (resource: GrantResource) =>
  resource.kind !== 'dataLocation';

/**
 * Whether a grant to another account has arrived there: its share is accepted
 * and holds the resource.
 */
export function hasArrived(catalog: Catalog, grant: Grant): boolean {
  if (!needsShare(grant.resource)) return true;
  const share =
    grant.share === undefined
      ? undefined
      : catalog.state.shares.get(grant.share);
  return (
    share !== undefined &&
    reachesEntity(share, entityOf(grant.principal)) &&
    sharedArns(catalog, grant.resource, share.version).every(
      arn => share.resources.get(arn)?.status === 'ASSOCIATED',
    )
  );
}

export const isActiveShare = ({ state }: Catalog, arn: string) =>
  state.shares.get(arn)?.status === 'ACTIVE';
