import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** How credentials are given out: `dataMesh.lakeFormation.vending`. */
export interface VendingConfig {
  /**
   * Role in the principal's account that may assume the principals' roles. The
   * credentials of the account do so themselves where left out.
   */
  roleName?: string;
  /**
   * Value of the session tag `LakeFormationAuthorizedCaller`. Where left out,
   * the account's setting for full table access by external engines must be on.
   */
  sessionTagValue?: string;
  maxDurationSeconds: number;
}

/** Shortest and longest that Lake Formation gives keys for a table for. */
export const MIN_DURATION_SECONDS = 900;
export const MAX_DURATION_SECONDS = 21_600;

const ROOT = 'dataMesh.lakeFormation.vending';
// What IAM takes for names of roles, with their path, and for values of tags.
const ROLE_NAME = /^[\w+=,.@/-]{1,512}$/;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

/**
 * Reads `dataMesh.lakeFormation.vending`.
 *
 * @returns undefined where it is not there: no credentials are given out
 * @throws InputError naming the key, what was found and what is expected
 */
export function readVendingConfig(root: Config): VendingConfig | undefined {
  const config = root.getOptionalConfig(ROOT);
  if (!config) return undefined;
  const roleName = config.getOptionalString('roleName');
  if (roleName !== undefined && !ROLE_NAME.test(roleName)) {
    throw new InputError(
      `${ROOT}.roleName is '${roleName}', expected the name of an IAM role`,
    );
  }
  const sessionTagValue = config.getOptionalString('sessionTagValue');
  if (sessionTagValue !== undefined && !TAG_VALUE.test(sessionTagValue)) {
    throw new InputError(
      `${ROOT}.sessionTagValue is '${sessionTagValue}', expected up to 256 letters, digits and _ . : / = + - @`,
    );
  }
  const maxDurationSeconds =
    config.getOptionalNumber('maxDurationSeconds') ?? MAX_DURATION_SECONDS;
  if (
    !Number.isInteger(maxDurationSeconds) ||
    maxDurationSeconds < MIN_DURATION_SECONDS ||
    maxDurationSeconds > MAX_DURATION_SECONDS
  ) {
    throw new InputError(
      `${ROOT}.maxDurationSeconds is ${maxDurationSeconds}, expected a whole number from ${MIN_DURATION_SECONDS} to ${MAX_DURATION_SECONDS}`,
    );
  }
  return {
    ...(roleName && { roleName }),
    ...(sessionTagValue && { sessionTagValue }),
    maxDurationSeconds,
  };
}
