import { useEffect } from 'react';
import type { ProductTags } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded, useDataMesh, useLoad, useProductOverview } from '../api';
import { useMeshQueries } from '../api/meshQueries';

/** An answer of this age will do for a hint. */
const MAX_AGE_SECONDS = 3_600;

/** Coming back to the product shows it at once. */
const KEEP_MS = 600_000;

const keyOf = (productRef: string) => `tags seen ${productRef}`;

/**
 * The LF-Tags of a product as they were seen last, for those who may see them.
 * AWS is asked once an hour at most, however many look at the product.
 */
export function useTagsSeen(productRef: string): Loaded<ProductTags> {
  const dataMesh = useDataMesh();
  const maySee = useProductOverview(productRef).value?.maySeeTags ?? false;
  return useLoad(
    maySee ? keyOf(productRef) : undefined,
    () =>
      dataMesh.getProductTags(productRef, { maxAgeSeconds: MAX_AGE_SECONDS }),
    { live: false, keepMs: KEEP_MS },
  );
}

/** Takes note of what is newer than what {@link useTagsSeen} has. */
export function useTagsLookedAt(productRef: string, tags?: ProductTags) {
  const { client } = useMeshQueries();
  useEffect(() => {
    if (tags) client.setQueryData([keyOf(productRef)], tags);
  }, [client, productRef, tags]);
}
