import type { ResourceInfo } from '@aws-sdk/client-lakeformation';
import { RegisteredLocation } from '../../../model/catalog/RegisteredLocation';

/** A registered location as Lake Formation sends it. */
export const renderLocation = (location: RegisteredLocation): ResourceInfo => ({
  ResourceArn: location.arn,
  RoleArn: location.roleArn,
  LastModified: new Date(location.lastModified),
  WithFederation: location.withFederation,
  HybridAccessEnabled: location.hybridAccessEnabled,
  WithPrivilegedAccess: location.withPrivilegedAccess,
  ExpectedResourceOwnerAccount: location.expectedResourceOwnerAccount,
});
