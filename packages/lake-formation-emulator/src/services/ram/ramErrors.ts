import { AwsError } from '../../model/api/AwsError';

export const unknownShare = (arn: string) =>
  new AwsError(
    'UnknownResourceException',
    `ResourceShare ${arn} could not be found.`,
  );

export const unknownInvitation = (arn: string) =>
  new AwsError(
    'ResourceShareInvitationArnNotFoundException',
    `ResourceShareInvitation ${arn} could not be found`,
  );

export const malformedArn = (arn: string) =>
  new AwsError('MalformedArnException', `The ARN ${arn} is not valid.`);

export const invalidParameter = (message: string) =>
  new AwsError('InvalidParameterException', message);

export const notPermitted = (message: string) =>
  new AwsError('OperationNotPermittedException', message);
