import type {
  RejectResourceShareInvitationRequest,
  RejectResourceShareInvitationResponse,
} from '@aws-sdk/client-ram';
import { answerInvitation } from '../../../model/sharing/changeShare';
import { Operation } from '../../Operation';
import { openInvitation } from '../invitations';
import { renderInvitation } from '../renderShare';

export const rejectResourceShareInvitation: Operation<
  RejectResourceShareInvitationRequest,
  RejectResourceShareInvitationResponse
> = (input, context) => {
  const { state, now } = context;
  const invitation = openInvitation(context, input.resourceShareInvitationArn);
  answerInvitation(state, invitation, 'REJECTED', now.getTime());
  return {
    resourceShareInvitation: renderInvitation(invitation, now),
    clientToken: input.clientToken,
  };
};
