import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Users and groups with a part in the whole mesh. Full references. */
export interface PolicyRoles {
  /** Reads all, and has the powers that come with it. */
  governance: readonly string[];
  /** Read all and change nothing. */
  auditors: readonly string[];
  /** Approve personal data, so they see who holds it. */
  stewards: readonly string[];
}

function readRefs(root: Config, key: string): string[] {
  return (root.getOptionalStringArray(key) ?? []).map((ref, index) => {
    try {
      return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'Group' }));
    } catch (cause) {
      throw new InputError(
        `${key}[${index}] is '${ref}', expected a reference of a user or group like group:default/governance`,
        cause,
      );
    }
  });
}

/**
 * Reads `dataMesh.governance`, `dataMesh.auditors` and
 * `dataMesh.policy.stewards`. What is absent is nobody.
 *
 * @throws InputError naming the entry that is no reference
 */
export function readPolicyRoles(root: Config): PolicyRoles {
  return {
    governance: readRefs(root, 'dataMesh.governance'),
    auditors: readRefs(root, 'dataMesh.auditors'),
    stewards: readRefs(root, 'dataMesh.policy.stewards'),
  };
}
