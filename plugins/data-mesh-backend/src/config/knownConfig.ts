import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { nearestName } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * Keys of a section of config. `any` is what is read, and checked, elsewhere;
 * the keys of a list are those of its elements.
 */
export type KnownKeys = { readonly [key: string]: 'any' | KnownKeys };

/**
 * Every key below `dataMesh` that a package of ours reads. What is not here is
 * a typo and stops the start, so a new key has to be added.
 */
export const DATA_MESH_KEYS: KnownKeys = {
  accounts: { accountId: 'any', alias: 'any' },
  audit: 'any',
  auditors: 'any',
  /** Of the catalog and scaffolder modules. */
  catalog: 'any',
  domains: {
    domain: 'any',
    teams: 'any',
    holds: {
      system: 'any',
      catalogId: 'any',
      region: 'any',
      database: 'any',
      table: 'any',
      tag: { key: 'any', values: 'any' },
    },
  },
  drift: {
    automatic: { missing: 'any', excess: 'any', residue: 'any' },
    reapplyPerMinute: 'any',
  },
  governance: 'any',
  /** Of the module for Lake Formation. */
  lakeFormation: 'any',
  people: { childGroups: 'any' },
  /** Of the permission policy module. */
  permissionPolicy: 'any',
  policy: {
    maxDurationDays: 'any',
    defaultDurationDays: 'any',
    purposes: { id: 'any', title: 'any' },
    stewards: 'any',
    fallbackApprovers: 'any',
    newlyReached: 'any',
    requestLapseDays: 'any',
    undoSeconds: 'any',
    autoApprove: { publicData: 'any', sameDomain: 'any' },
  },
  reminders: { beforeEndDays: 'any', waitingDays: 'any' },
  scan: {
    frequency: 'any',
    timeout: 'any',
    haltAbovePercent: 'any',
    haltAboveCount: 'any',
    checksPerScan: 'any',
    leaseSeconds: 'any',
  },
  trustedLocations: 'any',
  worker: {
    pollSeconds: 'any',
    leaseSeconds: 'any',
    concurrency: 'any',
    maxAttempts: 'any',
    backoff: { initialMs: 'any', maxMs: 'any' },
  },
};

function unknownKeys(value: unknown, known: KnownKeys, path: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) =>
      unknownKeys(element, known, `${path}[${index}]`),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const keys = Object.hasOwn(known, key) ? known[key] : undefined;
    if (keys === 'any') return [];
    if (keys) return unknownKeys(below, keys, `${path}.${key}`);
    const meant = nearestName(key, Object.keys(known));
    return [
      meant
        ? `${path}.${key} (did you mean ${path}.${meant}?)`
        : `${path}.${key} (known there: ${Object.keys(known).join(', ')})`,
    ];
  });
}

/**
 * A mistyped key is an error, never a rule that silently does not hold.
 *
 * @throws InputError naming each unknown key below `dataMesh`, with the nearest
 *   known one
 */
export function requireKnownKeys(root: Config): void {
  const unknown = unknownKeys(
    root.getOptional('dataMesh'),
    DATA_MESH_KEYS,
    'dataMesh',
  );
  if (unknown.length > 0) {
    throw new InputError(`Config has unknown keys: ${unknown.join('; ')}`);
  }
}
