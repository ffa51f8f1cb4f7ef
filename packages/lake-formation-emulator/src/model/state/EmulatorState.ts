import { EmulatorBehaviour, initialBehaviour } from '../api/Behaviour';
import { TokenBucket } from '../api/limits';
import { CatalogEncryption } from '../catalog/catalogEncryption';
import { DataCellsFilterRecord } from '../catalog/DataCellsFilterRecord';
import { DatabaseRecord } from '../catalog/DatabaseRecord';
import { IdentityCenterConfiguration } from '../catalog/IdentityCenterConfiguration';
import { LakeSettings, initialSettings } from '../catalog/LakeSettings';
import { LfTagRecord, TagExpressionRecord } from '../catalog/LfTagRecord';
import { NestedCatalogRecord } from '../catalog/NestedCatalogRecord';
import { OptIn } from '../catalog/OptIn';
import { RegisteredLocation } from '../catalog/RegisteredLocation';
import { ResourcePolicyRecord } from '../catalog/resourcePolicy';
import { GrantBook } from '../grants/GrantBook';
import { IamPolicy, IamPolicyDocument } from '../iam/PolicyDocument';
import { RoleBirth } from '../iam/RoleBirth';
import { Organization } from '../shares/Organization';
import { ShareBook } from '../shares/ShareBook';

/** Keys that act as a principal. */
export interface AccessKey {
  accessKeyId: string;
  /** An IAM role, IAM user, assumed-role or account root ARN. */
  principal: string;
}

/** What AssumeRole gave out. */
export interface Session {
  accessKeyId: string;
  sessionToken: string;
  roleArn: string;
  sessionName: string;
  tags: Record<string, string>;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** Of keys that Lake Formation vended: they reach these paths of S3 only. */
  scope?: { paths: string[]; permissions: string[] };
  /** What the session may do at most, whatever its role may. */
  policy?: IamPolicyDocument;
}

/** The Data Catalog of one account in one region, and who may do what in it. */
export interface Catalog {
  /** Everything around the catalog: other accounts, shares, organizations. */
  readonly state: EmulatorState;
  readonly accountId: string;
  readonly region: string;
  /** Set on a catalog that is inside of the account's one. */
  readonly inside?: NestedCatalogRecord;
  /** The catalogs inside of this one, at any depth, by their paths. */
  readonly nested: Map<string, Catalog>;
  settings: LakeSettings;
  readonly databases: Map<string, DatabaseRecord>;
  grants: GrantBook;
  /**
   * What the account has passed on to its own principals of the catalogs of
   * other accounts, by their ids.
   */
  readonly passedOn: Map<string, GrantBook>;
  readonly locations: Map<string, RegisteredLocation>;
  resourcePolicy?: ResourcePolicyRecord;
  encryption?: CatalogEncryption;
  identityCenter?: IdentityCenterConfiguration;
  readonly lfTags: Map<string, LfTagRecord>;
  readonly tagExpressions: Map<string, TagExpressionRecord>;
  /** By `filterKey`. */
  readonly dataCellsFilters: Map<string, DataCellsFilterRecord>;
  /** By `optInKey`; one for each condition. */
  readonly optIns: Map<string, OptIn[]>;
}

export interface Account {
  readonly id: string;
  alias?: string;
  /** The roles that exist; undefined means that every role does. */
  roles?: string[];
  /** Roles that were deleted, where every role exists; with their path. */
  goneRoles?: string[];
  /** Of roles that were created after the seed; by their name with path. */
  roleBirths?: Record<string, RoleBirth>;
  /** The users that exist; undefined means that every user does. */
  users?: string[];
  /** The identity-based policies of its roles and users; none where left out. */
  policies?: IamPolicy[];
  /** What regions start with when they are first used. */
  initialSettings: LakeSettings;
  readonly catalogs: Map<string, Catalog>;
}

/** Everything the emulator remembers. */
export interface EmulatorState {
  readonly accounts: Map<string, Account>;
  readonly keys: Map<string, AccessKey>;
  readonly sessions: Map<string, Session>;
  organizations: Organization[];
  /** What the Resource Access Manager shares. */
  shares: ShareBook;
  /** The last sequence number given to a grant. */
  sequence: number;
  behaviour: EmulatorBehaviour;
  /** What is left of the quotas in `behaviour`. */
  readonly buckets: Map<string, TokenBucket>;
  /** Milliseconds since the epoch: when what the seed names came to be. */
  startedAt: number;
}

export const emptyState = (): EmulatorState => ({
  accounts: new Map(),
  keys: new Map(),
  sessions: new Map(),
  organizations: [],
  shares: new ShareBook(),
  sequence: 0,
  behaviour: initialBehaviour(),
  buckets: new Map(),
  startedAt: 0,
});

/** The account; one that nobody described exists as soon as it is used. */
export function accountOf(state: EmulatorState, id: string): Account {
  const known = state.accounts.get(id);
  if (known) return known;
  const account: Account = {
    id,
    initialSettings: initialSettings(),
    catalogs: new Map(),
  };
  state.accounts.set(id, account);
  return account;
}

/** The catalog of an account in a region; empty when first used. */
export function catalogOf(
  state: EmulatorState,
  accountId: string,
  region: string,
): Catalog {
  const account = accountOf(state, accountId);
  const known = account.catalogs.get(region);
  if (known) return known;
  const catalog: Catalog = {
    state,
    accountId,
    region,
    nested: new Map(),
    settings: structuredClone(account.initialSettings),
    databases: new Map(),
    grants: new GrantBook(),
    passedOn: new Map(),
    locations: new Map(),
    lfTags: new Map(),
    tagExpressions: new Map(),
    dataCellsFilters: new Map(),
    optIns: new Map(),
  };
  account.catalogs.set(region, catalog);
  return catalog;
}
