import { stringifyEntityRef } from '@backstage/catalog-model';
import { ANNOTATION_PRINCIPALS } from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  PrincipalResolver,
  ResolvedPrincipal,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { MeshCatalog } from '../catalog/MeshCatalog';

/**
 * Finds principals in the annotation `lakemesh.io/principals` of users and
 * groups. The catalog is read as the plugin: whose role somebody may act as does
 * not depend on what of the catalog they may see.
 */
export class AnnotationPrincipalResolver implements PrincipalResolver {
  readonly #catalog: MeshCatalog;

  constructor(catalog: MeshCatalog) {
    this.#catalog = catalog;
  }

  async resolve(ownershipRefs: string[]): Promise<ResolvedPrincipal[]> {
    const entities = await this.#catalog.entitiesOf(ownershipRefs);
    return ownershipRefs.flatMap(via => {
      const annotation =
        entities.get(via)?.metadata.annotations?.[ANNOTATION_PRINCIPALS];
      const ids = annotation?.split(/[\s,]+/).filter(id => id.length > 0) ?? [];
      return ids.map(id => ({ id, via }));
    });
  }

  async actorsOf(principalId: string): Promise<string[]> {
    const entities = await this.#catalog.actingAs(principalId);
    return entities.map(entity => stringifyEntityRef(entity));
  }
}
