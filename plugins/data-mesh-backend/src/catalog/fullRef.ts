import { readRef } from './readRef';

/** A reference in full; undefined where it cannot be read. */
export function fullRef(
  ref: string,
  defaultKind: string,
  defaultNamespace = 'default',
): string | undefined {
  return readRef(ref, { defaultKind, defaultNamespace });
}
