import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { untilCatalogKnows } from './untilCatalogKnows';

const orders: Entity = {
  apiVersion: 'lakemesh.io/v1alpha1',
  kind: 'DataProduct',
  metadata: { name: 'orders' },
};
const REF = 'dataproduct:default/orders';

/** A catalog that knows the product from the given look on. */
function catalogThatLearns(look: number) {
  const catalog = catalogServiceMock.mock();
  let looks = 0;
  catalog.getEntitiesByRefs.mockImplementation(async () => {
    looks += 1;
    return { items: [looks >= look ? orders : undefined] };
  });
  return catalog;
}

async function wait(catalog: ReturnType<typeof catalogThatLearns>) {
  const waits: number[] = [];
  const missing = await untilCatalogKnows([REF], {
    auth: mockServices.auth(),
    catalog,
    sleep: async milliseconds => {
      waits.push(milliseconds);
    },
    withinMs: 20_000,
  });
  return { waits, missing };
}

describe('waiting for the catalog', () => {
  it('does not wait where all is there', async () => {
    expect(await wait(catalogThatLearns(1))).toEqual({
      waits: [],
      missing: [],
    });
  });

  it('looks again with growing pauses', async () => {
    expect(await wait(catalogThatLearns(6))).toEqual({
      waits: [500, 1000, 2000, 4000, 5000],
      missing: [],
    });
  });

  it('gives up when the time is over and says what is missing', async () => {
    const { waits, missing } = await wait(catalogThatLearns(Infinity));

    expect(missing).toEqual([REF]);
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(
      20_000,
    );
  });
});
