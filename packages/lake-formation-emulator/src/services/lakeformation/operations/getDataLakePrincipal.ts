import type {
  GetDataLakePrincipalRequest,
  GetDataLakePrincipalResponse,
} from '@aws-sdk/client-lakeformation';
import { Operation } from '../../Operation';

export const getDataLakePrincipal: Operation<
  GetDataLakePrincipalRequest,
  GetDataLakePrincipalResponse
> = (_input, { caller }) => ({ Identity: caller.arn });
