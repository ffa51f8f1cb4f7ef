import { EmulatorBehaviour } from '../model/api/Behaviour';
import { IamPolicyDocument } from '../model/iam/PolicyDocument';
import { SeedDatabase, SeedDefaultPermission } from './SeedDatabase';
import {
  SeedGrant,
  SeedLfTag,
  SeedLfTagExpression,
  SeedOptIn,
} from './SeedGrant';
import { SeedOrganization } from './SeedOrganization';

/**
 * What an emulator starts with. The same as JSON for the command line.
 *
 * @public
 */
export interface LakeFormationEmulatorSeed {
  /** The accounts that are known from the start. */
  accounts: SeedAccount[];
  /** The organizations that accounts are members of; none where left out. */
  organizations?: SeedOrganization[];
  /** Quotas, delays and the enforcement of IAM policies; none where left out. */
  behaviour?: Partial<EmulatorBehaviour>;
}

/**
 * An AWS account. Its root, whose access key id is the account's id, always is
 * a data lake administrator.
 *
 * @public
 */
export interface SeedAccount {
  /** Twelve digits. */
  id: string;
  /** A name for people. */
  alias?: string;
  /**
   * The regions of the account. What names no region of its own is in the
   * first one, which is `eu-west-1` where the list is left out. Calls to other
   * regions find an empty catalog.
   */
  regions?: string[];
  /** ARNs of the data lake administrators, in every region. */
  administrators?: string[];
  /** ARNs of the read-only administrators, in every region. */
  readOnlyAdministrators?: string[];
  /** Access keys and who they act as. */
  keys?: SeedKey[];
  /**
   * Names of the IAM roles, with their path. Where the list is given no other
   * role exists: it can neither be assumed nor be granted anything.
   */
  roles?: string[];
  /** Names of the IAM users, as for `roles`. */
  users?: string[];
  /** The IAM policies of roles and users, which count where `enforceIam` is on. */
  policies?: SeedPolicy[];
  /**
   * ARN of the instance of IAM Identity Center that Lake Formation is connected
   * with, in the first region.
   */
  identityCenterInstance?: string;
  /** The Data Catalog's resource policy, in the first region. */
  resourcePolicy?: object;
  /** How the Data Catalog is encrypted, in the first region; not where left out. */
  encryption?: SeedEncryption;
  /** Lake Formation's settings; closed ones where left out. */
  settings?: SeedSettings;
  /** Locations in S3 that are registered with Lake Formation. */
  locations?: SeedLocation[];
  /** The databases of this account's catalog. */
  databases?: SeedDatabase[];
  /** Catalogs inside of this account's one, such as S3 table buckets. */
  catalogs?: SeedCatalog[];
  /** The LF-Tags of this account. */
  lfTags?: SeedLfTag[];
  /** The saved LF-Tag expressions of this account. */
  lfTagExpressions?: SeedLfTagExpression[];
  /** Grants in this account's catalog. */
  grants?: SeedGrant[];
  /**
   * Who is held to Lake Formation's grants on what is still open to
   * `IAM_ALLOWED_PRINCIPALS`: hybrid access mode.
   */
  optIns?: SeedOptIn[];
}

/**
 * The encryption settings of a Data Catalog.
 *
 * @public
 */
export interface SeedEncryption {
  mode: 'DISABLED' | 'SSE-KMS' | 'SSE-KMS-WITH-SERVICE-ROLE';
  /**
   * The key, by ARN, id or alias. The one that AWS manages for Glue where left
   * out, with which nothing can be shared across accounts.
   */
  keyId?: string;
  /** The role that Glue uses the key by, for `SSE-KMS-WITH-SERVICE-ROLE`. */
  serviceRole?: string;
}

/**
 * An access key and who it acts as.
 *
 * @public
 */
export interface SeedKey {
  /** Any text without a slash. */
  accessKeyId: string;
  /**
   * `arn:aws:iam::A:role/N`, `arn:aws:iam::A:user/N`,
   * `arn:aws:sts::A:assumed-role/N/S` or `arn:aws:iam::A:root`.
   */
  principal: string;
}

/**
 * An identity-based IAM policy and who has it.
 *
 * @public
 */
export interface SeedPolicy {
  /** The policy's name. */
  name: string;
  /** Names of roles that have it, with their path. */
  roles?: string[];
  /** Names of users that have it, with their path. */
  users?: string[];
  /** Whether it stands in the role itself instead of being attached. */
  inline?: boolean;
  /** As IAM has it. */
  document: IamPolicyDocument;
}

/**
 * Lake Formation's settings, in every region of the account.
 *
 * @public
 */
export interface SeedSettings {
  /** 1 to 5; 4 where it is left out. */
  crossAccountVersion?: number;
  /** What new databases are granted by default; nothing where left out. */
  createDatabaseDefaultPermissions?: SeedDefaultPermission[];
  /** What new tables are granted by default; nothing where left out. */
  createTableDefaultPermissions?: SeedDefaultPermission[];
  /** Whether engines of others may read filtered data. */
  allowExternalDataFiltering?: boolean;
  /** Whether engines get whole tables without a session tag. */
  allowFullTableExternalDataAccess?: boolean;
  /** The accounts of engines that may filter. */
  externalDataFilteringAllowList?: string[];
  /** The values of the session tag by which engines are known. */
  authorizedSessionTagValues?: string[];
  /** Accounts whose CloudTrail shows the use of their data. */
  trustedResourceOwners?: string[];
}

/**
 * A location in S3 that Lake Formation manages.
 *
 * @public
 */
export interface SeedLocation {
  /** The account's first region where left out. */
  region?: string;
  /** Such as `arn:aws:s3:::bucket/path`. */
  arn: string;
  /** The service-linked role where it is left out. */
  roleArn?: string;
  /** Whether IAM and Lake Formation both give access. False where left out. */
  hybridAccessEnabled?: boolean;
}

/**
 * A catalog inside of an account's one. What contains it comes by itself.
 *
 * @public
 */
export interface SeedCatalog {
  /** The account's first region where left out. */
  region?: string;
  /** Such as `s3tablescatalog/bucket`. */
  path: string;
  /** Glue's description. */
  description?: string;
  /** Its databases: for a bucket, the namespaces. */
  databases?: SeedDatabase[];
}
