import type { Config } from '@backstage/config';
import { readRefs } from './readRefs';

/**
 * Reads `dataMesh.governance`: who has power over what others hold. Where it is
 * absent, nobody has.
 *
 * @throws InputError naming the entry that is no reference
 */
export function readGovernanceRefs(root: Config): readonly string[] {
  return readRefs(root, 'dataMesh.governance', 'group:default/governance');
}
