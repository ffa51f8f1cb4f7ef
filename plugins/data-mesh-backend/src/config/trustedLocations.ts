import {
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { matchesExactly } from '@lakemesh/backstage-plugin-data-mesh-common';

const KEY = 'dataMesh.trustedLocations';
const LONGEST = 2_048;

/**
 * Reads `dataMesh.trustedLocations`: patterns of the locations whose entities
 * may say what a domain answers for. Default: none.
 *
 * @throws InputError naming the entry that is no pattern of a location
 */
export function readTrustedLocations(root: Config): readonly string[] {
  const patterns = root.getOptionalStringArray(KEY) ?? [];
  patterns.forEach((pattern, index) => {
    if (!/^[a-z][a-z0-9-]*:./.test(pattern) || pattern.length > LONGEST) {
      throw new InputError(
        `${KEY}[${index}] is '${pattern}', expected a type and a target of at most ${LONGEST} characters, like url:https://github.com/acme/catalog/blob/main/*, in which * stands for any characters`,
      );
    }
  });
  return patterns;
}

/** Path segments that make a target lead elsewhere than it begins. */
const LEADS_ELSEWHERE = /(^|[/\\:])\.{1,2}([/\\]|$)|%2e/i;

/**
 * Whether an entity comes from a trusted location, by the origin that the
 * catalog keeps. Upper and lower case differ, as they do in paths.
 */
export function isFromTrustedLocation(
  patterns: readonly string[],
  entity: Pick<Entity, 'metadata'>,
): boolean {
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  return (
    origin !== undefined &&
    origin.length <= LONGEST &&
    !LEADS_ELSEWHERE.test(origin) &&
    patterns.some(pattern => matchesExactly(pattern, origin))
  );
}
