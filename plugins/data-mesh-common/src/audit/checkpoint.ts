import type { JsonValue } from '@backstage/types';
import type { AuditCheckpoint } from '../client';
import { canonicalJson } from './canonicalJson';

/**
 * Action of the event that tells of a checkpoint; `after` is the checkpoint.
 *
 * @public
 */
export const CHECKPOINT_ACTION = 'audit.checkpoint';

/**
 * What is signed: everything that a checkpoint says, as canonical JSON.
 *
 * @public
 */
export function checkpointMessage({
  signature: _,
  ...said
}: AuditCheckpoint): string {
  return canonicalJson(said as JsonValue);
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

const isOptionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

/**
 * Reads a checkpoint.
 *
 * @returns undefined where the value is none
 * @public
 */
export function readCheckpoint(value: unknown): AuditCheckpoint | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { sequence, hash, count, at, keyId, signature } = value as {
    [name: string]: unknown;
  };
  const isCheckpoint =
    isCount(sequence) &&
    isCount(count) &&
    typeof hash === 'string' &&
    typeof at === 'string' &&
    isOptionalText(keyId) &&
    isOptionalText(signature);
  if (!isCheckpoint) return undefined;
  return {
    sequence,
    hash,
    count,
    at,
    ...(keyId !== undefined && { keyId }),
    ...(signature !== undefined && { signature }),
  };
}
