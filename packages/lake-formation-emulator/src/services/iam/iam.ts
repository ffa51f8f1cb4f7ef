import { awsQuery } from '../../protocols/awsQuery';
import { iamModel } from '../../wire/models/iam';
import { Service } from '../Operation';
import { createRole } from './operations/createRole';
import { deleteRole } from './operations/deleteRole';
import { getRole } from './operations/getRole';
import { getRolePolicy } from './operations/getRolePolicy';
import { getUser } from './operations/getUser';
import { listAttachedRolePolicies } from './operations/listAttachedRolePolicies';
import { listRolePolicies } from './operations/listRolePolicies';
import { simulatePrincipalPolicy } from './operations/simulatePrincipalPolicy';

export const iam: Service = {
  name: 'iam',
  model: iamModel,
  protocol: awsQuery('https://iam.amazonaws.com/doc/2010-05-08/'),
  operations: {
    CreateRole: createRole,
    DeleteRole: deleteRole,
    GetRole: getRole,
    GetRolePolicy: getRolePolicy,
    GetUser: getUser,
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: listRolePolicies,
    SimulatePrincipalPolicy: simulatePrincipalPolicy,
  },
  errorNames: {
    AlreadyExistsException: 'EntityAlreadyExists',
    AccessDeniedException: 'AccessDenied',
    IncompleteSignatureException: 'IncompleteSignature',
    InvalidInputException: 'InvalidInput',
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
