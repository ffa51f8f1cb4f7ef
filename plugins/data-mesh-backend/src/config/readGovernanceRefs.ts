import type { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

const KEY = 'dataMesh.governance';

/**
 * Reads `dataMesh.governance`: who has power over what others hold. Where it is
 * absent, nobody has.
 *
 * @throws InputError naming the entry that is no reference
 */
export function readGovernanceRefs(root: Config): readonly string[] {
  const refs = root.getOptionalStringArray(KEY) ?? [];
  return refs.map((ref, index) => {
    try {
      return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'Group' }));
    } catch (cause) {
      throw new InputError(
        `${KEY}[${index}] is '${ref}', expected a reference of a user or group like group:default/governance`,
        cause,
      );
    }
  });
}
