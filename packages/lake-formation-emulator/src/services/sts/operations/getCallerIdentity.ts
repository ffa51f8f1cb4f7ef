import type {
  GetCallerIdentityRequest,
  GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import { Operation } from '../../Operation';

export const getCallerIdentity: Operation<
  GetCallerIdentityRequest,
  GetCallerIdentityResponse
> = (_input, { caller }) => ({
  UserId: caller.userId,
  Account: caller.account,
  Arn: caller.arn,
});
