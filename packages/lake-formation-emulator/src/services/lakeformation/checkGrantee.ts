import {
  accessDenied,
  invalidInput,
  notEmulated,
} from '../../model/api/AwsError';
import { Catalog, Account } from '../../model/state/EmulatorState';
import { principalExists } from '../../model/state/existence';
import { PermissionChange } from '../../model/grants/Grant';
import { homeOf } from '../../model/access/sources';
import { hasGroup, organizationArn } from '../../model/shares/Organization';
import {
  IAM_ALLOWED_PRINCIPALS,
  accountOfPrincipal,
  isAccountId,
  isOrganization,
} from '../../model/iam/principals';
import { isHeldByIam } from '../../model/access/sharedAccess';
import {
  crossAccountVersion,
  isForeign,
  organizationOf,
} from '../../model/sharing/arrival';
import { OperationContext } from '../Operation';

/** From this version on the grantor shares with principals and by LF-Tags. */
const DIRECT_VERSION = 3;

/** From this version on what is in nested catalogs can be shared. */
const NESTED_VERSION = 4;

const isIamPrincipal = (principal: string) =>
  /^arn:aws:iam::\d{12}:(role|user)\/|^\d{12}:IAMPrincipals$/.test(principal);

/** Whether a grant is for whole accounts, whose administrators pass it on. */
const isForAccounts = (principal: string) =>
  isAccountId(principal) || isOrganization(principal);

const isIdentityCenter = (principal: string) =>
  principal.startsWith('arn:aws:identitystore:::');

function checkGrantOption({ principal, grantable }: PermissionChange) {
  const isGroupOfAll =
    principal === IAM_ALLOWED_PRINCIPALS ||
    principal.endsWith(':IAMPrincipals');
  if (isGroupOfAll && grantable.length) {
    throw invalidInput(
      `Grant option is not supported for the principal ${principal}.`,
    );
  }
}

/**
 * Identity Center's principals name no account. An account that is not connected
 * while others are would share with theirs; where none is, Identity Center is
 * not a matter.
 */
function checkIdentityCenter({ state, accountId, region }: Catalog) {
  const isConnected = (account: Account) =>
    account.catalogs.get(region)?.identityCenter !== undefined;
  const own = state.accounts.get(accountId);
  if (
    !(own && isConnected(own)) &&
    [...state.accounts.values()].some(isConnected)
  ) {
    throw invalidInput(
      'Cross-account grants are not supported for the principal.',
    );
  }
}

/** An organization must be the owner's own, and share. */
function checkOrganization(catalog: Catalog, principal: string) {
  const organization = organizationOf(catalog.state, catalog.accountId);
  if (!organization || !hasGroup(organization, principal)) {
    throw invalidInput('Organization ID not found');
  }
  if (!organization.sharingEnabled) {
    throw accessDenied(
      `Access denied to retrieve AWS Organization information: sharing with ${organizationArn(
        organization,
      )} is not enabled.`,
    );
  }
}

/** Below, AWS shares by LF-Tags through the resource policy, without RAM. */
const tagsBelow = (version: number) =>
  notEmulated(
    `grants by LF-Tags to other accounts below cross account version ${DIRECT_VERSION} (found version ${version})`,
  );

/** Versions of the two accounts that do not work together. */
function checkVersions(
  catalog: Catalog,
  { principal, resource }: PermissionChange,
) {
  const version = crossAccountVersion(catalog);
  if (isIamPrincipal(principal) && version < DIRECT_VERSION) {
    throw invalidInput(
      `Invalid cross account grant request. Grants to principals of another account need cross account version 3 or above, found version ${version}.`,
    );
  }
  const account = accountOfPrincipal(principal);
  const isByTags = resource.kind === 'lfTag' || resource.kind === 'lfTagPolicy';
  if (account === undefined) {
    if (isByTags && version < DIRECT_VERSION) throw tagsBelow(version);
    return;
  }
  const theirs = crossAccountVersion(homeOf(catalog, account));
  if (catalog.inside && version < NESTED_VERSION) {
    throw invalidInput(
      `Invalid cross account grant request. Resources of nested catalogs are shared from cross account version ${NESTED_VERSION} on, found version ${version}.`,
    );
  }
  const needed = isByTags ? DIRECT_VERSION : 2;
  if (theirs >= DIRECT_VERSION && version < needed) {
    throw invalidInput(
      `Invalid cross account grant request. Consumer account has opt-in to cross account version: v${theirs}. Please update the cross account version of the account ${catalog.accountId}, which is v${version}.`,
    );
  }
  if (isByTags && version < DIRECT_VERSION) throw tagsBelow(version);
}

