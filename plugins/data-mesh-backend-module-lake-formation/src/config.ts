import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { TagOntology, readTagOntology } from './tags/tagOntology';
import { VendingConfig, readVendingConfig } from './vending/vendingConfig';

/** An AWS account as the configuration names it. */
export interface AccountConfig {
  accountId: string;
  /** Name of the account as people know it. */
  alias?: string;
  /** Region of ports that name none. */
  region?: string;
  /** How what others share with this account is seen in its own catalog. */
  links?: LinkConfig;
}

/** Resource links in a consumer's catalog. */
export interface LinkConfig {
  /** One link a database, one link a table, or none. */
  kind: 'database' | 'table' | 'none';
  /** Database of the consumer that takes table links. */
  database?: string;
  /** Region of the consumer's catalog; that of the port where left out. */
  region?: string;
  /** Also where the account itself is granted something. */
  forAccount: boolean;
}

/** What holds for accounts that say nothing. */
export const defaultLinks: LinkConfig = { kind: 'database', forAccount: false };

/** `dataMesh.lakeFormation` of the configuration. */
export interface LakeFormationConfig {
  /** Instead of AWS's own endpoints, like that of the emulator. */
  endpoint?: string;
  accounts: AccountConfig[];
  /**
   * Accounts of one AWS organization in which RAM shares without invitations.
   */
  organization?: { accounts: 'all' | string[] };
  /** The account in which users and groups of Identity Center query. */
  identityCenterAccountId?: string;
  /**
   * Whether a plan may revoke what IAM_ALLOWED_PRINCIPALS holds where it keeps
   * a grant to another account from being made.
   */
  iamAllowedPrincipals: 'refuse' | 'revoke';
  /** LF-Tags that follow from what products say. */
  tags?: TagOntology;
  /** How temporary credentials are given out; none are where left out. */
  vending?: VendingConfig;
  /** Calls a second to one account and region. */
  requestsPerSecond: number;
  connectionTimeoutMs: number;
  requestTimeoutMs: number;
  /** Of the SDK, for one call. The worker comes back after that. */
  maxAttempts: number;
}

/** What holds where the configuration says nothing. */
export const defaultLakeFormationConfig: LakeFormationConfig = {
  accounts: [],
  iamAllowedPrincipals: 'refuse',
  // AWS publishes no quota of Lake Formation's calls: adjustable, and the SDK
  // slows down further where it is throttled.
  requestsPerSecond: 10,
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 15_000,
  maxAttempts: 3,
};

const ROOT = 'dataMesh.lakeFormation';

