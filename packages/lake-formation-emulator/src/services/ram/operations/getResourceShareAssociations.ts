import type {
  GetResourceShareAssociationsRequest,
  GetResourceShareAssociationsResponse,
} from '@aws-sdk/client-ram';
import { Operation } from '../../Operation';
import { invalidParameter, unknownShare } from '../ramErrors';
import { renderAssociation } from '../renderShare';
import { checkEnum, checkShareArns, ramPage, sharesOf } from '../shareScope';

/** The principals or the resources of shares that the caller's account owns. */
export const getResourceShareAssociations: Operation<
  GetResourceShareAssociationsRequest,
  GetResourceShareAssociationsResponse
> = (input, context) => {
  const { associationType, resourceShareArns, resourceArn, principal } = input;
  checkEnum('associationType', associationType, 'ResourceShareAssociationType');
  checkEnum(
    'associationStatus',
    input.associationStatus,
    'ResourceShareAssociationStatus',
  );
  if (associationType === 'SOURCE') {
    throw invalidParameter('Lake Formation shares without sources.');
  }
  if (associationType === 'PRINCIPAL' && resourceArn) {
    throw invalidParameter(
      'The resourceArn cannot be given when the associationType is PRINCIPAL.',
    );
  }
  if (associationType === 'RESOURCE' && principal) {
    throw invalidParameter(
      'The principal cannot be given when the associationType is RESOURCE.',
    );
  }
  checkShareArns(resourceShareArns);
  const own = sharesOf(context, 'SELF');
  const missing = resourceShareArns?.find(
    arn => !own.some(share => share.arn === arn),
  );
  if (missing !== undefined) throw unknownShare(missing);
  const asked = own
    .filter(
      ({ arn }) =>
        !resourceShareArns?.length || resourceShareArns.includes(arn),
    )
    .flatMap(share => {
      const associations =
        associationType === 'PRINCIPAL' ? share.principals : share.resources;
      return [...associations.values()].map(association => ({
        share,
        association,
      }));
    })
    .filter(
      ({ association: { entity, status } }) =>
        (!principal || entity === principal) &&
        (!resourceArn || entity === resourceArn) &&
        (!input.associationStatus || status === input.associationStatus),
    );
  const page = ramPage(asked, input.maxResults, input.nextToken);
  return {
    resourceShareAssociations: page.items.map(({ share, association }) =>
      renderAssociation(share, association, associationType),
    ),
    nextToken: page.nextToken,
  };
};
