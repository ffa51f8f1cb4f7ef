import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
} from '@aws-sdk/client-lakeformation';
import {
  alreadyExists,
  invalidInput,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { isAdministrator } from '../../../model/access/access';
import { serviceLinkedRole } from '../../../model/state/locations';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';

const S3_ARN = /^arn:aws[a-z-]*:s3:::[^/]+(\/.*)?$/;

export const registerResource: Operation<
  RegisterResourceRequest,
  RegisterResourceResponse
> = (input, context) => {
  const { caller, now } = context;
  const catalog = requestedCatalog(context, undefined);
  const { ResourceArn: arn, RoleArn, UseServiceLinkedRole } = input;
  if (!S3_ARN.test(arn)) {
    throw invalidInput(
      `The ARN of a location in S3 is expected, found ${arn}.`,
    );
  }
  if (!RoleArn && !UseServiceLinkedRole) {
    throw invalidInput(
      'Either RoleArn must be given or UseServiceLinkedRole must be true.',
    );
  }
  if (RoleArn && UseServiceLinkedRole) {
    throw invalidInput(
      'RoleArn cannot be given when UseServiceLinkedRole is true.',
    );
  }
  if (!isAdministrator(catalog, caller.principal)) {
    throw notThereOrNotAllowed();
  }
  if (catalog.locations.has(arn)) {
    throw alreadyExists('Resource is already registered with Lake Formation.');
  }
  catalog.locations.set(arn, {
    arn,
    roleArn: RoleArn ?? serviceLinkedRole(catalog.accountId),
    hybridAccessEnabled: input.HybridAccessEnabled ?? false,
    withFederation: input.WithFederation ?? false,
    withPrivilegedAccess: input.WithPrivilegedAccess ?? false,
    lastModified: now.getTime(),
    expectedResourceOwnerAccount: input.ExpectedResourceOwnerAccount,
  });
  return {};
};
