import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Full references of who decides for a product instead of its owner. */
export function productApprovers(product: DataProductEntity): string[] {
  const defaultNamespace = product.metadata.namespace ?? 'default';
  return (product.spec.access?.approvers ?? []).flatMap(ref => {
    try {
      return [
        stringifyEntityRef(
          parseEntityRef(ref, { defaultKind: 'Group', defaultNamespace }),
        ),
      ];
    } catch {
      // A reference that nobody can read names nobody.
      return [];
    }
  });
}
