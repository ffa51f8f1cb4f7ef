import { stringifyEntityRef } from '@backstage/catalog-model';
import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { nextTurn } from '../turns';
import { keepPublication, type KeepingDeps } from './keepPublication';
import type { SlimRow } from './PublicationStore';
import { World, type PortLook, type WorldDeps } from './world';

/** What passes and single looks need. */
export interface PublishingDeps extends KeepingDeps, WorldDeps {
  catalog: Pick<MeshCatalog, 'entitiesOf' | 'productPages' | 'findProduct'>;
}

interface Changed {
  productRef: string;
  port: string;
  id?: string;
  look: PortLook;
}

const keyOf = (productRef: string, port: string) => `${productRef}\n${port}`;

/**
 * Judges every port of the catalog once. What has not changed costs no look at
 * its row, and nothing is written for it.
 *
 * @returns how many ports were judged again
 */
export async function publishPass(
  deps: PublishingDeps,
  signal?: AbortSignal,
): Promise<number> {
  const known = new Map(
    (await deps.store.slim()).map(row => [
      keyOf(row.product_ref, row.port),
      row,
    ]),
  );
  const world = await World.load(deps);
  let judged = 0;
  for await (const page of deps.catalog.productPages()) {
    signal?.throwIfAborted();
    await world.learn(page);
    judged += await keepAll(deps, await changedOf(world, page, known));
  }
  // Only what a whole pass has not met has left the catalog.
  const left = [...known.values()].filter(row => row.present);
  for (const seen of await deps.store.byIds(left.map(row => row.id))) {
    signal?.throwIfAborted();
    await keepPublication(deps, {
      productRef: seen.product_ref,
      port: seen.port,
      seen,
      look: world.gone(),
    });
  }
  return judged + left.length;
}

/** What of a page is not as it was. What was met is taken from those known. */
async function changedOf(
  world: World,
  page: readonly DataProductEntity[],
  known: Map<string, SlimRow>,
): Promise<Changed[]> {
  const changed: Changed[] = [];
  for (const product of page) {
    const productRef = stringifyEntityRef(product);
    for (const port of product.spec.outputPorts) {
      const key = keyOf(productRef, port.name);
      const row = known.get(key);
      known.delete(key);
      const look = world.look(product, port, {
        returned: row !== undefined && !row.present,
      });
      if (row?.fingerprint !== look.fingerprint) {
        changed.push({ productRef, port: port.name, id: row?.id, look });
      }
      await nextTurn();
    }
  }
  return changed;
}

async function keepAll(
  deps: PublishingDeps,
  changed: readonly Changed[],
): Promise<number> {
  const rows = new Map(
    (await deps.store.byIds(changed.flatMap(({ id }) => id ?? []))).map(row => [
      row.id,
      row,
    ]),
  );
  for (const { id, ...port } of changed) {
    await nextTurn();
    await keepPublication(deps, {
      ...port,
      seen: id === undefined ? undefined : rows.get(id),
    });
  }
  return changed.length;
}
