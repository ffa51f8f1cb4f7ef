import type {
  DisassociateResourceShareRequest,
  DisassociateResourceShareResponse,
} from '@aws-sdk/client-ram';
import { accountOfPrincipal } from '../../../model/iam/principals';
import {
  ResourceShare,
  ShareAssociation,
} from '../../../model/shares/ResourceShare';
import { Operation, OperationContext } from '../../Operation';
import { invalidParameter, notPermitted, unknownShare } from '../ramErrors';
import { renderAssociation } from '../renderShare';
import { ownShare, refuseFilters, sharesOf } from '../shareScope';

/**
 * The share of the request: one of the caller's own, or one of others that the
 * caller's account leaves by naming itself.
 */
function shareToChange(
  context: OperationContext,
  arn: string,
  principals: readonly string[],
): ResourceShare {
  const { account } = context.caller;
  const share = context.state.shares.get(arn);
  if (!share || share.owner === account) return ownShare(context, arn);
  const isReceived = sharesOf(context, 'OTHER-ACCOUNTS').includes(share);
  if (!isReceived) throw unknownShare(arn);
  const isLeaving = principals.every(
    principal => accountOfPrincipal(principal) === account,
  );
  if (!isLeaving || !principals.length) {
    throw notPermitted(
      `You cannot change a resource share of account ${share.owner} except by leaving it.`,
    );
  }
  return share;
}

/** Takes principals and resources out of a share, whatever grants say. */
export const disassociateResourceShare: Operation<
  DisassociateResourceShareRequest,
  DisassociateResourceShareResponse
> = (input, context) => {
  refuseFilters(input, ['sources']);
  const { principals = [], resourceArns = [] } = input;
  if (!principals.length && !resourceArns.length) {
    throw invalidParameter('Either principals or resourceArns must be given.');
  }
  const share = shareToChange(context, input.resourceShareArn, principals);
  const at = context.now.getTime();
  const end = (
    from: ReadonlyMap<string, ShareAssociation>,
    entity: string,
    type: 'PRINCIPAL' | 'RESOURCE',
  ) => {
    const association = from.get(entity);
    if (!association) {
      throw invalidParameter(
        `${entity} is not associated with the resource share ${share.arn}.`,
      );
    }
    association.status = 'DISASSOCIATED';
    association.updatedAt = at;
    share.updatedAt = at;
    return renderAssociation(share, association, type);
  };
  return {
    resourceShareAssociations: [
      ...principals.map(one => end(share.principals, one, 'PRINCIPAL')),
      ...resourceArns.map(one => end(share.resources, one, 'RESOURCE')),
    ],
    clientToken: input.clientToken,
  };
};
