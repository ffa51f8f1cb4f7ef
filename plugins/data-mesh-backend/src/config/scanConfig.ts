import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';

/** What may be done about drift without a person; by kind of it. */
export interface AutomaticRepair {
  missing: 'reapply' | 'none';
  excess: 'revoke' | 'none';
  residue: 'revoke' | 'none';
}

/** How systems are scanned; `dataMesh.scan` and `dataMesh.drift`. */
export interface ScanConfig {
  frequency: HumanDuration;
  timeout: HumanDuration;
  /** A scan that adds and removes more than this waits for a person. */
  haltAbovePercent: number;
  /** Less than this never halts, whatever the percentage. */
  haltAboveCount: number;
  /** Entitlements looked at beyond their grants, in one scan of a target. */
  checksPerScan: number;
  /** After how long without a sign of life another replica takes over. */
  leaseSeconds: number;
  /** Entitlements re-applied in a minute, where nobody says otherwise. */
  reapplyPerMinute: number;
  automatic: AutomaticRepair;
}

/** What holds where the configuration says nothing. */
export const defaultScanConfig: ScanConfig = {
  frequency: { hours: 1 },
  timeout: { minutes: 30 },
  haltAbovePercent: 20,
  haltAboveCount: 50,
  checksPerScan: 50,
  leaseSeconds: 60,
  reapplyPerMinute: 60,
  automatic: { missing: 'none', excess: 'none', residue: 'none' },
};

/**
 * Reads `dataMesh.scan` and `dataMesh.drift`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readScanConfig(config: Config): ScanConfig {
  const defaults = defaultScanConfig;
  const number = (
    path: string,
    fallback: number,
    range: { min: number; max?: number },
  ): number => {
    const value = config.getOptionalNumber(path) ?? fallback;
    const { min, max = Number.MAX_SAFE_INTEGER } = range;
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InputError(
        `${path} is ${value}, expected a whole number from ${min}${
          range.max === undefined ? '' : ` to ${range.max}`
        }`,
      );
    }
    return value;
  };
  const duration = (path: string, fallback: HumanDuration): HumanDuration =>
    config.has(path) ? readDurationFromConfig(config, { key: path }) : fallback;
  const repair = <T extends string>(
    kind: keyof AutomaticRepair,
    action: T,
  ): T | 'none' => {
    const path = `dataMesh.drift.automatic.${kind}`;
    const value = config.getOptionalString(path) ?? 'none';
    if (value === action) return action;
    if (value === 'none') return 'none';
    throw new InputError(
      `${path} is '${value}', expected '${action}' or 'none'`,
    );
  };
  return {
    frequency: duration('dataMesh.scan.frequency', defaults.frequency),
    timeout: duration('dataMesh.scan.timeout', defaults.timeout),
    haltAbovePercent: number(
      'dataMesh.scan.haltAbovePercent',
      defaults.haltAbovePercent,
      { min: 1, max: 100 },
    ),
    haltAboveCount: number(
      'dataMesh.scan.haltAboveCount',
      defaults.haltAboveCount,
      { min: 0 },
    ),
    checksPerScan: number(
      'dataMesh.scan.checksPerScan',
      defaults.checksPerScan,
      { min: 0 },
    ),
    leaseSeconds: number('dataMesh.scan.leaseSeconds', defaults.leaseSeconds, {
      min: 1,
    }),
    reapplyPerMinute: number(
      'dataMesh.drift.reapplyPerMinute',
      defaults.reapplyPerMinute,
      { min: 1, max: 1000 },
    ),
    automatic: {
      missing: repair('missing', 'reapply'),
      excess: repair('excess', 'revoke'),
      residue: repair('residue', 'revoke'),
    },
  };
}
