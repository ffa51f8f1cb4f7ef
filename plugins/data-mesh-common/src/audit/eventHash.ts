import type { JsonValue } from '@backstage/types';
import type { AuditEvent } from '../client';
import { canonicalJson } from './canonicalJson';

/**
 * SHA-256 in lower case hexadecimal digits; text as UTF-8.
 *
 * @public
 */
export type Sha256 = (data: string | Uint8Array) => string;

/**
 * Hash of an event: of all that it says, and of the hash before it.
 *
 * @public
 */
export function hashOfEvent(
  { hash: _, ...said }: AuditEvent,
  sha256: Sha256,
): string {
  return sha256(canonicalJson(said as JsonValue));
}
