import type {
  DeleteResourceShareRequest,
  DeleteResourceShareResponse,
} from '@aws-sdk/client-ram';
import { endShare } from '../../../model/sharing/changeShare';
import { Operation } from '../../Operation';
import { ownShare } from '../shareScope';

/** Ends a share. Lake Formation's grants stay, but no longer get there. */
export const deleteResourceShare: Operation<
  DeleteResourceShareRequest,
  DeleteResourceShareResponse
> = (input, context) => {
  const share = ownShare(context, input.resourceShareArn);
  if (share.status === 'ACTIVE') endShare(share, context.now.getTime());
  return { returnValue: true, clientToken: input.clientToken };
};
