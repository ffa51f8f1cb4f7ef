/**
 * How AWS names its regions, in all partitions: `eu-central-1`,
 * `us-gov-west-1`, `eusc-de-east-1`. Which ones exist is for AWS to say.
 *
 * @public
 */
export const AWS_REGION_PATTERN = '^[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}$';

const REGION = new RegExp(AWS_REGION_PATTERN);

/**
 * Whether a text may name an AWS region.
 *
 * @public
 */
export function isAwsRegion(text: string): boolean {
  return REGION.test(text);
}
