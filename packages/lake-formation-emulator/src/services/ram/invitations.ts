import { AwsError } from '../../model/api/AwsError';
import {
  ShareInvitation,
  canBeAccepted,
} from '../../model/shares/ResourceShare';
import { OperationContext } from '../Operation';
import { unknownInvitation } from './ramErrors';

/**
 * The invitations of the caller's account in the region. Those for shares that
 * ended before they were answered are gone.
 */
export const receivedInvitations = ({
  state,
  caller,
}: OperationContext): ShareInvitation[] =>
  [...state.shares.invitations()].filter(
    ({ receiver, region, shareArn, status }) =>
      receiver === caller.account &&
      region === caller.region &&
      (status !== 'PENDING' || state.shares.get(shareArn)?.status === 'ACTIVE'),
  );

/** An invitation that the caller may still answer. */
export function openInvitation(
  context: OperationContext,
  arn: string,
): ShareInvitation {
  const invitation = receivedInvitations(context).find(one => one.arn === arn);
  if (!invitation) throw unknownInvitation(arn);
  if (invitation.status === 'ACCEPTED') {
    throw new AwsError(
      'ResourceShareInvitationAlreadyAcceptedException',
      `ResourceShareInvitation ${arn} was already accepted.`,
    );
  }
  if (invitation.status === 'REJECTED') {
    throw new AwsError(
      'ResourceShareInvitationAlreadyRejectedException',
      `ResourceShareInvitation ${arn} was already rejected.`,
    );
  }
  if (!canBeAccepted(invitation, context.now.getTime())) {
    throw new AwsError(
      'ResourceShareInvitationExpiredException',
      `ResourceShareInvitation ${arn} has expired.`,
    );
  }
  return invitation;
}
