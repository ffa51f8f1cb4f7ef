import { awsQuery } from '../../protocols/awsQuery';
import { stsModel } from '../../wire/models/sts';
import { Service } from '../Operation';
import { assumeRole } from './operations/assumeRole';
import { getCallerIdentity } from './operations/getCallerIdentity';

export const sts: Service = {
  name: 'sts',
  model: stsModel,
  protocol: awsQuery('https://sts.amazonaws.com/doc/2011-06-15/'),
  operations: {
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
  },
  errorNames: {
    AccessDeniedException: 'AccessDenied',
    IncompleteSignatureException: 'IncompleteSignature',
    MissingAuthenticationTokenException: 'MissingAuthenticationToken',
    ThrottlingException: 'Throttling',
    UnrecognizedClientException: 'InvalidClientTokenId',
    ValidationException: 'ValidationError',
  },
  statuses: {
    AccessDenied: 403,
    ExpiredTokenException: 403,
    InvalidClientTokenId: 403,
  },
};
