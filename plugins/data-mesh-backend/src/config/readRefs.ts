import type { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * Reads references of users and groups; those without a kind are groups.
 *
 * @param key - with `example` as a good value
 * @returns full references; none where the key is absent
 * @throws InputError naming the entry that is no reference
 */
export function readRefs(
  root: Config,
  key: string,
  example: string,
): readonly string[] {
  return (root.getOptionalStringArray(key) ?? []).map((ref, index) => {
    try {
      return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'Group' }));
    } catch (cause) {
      throw new InputError(
        `${key}[${index}] is '${ref}', expected a reference of a user or group like ${example}`,
        cause,
      );
    }
  });
}