/** What may be shared at all. */
function checkShared(
  catalog: Catalog,
  { principal, resource, ...change }: PermissionChange,
) {
  const forAccounts = isForAccounts(principal);
  const permissions = [...change.permissions, ...change.grantable];
  if (!forAccounts && change.grantable.length) {
    throw invalidInput(
      'Grant option is not supported for principals of another account.',
    );
  }
  switch (resource.kind) {
    case 'catalog':
      if (!catalog.inside) {
        throw notEmulated(
          'grants on the catalog of a whole account to other accounts',
        );
      }
      break;
    case 'lfTagExpression':
      throw invalidInput(
        'LF-Tag expressions cannot be granted to another account.',
      );
    case 'lfTagPolicy':
      if ('expressionName' in resource) {
        throw invalidInput(
          'Saved LF-Tag expressions cannot be used in grants to another account.',
        );
      }
      break;
    case 'lfTag': {
      const wrong = permissions.find(
        permission => !['ASSOCIATE', 'DESCRIBE'].includes(permission),
      );
      if (wrong) {
        throw invalidInput(
          `${wrong} on an LF-Tag cannot be granted to another account.`,
        );
      }
      break;
    }
    case 'database': {
      const wrong = ['ALL', 'DROP'].find(one => permissions.includes(one));
      if (wrong) {
        throw invalidInput(
          `${wrong} on a database cannot be granted to another account.`,
        );
      }
      break;
    }
    case 'table':
      if (forAccounts && permissions.includes('ALL')) {
        throw invalidInput(
          'ALL on a table cannot be granted to an external account or organization.',
        );
      }
      break;
    default:
  }
  if (forAccounts && change.columns && 'exclude' in change.columns) {
    throw invalidInput(
      'Columns can only be included, not excluded, when they are granted to an external account or organization.',
    );
  }
}

/** A grant by the owner to another account, its principal or an organization. */
function checkForeignGrantee(
  { state }: OperationContext,
  catalog: Catalog,
  change: PermissionChange,
) {
  const { principal, resource } = change;
  if (isOrganization(principal)) {
    checkOrganization(catalog, principal);
  } else if (!isAccountId(principal) && !isIamPrincipal(principal)) {
    // SAML and QuickSight principals are reached through their account.
    throw invalidInput(
      'Cross-account grants are not supported for the principal.',
    );
  }
  if (!principalExists(state, principal)) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
  checkVersions(catalog, change);
  checkShared(catalog, change);
  if (isHeldByIam(catalog, resource)) {
    throw accessDenied(
      'Insufficient Lake Formation permissions: Illegal combination',
    );
  }
}

/** A grant by an account to its own principals of what another one shares. */
function checkPassedOn(
  { state, caller }: OperationContext,
  { principal }: PermissionChange,
) {
  const account = accountOfPrincipal(principal);
  const isOwn = account === caller.account && !isAccountId(principal);
  if (!isOwn && !isIdentityCenter(principal)) {
    throw invalidInput(
      `What is shared with account ${caller.account} can only be granted to its own principals, found '${principal}'.`,
    );
  }
  if (!principalExists(state, principal)) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
}

/** Refuses whoever may not be granted a change by this caller. */
export function checkGrantee(
  context: OperationContext,
  catalog: Catalog,
  change: PermissionChange,
): void {
  const { principal } = change;
  checkGrantOption(change);
  if (context.caller.account !== catalog.accountId) {
    checkPassedOn(context, change);
    return;
  }
  if (isIdentityCenter(principal)) checkIdentityCenter(catalog);
  if (isForeign(catalog, principal)) {
    checkForeignGrantee(context, catalog, change);
    return;
  }
  if (
    principal === catalog.accountId ||
    !principalExists(context.state, principal)
  ) {
    throw invalidInput(`Invalid principal, '${principal}'.`);
  }
}
