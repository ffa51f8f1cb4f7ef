import { randomBytes, randomUUID } from 'node:crypto';
import { hasSharableKey } from '../catalog/catalogEncryption';
import { allowsSharing } from '../catalog/resourcePolicy';
import { Grant } from '../grants/Grant';
import { accountOfPrincipal } from '../iam/principals';
import { hasGroup } from '../shares/Organization';
import {
  ResourceShare,
  ShareAssociation,
  ShareInvitation,
  canBeAccepted,
} from '../shares/ResourceShare';
import { Catalog, EmulatorState } from '../state/EmulatorState';
import {
  crossAccountVersion,
  entityOf,
  needsShare,
  organizationOf,
  sharedArns,
} from './arrival';

/** Whether RAM shares with the principal without asking. */
function needsNoInvitation(
  state: EmulatorState,
  owner: string,
  principal: string,
): boolean {
  const organization = organizationOf(state, owner);
  if (!organization?.sharingEnabled) return false;
  const account = accountOfPrincipal(principal);
  return account !== undefined
    ? organization.accounts.includes(account)
    : hasGroup(organization, principal);
}

function newShare(
  catalog: Catalog,
  recipient: string,
  version: number,
  at: number,
): ResourceShare {
  const id = randomUUID();
  const suffix = randomBytes(8).toString('hex').toLocaleUpperCase('en-US');
  return {
    arn: `arn:aws:ram:${catalog.region}:${catalog.accountId}:resource-share/${id}`,
    name:
      version === 1
        ? `LakeFormation-${suffix}`
        : `LakeFormation-V${version}-${suffix}`,
    owner: catalog.accountId,
    region: catalog.region,
    recipient,
    version,
    status: 'ACTIVE',
    createdAt: at,
    updatedAt: at,
    principals: new Map(),
    resources: new Map(),
  };
}

function newInvitation(
  share: ResourceShare,
  principal: string,
  at: number,
): ShareInvitation {
  return {
    arn: `arn:aws:ram:${share.region}:${
      share.owner
    }:resource-share-invitation/${randomUUID()}`,
    shareArn: share.arn,
    shareName: share.name,
    sender: share.owner,
    receiver: accountOfPrincipal(principal) ?? principal,
    entity: entityOf(principal),
    region: share.region,
    status: 'PENDING',
    createdAt: at,
  };
}

/** Whether an invitation for the entity is open or was accepted. */
const isInvited = (
  state: EmulatorState,
  share: ResourceShare,
  entity: string,
  at: number,
) =>
  state.shares
    .invitationsFor(share.arn)
    .some(
      invitation =>
        invitation.entity === entity && canBeAccepted(invitation, at),
    );

/**
 * Puts a principal into a share. Whoever is outside of the organization is
 * invited, again where an invitation was rejected or is too old.
 */
export function addPrincipal(
  state: EmulatorState,
  share: ResourceShare,
  principal: string,
  at: number,
): ShareAssociation {
  const entity = entityOf(principal);
  const before = share.principals.get(entity);
  if (before?.status === 'ASSOCIATED') return before;
  const internal = needsNoInvitation(state, share.owner, principal);
  const association: ShareAssociation = {
    entity,
    status: internal ? 'ASSOCIATED' : 'ASSOCIATING',
    external: !internal,
    uses: 0,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  share.principals.set(entity, association);
  share.updatedAt = at;
  if (!internal && !isInvited(state, share, entity, at)) {
    state.shares.invite(newInvitation(share, principal, at));
  }
  return association;
}

/**
 * Puts a resource into a share; one that is there already stays. Where the Glue
 * resource policy or the encryption of the catalog does not let it be shared, the
 * association fails, and the grant that needs it has no effect.
 *
 * @param uses - how many more grants need it: none where somebody puts it there
 */
export function addResource(
  share: ResourceShare,
  arn: string,
  { uses, problem, at }: { uses: number; problem?: string; at: number },
): ShareAssociation {
  const before = share.resources.get(arn);
  const isThere = before?.status === 'ASSOCIATED';
  const blocked = isThere ? undefined : problem;
  const association: ShareAssociation = {
    entity: arn,
    status: blocked === undefined ? 'ASSOCIATED' : 'FAILED',
    statusMessage: blocked,
    external: false,
    uses: (before?.uses ?? 0) + uses,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  share.resources.set(arn, association);
  share.updatedAt = at;
  return association;
}

/** Ends a share. Grants that were in it stay, without effect. */
export function endShare(share: ResourceShare, at: number): void {
  share.status = 'DELETED';
  share.updatedAt = at;
  for (const association of share.principals.values()) {
    association.status = 'DISASSOCIATED';
    association.updatedAt = at;
  }
}

/** What is to be shared with whom. */
export type ToShare = Pick<Grant, 'principal' | 'resource'>;

/** Why nothing of a catalog reaches other accounts, whatever is granted. */
function sharingProblem({
  resourcePolicy,
  encryption,
}: Catalog): string | undefined {
  if (!allowsSharing(resourcePolicy)) {
    return 'The resource policy of the Data Catalog does not allow glue:ShareResource to ram.amazonaws.com.';
  }
  return hasSharableKey(encryption)
    ? undefined
    : 'The Data Catalog is encrypted with the AWS managed key of Glue, which other accounts cannot use.';
}

/**
 * The share of a new grant to another account: one of its own by version 1, one
 * for everything that the recipient gets by later ones.
 *
 * @returns the ARN of the share, or undefined where none is needed
 */
export function joinShare(
  catalog: Catalog,
  { principal, resource }: ToShare,
  at: number,
): string | undefined {
  if (!needsShare(resource)) return undefined;
  const { state, accountId: owner, region } = catalog;
  const version = crossAccountVersion(catalog);
  const joinable =
    version === 1
      ? undefined
      : state.shares.joinable({ owner, region, recipient: principal, version });
  const share = joinable ?? newShare(catalog, principal, version, at);
  if (!joinable) state.shares.add(share);
  const problem = sharingProblem(catalog);
  for (const arn of sharedArns(catalog, resource, version)) {
    addResource(share, arn, { uses: 1, problem, at });
  }
  addPrincipal(state, share, principal, at);
  return share.arn;
}

/** Takes a grant out of its share, which ends with the last one. */
export function leaveShare(catalog: Catalog, grant: Grant, at: number): void {
  const share =
    grant.share === undefined
      ? undefined
      : catalog.state.shares.get(grant.share);
  if (share?.status !== 'ACTIVE') return;
  for (const arn of sharedArns(catalog, grant.resource, share.version)) {
    const association = share.resources.get(arn);
    if (!association) continue;
    association.uses -= 1;
    association.updatedAt = at;
    if (association.uses <= 0) share.resources.delete(arn);
  }
  share.updatedAt = at;
  if (share.resources.size === 0) endShare(share, at);
}

/** Answers an invitation, by which a share arrives or does not. */
export function answerInvitation(
  state: EmulatorState,
  invitation: ShareInvitation,
  answer: 'ACCEPTED' | 'REJECTED',
  at: number,
): void {
  invitation.status = answer;
  const share = state.shares.get(invitation.shareArn);
  const association = share?.principals.get(invitation.entity);
  if (!share || !association) return;
  association.status = answer === 'ACCEPTED' ? 'ASSOCIATED' : 'DISASSOCIATED';
  association.updatedAt = at;
  share.updatedAt = at;
}
