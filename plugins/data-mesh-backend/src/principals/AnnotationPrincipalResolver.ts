import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PRINCIPALS,
  readPrincipalsAnnotation,
  type Principal,
  type PrincipalsAnnotation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  PrincipalProblem,
  PrincipalResolver,
  ResolvedPrincipal,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { MeshCatalog } from '../catalog/MeshCatalog';

/**
 * Finds principals in the annotation `lakemesh.io/principals` of users and
 * groups. The catalog is read as the plugin: whose role somebody may act as does
 * not depend on what of the catalog they may see.
 *
 * An annotation that does not read whole names nobody. That is said in the log,
 * once for each text, and to whom it concerns.
 */
export class AnnotationPrincipalResolver implements PrincipalResolver {
  readonly #catalog: Pick<MeshCatalog, 'entitiesOf' | 'actingAs'>;
  readonly #read?: (id: string) => Principal | undefined;
  readonly #logger?: LoggerService;
  readonly #logged = new Map<string, string>();

  constructor(
    catalog: Pick<MeshCatalog, 'entitiesOf' | 'actingAs'>,
    options: {
      /** Reads one principal; default: those of AWS. */
      read?: (id: string) => Principal | undefined;
      logger?: LoggerService;
    } = {},
  ) {
    this.#catalog = catalog;
    this.#read = options.read;
    this.#logger = options.logger;
  }

  async resolve(ownershipRefs: string[]): Promise<ResolvedPrincipal[]> {
    const annotations = await this.#annotationsOf(ownershipRefs);
    return annotations.flatMap(({ via, annotation }) =>
      annotation.ok ? annotation.principals.map(({ id }) => ({ id, via })) : [],
    );
  }

  async problems(ownershipRefs: string[]): Promise<PrincipalProblem[]> {
    const annotations = await this.#annotationsOf(ownershipRefs);
    return annotations.flatMap(({ via, annotation }) =>
      annotation.ok ? [] : [{ via, reason: annotation.reason }],
    );
  }

  async #annotationsOf(
    refs: string[],
  ): Promise<Array<{ via: string; annotation: PrincipalsAnnotation }>> {
    const entities = await this.#catalog.entitiesOf(refs);
    return refs.flatMap(via => {
      const entity = entities.get(via);
      return entity ? [{ via, annotation: this.#readOf(via, entity) }] : [];
    });
  }

  async actorsOf(principalId: string): Promise<string[]> {
    const entities = await this.#catalog.actingAs(principalId);
    return entities.map(entity => stringifyEntityRef(entity));
  }

  #readOf(via: string, { metadata }: Entity): PrincipalsAnnotation {
    const text = metadata.annotations?.[ANNOTATION_PRINCIPALS];
    const annotation = readPrincipalsAnnotation(text, this.#read);
    if (annotation.ok) {
      this.#logged.delete(via);
    } else if (this.#logged.get(via) !== text) {
      this.#logged.set(via, text ?? '');
      this.#logger?.warn(
        `The annotation ${ANNOTATION_PRINCIPALS} of ${via} names nobody: ${annotation.reason}`,
      );
    }
    return annotation;
  }
}
