import type { LoggerService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  type CatalogProcessor,
  type CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import type { LocationSpec } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  isDataProductEntity,
  validateDataProduct,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { dataProductRelations } from './dataProductRelations';

/**
 * Recognizes and validates data products and emits the relations of the mesh.
 *
 * Only those of our own API group: a DataProduct of another group belongs to
 * whoever brought it.
 */
export class DataProductProcessor implements CatalogProcessor {
  constructor(private readonly options: { logger: LoggerService }) {}

  getProcessorName(): string {
    return 'DataProductProcessor';
  }

  /**
   * Before the catalog's own processors (they have 20): validation stops at the
   * first processor that throws, and ours names the field and what was probably
   * meant.
   */
  getPriority(): number {
    return 10;
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    const account = entity.metadata.annotations?.[ANNOTATION_AWS_ACCOUNT_ID];
    if (account !== undefined && !/^\d{12}$/.test(account)) {
      throw new InputError(
        `metadata.annotations["${ANNOTATION_AWS_ACCOUNT_ID}"] must be a 12-digit AWS account, found ${account}`,
      );
    }
    if (!isDataProductEntity(entity)) return false;
    validateDataProduct(entity);
    return true;
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const { relations, unreadable } = dataProductRelations(entity);
    for (const relation of relations) emit(processingResult.relation(relation));
    if (unreadable.length > 0) {
      this.options.logger.warn(
        `${stringifyEntityRef(
          entity,
        )} names what is no reference of the right kind: ${unreadable.join(
          ', ',
        )}`,
      );
    }
    return entity;
  }
}
