import { InputError } from '@backstage/errors';
import {
  namesInWords,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LakeFormationConfig } from '../config';
import { PortLocation } from '../lake/PortLocation';
import { ResourceAccess } from '../lake/grant';
import { resourceKey } from '../lake/keys';
import { LakeResource, allTables, tablesIn } from '../lake/resource';
import { resourceInWords } from '../lake/words';
import { describeRestriction } from '../steps/restrictions/describeRestriction';
import { ObservedPort } from './ObservedPort';
import { Reach } from './Reach';
import { HYBRID_VERSION, isHybrid, isOpen } from './hybridMode';
import { inChunks } from './inChunks';

/**
 * Lake Formation refuses a grant to another account on what is open to
 * IAM_ALLOWED_PRINCIPALS ("Illegal combination"). Closing that changes what
 * everybody else may do, so it is never done unseen.
 *
 * @returns the steps that close it and keep it closed, if the configuration
 *   allows it
 * @throws InputError with what to do, where it does not
 */
export function planRestriction(
  wants: ResourceAccess[],
  location: PortLocation,
  reach: Reach,
  observed: ObservedPort,
  config: Pick<LakeFormationConfig, 'iamAllowedPrincipals'>,
): PlanStep[] {
  if (reach.topology === 'single-account') return [];
  const resources = resourcesToClose(wants, observed);
  const open = resources.filter(resource => isOpen(resource, observed));
  if (config.iamAllowedPrincipals === 'refuse') {
    if (open.length === 0) return [];
    const names = namesInWords(
      open.map(resource => resourceInWords(resource).text.replaceAll('`', '')),
    );
    throw new InputError(
      `scope: IAM_ALLOWED_PRINCIPALS holds permissions on ${names}, and Lake Formation refuses grants to other accounts beside that. ` +
        `Revoke them in account ${location.accountId}, after looking who relies on them; ` +
        `or set dataMesh.lakeFormation.iamAllowedPrincipals to 'revoke', which makes it a step of the plan; ` +
        `or register the location in hybrid access mode (cross-account version ${HYBRID_VERSION} or above)`,
    );
  }
  // Also where it is closed: whoever has closed it might open it again.
  return inChunks(resources).map(chunk =>
    describeRestriction(location, chunk, {
      done: !chunk.some(resource => isOpen(resource, observed)),
    }),
  );
}

function resourcesToClose(
  wants: ResourceAccess[],
  observed: ObservedPort,
): LakeResource[] {
  const resources = new Map<string, LakeResource>();
  for (const { resource } of wants) {
    const named = tablesIn(resource);
    if (!named || isHybrid(named, observed)) continue;
    for (const tables of [named, allTables(named)]) {
      resources.set(resourceKey(tables), tables);
    }
  }
  return [...resources.values()];
}
