/** How far an association of a share has come. */
export type AssociationStatus =
  | 'ASSOCIATING'
  | 'ASSOCIATED'
  | 'DISASSOCIATED'
  | 'FAILED';

/** A resource or a principal of a share. */
export interface ShareAssociation {
  /** A resource's ARN; an account, a role's or user's ARN, an organization's. */
  readonly entity: string;
  status: AssociationStatus;
  statusMessage?: string;
  /** Whether a principal is outside of the owner's organization. */
  readonly external: boolean;
  /** How many grants of Lake Formation need it. */
  uses: number;
  readonly createdAt: number;
  updatedAt: number;
}

/** A share of the Resource Access Manager, as Lake Formation makes them. */
export interface ResourceShare {
  readonly arn: string;
  readonly name: string;
  readonly owner: string;
  readonly region: string;
  /** Whom Lake Formation shares with by it, as its grants name them. */
  readonly recipient: string;
  /** The CROSS_ACCOUNT_VERSION by which it was made. */
  readonly version: number;
  status: 'ACTIVE' | 'DELETED';
  readonly createdAt: number;
  updatedAt: number;
  readonly principals: Map<string, ShareAssociation>;
  readonly resources: Map<string, ShareAssociation>;
}

/** What an account outside of the organization has to accept. */
export interface ShareInvitation {
  readonly arn: string;
  readonly shareArn: string;
  readonly shareName: string;
  readonly sender: string;
  readonly receiver: string;
  /** The entity of the share that the invitation is for. */
  readonly entity: string;
  readonly region: string;
  status: 'PENDING' | 'ACCEPTED' | 'REJECTED';
  readonly createdAt: number;
}

const HOUR_MS = 3_600_000;

/** How long an invitation by Lake Formation can be accepted. */
export const INVITATION_LIFE_MS = 12 * HOUR_MS;

/** RAM's own limit, after which an invitation also reads as expired. */
const INVITATION_SHOWN_MS = 7 * 24 * HOUR_MS;

export const canBeAccepted = (invitation: ShareInvitation, now: number) =>
  invitation.status === 'PENDING' &&
  now - invitation.createdAt < INVITATION_LIFE_MS;

/** As listings show it: an invitation that is too old reads PENDING for days. */
export const shownStatus = (
  invitation: ShareInvitation,
  now: number,
): ShareInvitation['status'] | 'EXPIRED' =>
  invitation.status === 'PENDING' &&
  now - invitation.createdAt >= INVITATION_SHOWN_MS
    ? 'EXPIRED'
    : invitation.status;

/** Whether what the share holds has arrived at the entity. */
export const reachesEntity = (share: ResourceShare, entity: string) =>
  share.status === 'ACTIVE' &&
  share.principals.get(entity)?.status === 'ASSOCIATED';
