import { InputError } from '@backstage/errors';
import type {
  Principal,
  Topology,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LakeFormationConfig, LinkConfig, defaultLinks } from '../config';
import { PortLocation } from '../lake/PortLocation';

const notGrantable = (field: string, kind: string) =>
  new InputError(
    `${field} is of kind ${kind}, to which access is not granted; name a role, a user, a group, an account, an organizational unit or an organization`,
  );

/** How a principal is reached from the catalog. */
export interface Reach {
  topology: Topology;
  /**
   * `direct`: granted to by the catalog's account. `passed-on`: granted to by
   * its own account, which gets the grant option. `account`, `organization`:
   * the grant is to these themselves.
   */
  by: 'direct' | 'passed-on' | 'account' | 'organization';
  /** The principal's account, where it is another one than the catalog's. */
  consumer?: {
    accountId: string;
    links: LinkConfig;
    /** RAM shares with it without an invitation, as the configuration says. */
    isInOrganization: boolean;
  };
}

const GRANTED_ACROSS_ACCOUNTS: ReadonlySet<Principal['kind']> = new Set([
  'iam-role',
  'iam-user',
]);
const PASSED_ON_ACROSS_ACCOUNTS: ReadonlySet<Principal['kind']> = new Set([
  'identity-center-user',
  'identity-center-group',
  'saml-user',
  'saml-group',
  'quicksight-user',
  'quicksight-group',
  'iam-principals',
]);

/**
 * Topology is no mode that somebody sets: it follows from where the catalog,
 * the data and the principal are.
 *
 * @throws InputError where the principal is none that could be granted to
 */
export function reachOf(
  location: PortLocation,
  principal: Principal,
  config: Pick<
    LakeFormationConfig,
    'accounts' | 'organization' | 'identityCenterAccountId'
  >,
): Reach {
  const field = `principals[${principal.id}]`;
  const { kind } = principal;
  const { dataAccountId } = location;
  const across: Topology =
    dataAccountId && dataAccountId !== location.accountId
      ? 'central-governance'
      : 'peer-to-peer';
  if (kind === 'organization' || kind === 'organizational-unit') {
    return { topology: across, by: 'organization' };
  }
  const accountId = accountOf(principal, location, config);
  if (accountId === location.accountId) {
    if (kind === 'account') {
      throw new InputError(
        `${field} is the account of the catalog itself, which owns all of it; name a role of it`,
      );
    }
    if (
      !GRANTED_ACROSS_ACCOUNTS.has(kind) &&
      !PASSED_ON_ACROSS_ACCOUNTS.has(kind)
    ) {
      throw notGrantable(field, kind);
    }
    return { topology: 'single-account', by: 'direct' };
  }
  const consumer = {
    accountId,
    links:
      config.accounts.find(account => account.accountId === accountId)?.links ??
      defaultLinks,
    isInOrganization: isInOrganization(
      [location.accountId, accountId],
      config.organization,
    ),
  };
  if (kind === 'account') return { topology: across, by: 'account', consumer };
  if (GRANTED_ACROSS_ACCOUNTS.has(kind)) {
    return { topology: across, by: 'direct', consumer };
  }
  if (PASSED_ON_ACROSS_ACCOUNTS.has(kind)) {
    return { topology: across, by: 'passed-on', consumer };
  }
  throw notGrantable(field, kind);
}

/** Identity Center's users and groups live in no account: it is configured. */
function accountOf(
  principal: Principal,
  location: PortLocation,
  config: Pick<LakeFormationConfig, 'identityCenterAccountId'>,
): string {
  if (principal.accountId) return principal.accountId;
  if (principal.kind.startsWith('identity-center')) {
    return config.identityCenterAccountId ?? location.accountId;
  }
  throw notGrantable(`principals[${principal.id}]`, principal.kind);
}

function isInOrganization(
  accountIds: string[],
  organization: LakeFormationConfig['organization'],
): boolean {
  if (!organization) return false;
  return (
    organization.accounts === 'all' ||
    accountIds.every(one => organization.accounts.includes(one))
  );
}

/** Whether the plan makes a resource link in the consumer's catalog. */
export const makesLink = ({ by, consumer }: Reach): boolean =>
  consumer !== undefined &&
  consumer.links.kind !== 'none' &&
  (by !== 'account' || consumer.links.forAccount);

/** Whether somebody may have to accept an invitation. */
export const needsAcceptance = ({ consumer }: Reach): boolean =>
  consumer !== undefined && !consumer.isInOrganization;
