import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam';
import { AwsError } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { renderUser, userArnOf } from '../iamPrincipals';

/** Without a name it is about the caller, who must be a user then. */
export const getUser: Operation<GetUserRequest, GetUserResponse> = (
  { UserName },
  { state, caller },
) => {
  if (UserName !== undefined) {
    const arn = userArnOf(state, caller.account, UserName);
    return { User: renderUser(state, arn) };
  }
  if (!caller.principal.includes(':user/')) {
    throw new AwsError(
      'ValidationException',
      'Must specify userName when calling with non-User credentials',
    );
  }
  return { User: renderUser(state, caller.principal) };
};
