import type {
  DeleteLakeFormationOptInRequest,
  DeleteLakeFormationOptInResponse,
} from '@aws-sdk/client-lakeformation';
import { entityNotFound } from '../../../model/api/AwsError';
import { optInKey } from '../../../model/catalog/OptIn';
import { Operation } from '../../Operation';
import { readOptIn } from '../optIns';

/** Leaves a principal to IAM again. Works on resources that are gone. */
export const deleteLakeFormationOptIn: Operation<
  DeleteLakeFormationOptInRequest,
  DeleteLakeFormationOptInResponse
> = (input, context) => {
  const { catalog, principal, resource, condition } = readOptIn(input, context);
  const key = optInKey(principal, resource);
  const known = catalog.optIns.get(key) ?? [];
  const others = known.filter(one => one.condition !== condition);
  if (others.length === known.length) {
    throw entityNotFound('Opt-in not found.');
  }
  if (others.length) catalog.optIns.set(key, others);
  else catalog.optIns.delete(key);
  return {};
};
