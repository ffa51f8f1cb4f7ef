import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
  entityEnvelopeSchemaValidator,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  ANNOTATION_PRINCIPALS,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * Annotations that a template may not set: where an entity comes from is said
 * by the catalog, and who may act as which principal is decided by who runs the
 * mesh. A group that names a role would let its members ask for access in the
 * name of that role.
 */
const RESERVED = [
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_PRINCIPALS,
];

const validateEnvelope = entityEnvelopeSchemaValidator();

function envelopeProblem(entity: unknown): string | undefined {
  try {
    validateEnvelope(entity);
    return undefined;
  } catch (error) {
    return isError(error) ? error.message : String(error);
  }
}

/**
 * What speaks against publishing these entities, as far as they alone tell.
 *
 * @param allow - kinds that may be published, lower case
 */
export function entityProblems(
  entities: unknown[],
  allow: string[],
): Problem[] {
  const refs = new Set<string>();
  return entities.flatMap((candidate, index): Problem[] => {
    const field = `entities[${index}]`;
    const malformed = envelopeProblem(candidate);
    if (malformed) return [{ field, reason: malformed }];

    const entity = candidate as Entity;
    const problems: Problem[] = [];
    if (!allow.includes(entity.kind.toLocaleLowerCase('en-US'))) {
      problems.push({
        field: `${field}.kind`,
        reason: `${entity.kind} may not be published, only ${allow.join(
          ', ',
        )} (dataMesh.catalog.allow)`,
      });
    }
    for (const name of RESERVED) {
      if (entity.metadata.annotations?.[name] !== undefined) {
        problems.push({
          field: `${field}.metadata.annotations`,
          reason: `${name} may not be set by a template`,
        });
      }
    }
    const ref = stringifyEntityRef(entity);
    if (refs.has(ref)) {
      problems.push({ field, reason: `${ref} is there twice` });
    }
    refs.add(ref);
    return problems;
  });
}
