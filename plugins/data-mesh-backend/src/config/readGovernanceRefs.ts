import type { Config } from '@backstage/config';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

const KEY = 'dataMesh.governance';

/**
 * Reads `dataMesh.governance`: who may end or retry any entitlement. Where it
 * is absent, those who decide where nobody else can.
 *
 * @throws InputError naming the entry that is no reference
 */
export function readGovernanceRefs(
  root: Config,
  fallbackApprovers: readonly string[],
): readonly string[] {
  const refs = root.getOptionalStringArray(KEY);
  if (!refs) return fallbackApprovers;
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
