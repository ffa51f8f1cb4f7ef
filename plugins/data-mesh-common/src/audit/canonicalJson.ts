import type { JsonValue } from '@backstage/types';
import stringify from 'fast-json-stable-stringify';

/**
 * JSON with the keys of every object in order, so that equal values have equal
 * text. Stored hashes are made of it: its bytes never change.
 *
 * @public
 */
export function canonicalJson(value: JsonValue): string {
  return stringify(value);
}
