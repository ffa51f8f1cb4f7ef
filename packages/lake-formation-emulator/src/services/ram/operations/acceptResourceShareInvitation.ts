import type {
  AcceptResourceShareInvitationRequest,
  AcceptResourceShareInvitationResponse,
} from '@aws-sdk/client-ram';
import { answerInvitation } from '../../../model/sharing/changeShare';
import { Operation } from '../../Operation';
import { openInvitation } from '../invitations';
import { renderInvitation } from '../renderShare';

export const acceptResourceShareInvitation: Operation<
  AcceptResourceShareInvitationRequest,
  AcceptResourceShareInvitationResponse
> = (input, context) => {
  const { state, now } = context;
  const invitation = openInvitation(context, input.resourceShareInvitationArn);
  answerInvitation(state, invitation, 'ACCEPTED', now.getTime());
  return {
    resourceShareInvitation: renderInvitation(invitation, now),
    clientToken: input.clientToken,
  };
};
