import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** An AWS account as the configuration names it. */
export interface AccountConfig {
  accountId: string;
  /** Name of the account as people know it. */
  alias?: string;
  /** Region of ports that name none. */
  region?: string;
}

/** `dataMesh.lakeFormation` of the configuration. */
export interface LakeFormationConfig {
  /** Instead of AWS's own endpoints, like that of the emulator. */
  endpoint?: string;
  accounts: AccountConfig[];
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
  // AWS publishes no quota of Lake Formation's calls: adjustable, and the SDK
  // slows down further where it is throttled.
  requestsPerSecond: 10,
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 15_000,
  maxAttempts: 3,
};

const ROOT = 'dataMesh.lakeFormation';

/**
 * Reads `dataMesh.lakeFormation`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readLakeFormationConfig(root: Config): LakeFormationConfig {
  const config = root.getOptionalConfig(ROOT);
  const defaults = defaultLakeFormationConfig;
  if (!config) return defaults;
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
  return {
    endpoint: readEndpoint(config.getOptionalString('endpoint')),
    accounts: (config.getOptionalConfigArray('accounts') ?? []).map(
      (account, index) => readAccount(account, `${ROOT}.accounts[${index}]`),
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
  const accountId = config.getString('accountId');
  if (!/^\d{12}$/.test(accountId)) {
    throw new InputError(
      `${path}.accountId is '${accountId}', expected 12 digits in quotes`,
    );
  }
  return {
    accountId,
    alias: config.getOptionalString('alias'),
    region: config.getOptionalString('region'),
  };
}
