import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readAuditConfig } from '../audit';
import { requireKnownKeys } from '../config/knownConfig';
import { readAccountAliases } from '../config/readAccountAliases';
import { readGovernanceRefs } from '../config/readGovernanceRefs';
import {
  readNewlyReached,
  readPolicyRules,
  readUndoSeconds,
} from '../config/readPolicyRules';
import { readReminders } from '../config/readReminders';
import { readScanConfig } from '../config/scanConfig';
import { readTrustedLocations } from '../config/trustedLocations';
import { readDomains } from '../places';
import { readWorkerConfig } from '../provisioning';

/**
 * All that `dataMesh` says in config, before anything is made of it.
 *
 * @throws InputError where it says something that nobody knows
 */
export function readMeshConfig(config: RootConfigService) {
  requireKnownKeys(config);
  return {
    rules: readPolicyRules(config),
    newlyReached: readNewlyReached(config),
    undoSeconds: readUndoSeconds(config),
    domains: readDomains(config),
    trustedLocations: readTrustedLocations(config),
    governanceRefs: readGovernanceRefs(config),
    aliases: readAccountAliases(config),
    audit: readAuditConfig(config),
    reminders: readReminders(config),
    worker: readWorkerConfig(config),
    scan: readScanConfig(config),
  };
}

/** What config says, read. */
export type MeshConfig = ReturnType<typeof readMeshConfig>;
