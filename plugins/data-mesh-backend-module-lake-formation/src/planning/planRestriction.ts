import { InputError } from '@backstage/errors';
import {
  namesInWords,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LakeFormationConfig } from '../config';
import { GrantWant } from '../model/GrantWant';
import { ALL_TABLES, Place, placeInWords, placeKey } from '../model/Place';
import { PortLocation } from '../model/PortLocation';
import { describeRestriction } from '../steps/describeRestriction';
import { HYBRID_VERSION, isHybrid, isOpen, tableOf } from './hybridMode';
import { inChunks } from './inChunks';
import { ObservedPort } from './ObservedPort';
import { Reach } from './Reach';

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
  wants: GrantWant[],
  location: PortLocation,
  reach: Reach,
  observed: ObservedPort,
  config: Pick<LakeFormationConfig, 'iamAllowedPrincipals'>,
): PlanStep[] {
  if (reach.topology === 'single-account') return [];
  const places = placesToClose(wants, observed);
  const open = places.filter(place => isOpen(place, observed));
  if (config.iamAllowedPrincipals === 'refuse') {
    if (open.length === 0) return [];
    const names = namesInWords(
      open.map(place => placeInWords(place).replaceAll('`', '')),
    );
    throw new InputError(
      `scope: IAM_ALLOWED_PRINCIPALS holds permissions on ${names}, and Lake Formation refuses grants to other accounts beside that. ` +
        `Revoke them in account ${location.accountId}, after looking who relies on them; ` +
        `or set dataMesh.lakeFormation.iamAllowedPrincipals to 'revoke', which makes it a step of the plan; ` +
        `or register the location in hybrid access mode (cross-account version ${HYBRID_VERSION} or above)`,
    );
  }
  // Also where it is closed: whoever has closed it might open it again.
  return inChunks(places).map(chunk =>
    describeRestriction(location, chunk, {
      done: !chunk.some(place => isOpen(place, observed)),
    }),
  );
}

function placesToClose(wants: GrantWant[], observed: ObservedPort): Place[] {
  const places = new Map<string, Place>();
  for (const { place } of wants) {
    const named = tableOf(place);
    if (!named || isHybrid(named, observed)) continue;
    for (const table of [named.table, ALL_TABLES]) {
      const one: Place = { ...named, table };
      places.set(placeKey(one), one);
    }
  }
  return [...places.values()];
}
