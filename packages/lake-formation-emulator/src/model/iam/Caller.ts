import { IamPolicyDocument } from './PolicyDocument';

/** Who sent a request, and where to. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** As STS names it: a user, an assumed role or an account's root. */
  readonly arn: string;
  readonly userId: string;
  /** As Lake Formation knows it: for an assumed role, the role. */
  readonly principal: string;
  readonly sessionTags: Readonly<Record<string, string>>;
  /** Keys that Lake Formation vended reach data in S3, and nothing else. */
  readonly reachesS3Only?: boolean;
  /** What the session may do at most, whatever its role may. */
  readonly sessionPolicy?: IamPolicyDocument;
}
