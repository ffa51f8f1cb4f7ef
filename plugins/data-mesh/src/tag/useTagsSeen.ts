import type {
  DataProductEntity,
  ProductTags,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  driftResolvePermission,
  grantsReadPermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { usePermission } from '@backstage/plugin-permission-react';
import { Loaded, useDataMesh, useLoad, useMe } from '../api';
import { fullRef } from '../components';

/** An answer of this age will do for a hint. */
const MAX_AGE_SECONDS = 3_600;

/**
 * The LF-Tags of a product as they were seen last, for those who may see them.
 * AWS is asked once an hour at most, however many look at the product.
 */
export function useTagsSeen(entity: DataProductEntity): Loaded<ProductTags> {
  const dataMesh = useDataMesh();
  const ref = stringifyEntityRef(entity);
  const owner = fullRef(
    entity.spec.owner,
    'group',
    entity.metadata.namespace,
  ).toLocaleLowerCase('en-US');
  const me = useMe();
  const sees = usePermission({ permission: grantsReadPermission });
  const resolves = usePermission({ permission: driftResolvePermission });
  const may =
    sees.allowed ||
    resolves.allowed ||
    Boolean(me.value?.ownershipRefs.includes(owner));
  return useLoad(
    may ? `tags seen ${ref}` : undefined,
    () => dataMesh.getProductTags(ref, { maxAgeSeconds: MAX_AGE_SECONDS }),
    { live: false },
  );
}
