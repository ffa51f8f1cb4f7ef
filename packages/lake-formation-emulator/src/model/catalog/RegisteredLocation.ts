/** A location in S3 that Lake Formation manages. */
export interface RegisteredLocation {
  arn: string;
  roleArn: string;
  hybridAccessEnabled: boolean;
  withFederation: boolean;
  withPrivilegedAccess: boolean;
  lastModified: number;
  expectedResourceOwnerAccount?: string;
}