/**
 * Reads `dataMesh.lakeFormation`. Accounts that it gives no alias have that of
 * `dataMesh.accounts`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readLakeFormationConfig(root: Config): LakeFormationConfig {
  const config = root.getOptionalConfig(ROOT);
  const defaults = defaultLakeFormationConfig;
  const named = readNamedAccounts(root);
  if (!config) return { ...defaults, accounts: named };
  const positive = (key: string, fallback: number): number => {
    const value = config.getOptionalNumber(key) ?? fallback;
    if (!(value > 0)) {
      throw new InputError(
        `${ROOT}.${key} is ${value}, expected a number above 0`,
      );
    }
    return value;
  };
  const maxAttempts = positive('maxAttempts', defaults.maxAttempts);
  if (!Number.isInteger(maxAttempts)) {
    throw new InputError(
      `${ROOT}.maxAttempts is ${maxAttempts}, expected a whole number`,
    );
  }
  const vending = readVendingConfig(root);
  const tags = readTagOntology(root);
  return {
    ...(vending && { vending }),
    ...(tags.length > 0 && { tags }),
    endpoint: readEndpoint(config.getOptionalString('endpoint')),
    accounts: withNames(
      (config.getOptionalConfigArray('accounts') ?? []).map((account, index) =>
        readAccount(account, `${ROOT}.accounts[${index}]`),
      ),
      named,
    ),
    ...readOrganization(config.getOptionalConfig('organization')),
    ...readIdentityCenter(config),
    iamAllowedPrincipals: oneOf(
      `${ROOT}.iamAllowedPrincipals`,
      config.getOptionalString('iamAllowedPrincipals') ??
        defaults.iamAllowedPrincipals,
      ['refuse', 'revoke'] as const,
    ),
    requestsPerSecond: positive(
      'pace.requestsPerSecond',
      defaults.requestsPerSecond,
    ),
    connectionTimeoutMs: positive(
      'timeouts.connectionMs',
      defaults.connectionTimeoutMs,
    ),
    requestTimeoutMs: positive('timeouts.requestMs', defaults.requestTimeoutMs),
    maxAttempts,
  };
}

function readEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) return undefined;
  const protocol = URL.canParse(endpoint) ? new URL(endpoint).protocol : '';
  if (!['http:', 'https:'].includes(protocol)) {
    throw new InputError(
      `${ROOT}.endpoint is '${endpoint}', expected a URL like http://127.0.0.1:4566`,
    );
  }
  return endpoint;
}

function readAccount(config: Config, path: string): AccountConfig {
  const links = config.getOptionalConfig('links');
  return {
    accountId: accountId(config.getString('accountId'), `${path}.accountId`),
    alias: config.getOptionalString('alias'),
    region: config.getOptionalString('region'),
    ...(links && { links: readLinks(links, `${path}.links`) }),
  };
}

/** The accounts that the backend shows by name. It checks them. */
function readNamedAccounts(root: Config): AccountConfig[] {
  return (root.getOptionalConfigArray('dataMesh.accounts') ?? []).map(one => ({
    accountId: one.getString('accountId'),
    alias: one.getString('alias'),
  }));
}

function withNames(
  accounts: AccountConfig[],
  named: AccountConfig[],
): AccountConfig[] {
  const aliases = new Map(named.map(one => [one.accountId, one.alias]));
  const known = new Set(accounts.map(one => one.accountId));
  return [
    ...accounts.map(one => ({
      ...one,
      alias: one.alias ?? aliases.get(one.accountId),
    })),
    ...named.filter(one => !known.has(one.accountId)),
  ];
}

function accountId(value: string, path: string): string {
  if (!/^\d{12}$/.test(value)) {
    throw new InputError(`${path} is '${value}', expected 12 digits in quotes`);
  }
  return value;
}

function oneOf<T extends string>(
  path: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(one => one === value);
  if (!found) {
    throw new InputError(
      `${path} is '${value}', expected ${allowed
        .map(one => `'${one}'`)
        .join(' or ')}`,
    );
  }
  return found;
}

function readLinks(config: Config, path: string): LinkConfig {
  const kind = oneOf(
    `${path}.kind`,
    config.getOptionalString('kind') ?? defaultLinks.kind,
    ['database', 'table', 'none'] as const,
  );
  const database = config.getOptionalString('database');
  if (kind === 'table' && !database) {
    throw new InputError(
      `${path}.database is missing, expected the database of the account that takes the links of its tables`,
    );
  }
  const region = config.getOptionalString('region');
  return {
    kind,
    ...(database && { database: database.toLocaleLowerCase('en-US') }),
    ...(region && { region }),
    forAccount:
      config.getOptionalBoolean('forAccount') ?? defaultLinks.forAccount,
  };
}

function readOrganization(
  config: Config | undefined,
): Pick<LakeFormationConfig, 'organization'> {
  if (!config) return {};
  const path = `${ROOT}.organization`;
  const accounts = config.getOptionalStringArray('accounts');
  const sharing = config.getOptionalBoolean('sharing') ?? true;
  if (!sharing) return {};
  return {
    organization: {
      accounts:
        accounts?.map((one, index) =>
          accountId(one, `${path}.accounts[${index}]`),
        ) ?? 'all',
    },
  };
}

function readIdentityCenter(
  config: Config,
): Pick<LakeFormationConfig, 'identityCenterAccountId'> {
  const key = 'identityCenter.accountId';
  const value = config.getOptionalString(key);
  return value
    ? { identityCenterAccountId: accountId(value, `${ROOT}.${key}`) }
    : {};
}
