import type {
  ResourceShare as WireShare,
  ResourceShareAssociation,
  ResourceShareInvitation,
} from '@aws-sdk/client-ram';
import {
  ResourceShare,
  ShareAssociation,
  ShareInvitation,
  shownStatus,
} from '../../model/shares/ResourceShare';

/** A share as RAM sends it. */
export const renderShare = (share: ResourceShare): WireShare => ({
  resourceShareArn: share.arn,
  name: share.name,
  owningAccountId: share.owner,
  allowExternalPrincipals: true,
  status: share.status,
  creationTime: new Date(share.createdAt),
  lastUpdatedTime: new Date(share.updatedAt),
  featureSet: 'STANDARD',
});

/** A resource or principal of a share as RAM sends it. */
export const renderAssociation = (
  share: ResourceShare,
  association: ShareAssociation,
  type: 'PRINCIPAL' | 'RESOURCE',
): ResourceShareAssociation => ({
  resourceShareArn: share.arn,
  resourceShareName: share.name,
  associatedEntity: association.entity,
  associationType: type,
  status: association.status,
  statusMessage: association.statusMessage,
  creationTime: new Date(association.createdAt),
  lastUpdatedTime: new Date(association.updatedAt),
  external: association.external,
});

/** An invitation as RAM sends it. */
export const renderInvitation = (
  invitation: ShareInvitation,
  now: Date,
): ResourceShareInvitation => ({
  resourceShareInvitationArn: invitation.arn,
  resourceShareName: invitation.shareName,
  resourceShareArn: invitation.shareArn,
  senderAccountId: invitation.sender,
  receiverAccountId: invitation.receiver,
  invitationTimestamp: new Date(invitation.createdAt),
  status: shownStatus(invitation, now.getTime()),
  ...(invitation.entity !== invitation.receiver && {
    receiverArn: invitation.entity,
  }),
});

const RESOURCE_TYPES: Record<string, string> = {
  catalog: 'glue:Catalog',
  database: 'glue:Database',
  table: 'glue:Table',
};

/** RAM's type of a resource, by its ARN. */
export const typeOfResource = (arn: string): string =>
  RESOURCE_TYPES[arn.split(':')[5]?.split('/')[0] ?? ''] ?? 'glue:Catalog';
