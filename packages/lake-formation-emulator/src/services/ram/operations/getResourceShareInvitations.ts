import type {
  GetResourceShareInvitationsRequest,
  GetResourceShareInvitationsResponse,
} from '@aws-sdk/client-ram';
import { Operation } from '../../Operation';
import { receivedInvitations } from '../invitations';
import { unknownInvitation } from '../ramErrors';
import { renderInvitation } from '../renderShare';
import { checkShareArns, ramPage } from '../shareScope';

/** The invitations that the caller's account was sent, answered ones too. */
export const getResourceShareInvitations: Operation<
  GetResourceShareInvitationsRequest,
  GetResourceShareInvitationsResponse
> = (input, context) => {
  const { resourceShareArns, resourceShareInvitationArns } = input;
  checkShareArns(resourceShareArns);
  const received = receivedInvitations(context);
  const missing = resourceShareInvitationArns?.find(
    arn => !received.some(invitation => invitation.arn === arn),
  );
  if (missing !== undefined) throw unknownInvitation(missing);
  const asked = received.filter(
    ({ arn, shareArn }) =>
      (!resourceShareArns?.length || resourceShareArns.includes(shareArn)) &&
      (!resourceShareInvitationArns?.length ||
        resourceShareInvitationArns.includes(arn)),
  );
  const page = ramPage(asked, input.maxResults, input.nextToken);
  return {
    resourceShareInvitations: page.items.map(invitation =>
      renderInvitation(invitation, context.now),
    ),
    nextToken: page.nextToken,
  };
};
