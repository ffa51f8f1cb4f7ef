import type {
  GetTemporaryGlueTableCredentialsRequest,
  GetTemporaryGlueTableCredentialsResponse,
} from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import { locationOf } from '../../../model/catalog/TableRecord';
import { isUnder, s3Path } from '../../../model/state/locations';
import { Operation } from '../../Operation';
import { accessNotAllowed } from '../engineAccess';
import {
  requireVending,
  tableOfArn,
  vendKeys,
  vendedDuration,
} from '../vending';

const MAX_DURATION_S = 21_600;

/** Keys for the data of a table, or for a path below it. */
export const getTemporaryGlueTableCredentials: Operation<
  GetTemporaryGlueTableCredentialsRequest,
  GetTemporaryGlueTableCredentialsResponse
> = (input, context) => {
  const seconds = vendedDuration(input.DurationSeconds, MAX_DURATION_S);
  const target = tableOfArn(context, input.TableArn);
  const home = locationOf(target.table);
  const location = requireVending(context, target, input, home);
  if (!home) throw accessNotAllowed();
  const path = input.S3Path ?? home;
  if (!isUnder(s3Path(path), s3Path(home))) {
    throw invalidInput(`S3Path must be within ${home}, found ${path}.`);
  }
  const permissions = input.Permissions ?? ['SELECT'];
  return {
    ...vendKeys(context, location, { paths: [path], permissions }, seconds),
    VendedS3Path: [path],
  };
};
