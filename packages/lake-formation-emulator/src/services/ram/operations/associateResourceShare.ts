import type {
  AssociateResourceShareRequest,
  AssociateResourceShareResponse,
} from '@aws-sdk/client-ram';
import { isPrincipal } from '../../../model/iam/principals';
import { addPrincipal, addResource } from '../../../model/sharing/changeShare';
import { Operation } from '../../Operation';
import { invalidParameter, malformedArn, notPermitted } from '../ramErrors';
import { renderAssociation } from '../renderShare';
import { ownShare, refuseFilters } from '../shareScope';

const GLUE_ARN =
  /^arn:aws:glue:([a-z0-9-]+):(\d{12}):(catalog|database\/.+|table\/.+)$/;

/** Puts principals and resources into a share; who is new is invited. */
export const associateResourceShare: Operation<
  AssociateResourceShareRequest,
  AssociateResourceShareResponse
> = (input, context) => {
  refuseFilters(input, ['sources']);
  const { principals = [], resourceArns = [] } = input;
  const { state, caller, now } = context;
  const share = ownShare(context, input.resourceShareArn);
  if (share.status !== 'ACTIVE') {
    throw notPermitted(`The resource share ${share.arn} is deleted.`);
  }
  if (!principals.length && !resourceArns.length) {
    throw invalidParameter('Either principals or resourceArns must be given.');
  }
  const stranger = principals.find(one => !isPrincipal(one));
  if (stranger !== undefined) {
    throw invalidParameter(`The principal ${stranger} is not valid.`);
  }
  for (const arn of resourceArns) {
    const [, region, account] = GLUE_ARN.exec(arn) ?? [];
    if (!account) throw malformedArn(arn);
    if (account !== caller.account || region !== caller.region) {
      throw notPermitted(
        `The resource ${arn} is not one of this account here.`,
      );
    }
  }
  const at = now.getTime();
  return {
    resourceShareAssociations: [
      ...principals.map(principal =>
        renderAssociation(
          share,
          addPrincipal(state, share, principal, at),
          'PRINCIPAL',
        ),
      ),
      ...resourceArns.map(arn =>
        renderAssociation(
          share,
          addResource(share, arn, { uses: 0, at }),
          'RESOURCE',
        ),
      ),
    ],
    clientToken: input.clientToken,
  };
};
