import type { DataProductEntity } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ANA, EVE, OMAR, aProduct, aRequest } from '../testing/meshFixture';
import { testDatabases } from '../testing/databases';
import { asked, startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();
const MANY = 2_000;

/** Titles go round, so that several products share one. */
const many = Array.from({ length: MANY }, (_, at): DataProductEntity => {
  const product = aProduct({
    name: `product-${at}`,
    spec: { lifecycle: at % 2 === 0 ? 'active' : 'draft' },
  });
  product.metadata.title = `Product ${at % 500}`;
  return product;
});

describe.each(databases.eachSupportedId())('finding products, on %s', id => {
  let mesh: Mesh;
  const start = async (products: DataProductEntity[]) => {
    mesh = await startMesh({ knex: await databases.migrated(id), products });
  };
  afterEach(() => mesh.stop());

  const find = async (query = '', userRef = ANA) => {
    const { body, status } = await mesh
      .as(userRef)
      .get(`/v1/products/search${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const refsOf = (body: { items: Array<{ productRef: string }> }) =>
    body.items.map(item => item.productRef);

  it('goes through thousands page by page, each once, counting all', async () => {
    await start(many);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof find>> = await find(
        `?limit=200&lifecycle=active${
          cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
        }`,
      );
      expect(page).toMatchObject({ total: MANY / 2, mesh: { products: MANY } });
      seen.push(...refsOf(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(MANY / 2);
    expect(new Set(seen).size).toBe(MANY / 2);
    const { facets } = await find('?limit=1&lifecycle=active');
    expect(facets.lifecycle).toEqual([
      { value: 'active', count: MANY / 2 },
      { value: 'draft', count: MANY / 2 },
    ]);
    // Indexed once: what follows only asks who may see what.
    expect(
      mesh.catalogCalls.filter(call => call === 'streamEntities').length,
    ).toBe(1);
  });

  it('finds columns and typos, and says what was read', async () => {
    await start([aProduct(), aProduct({ name: 'visits' })]);
    const found = await find('?q=amuont&limit=1');
    expect(found).toMatchObject({
      total: 2,
      readAs: 'amount',
      readings: [{ from: 'amuont', to: 'amount', why: 'typo' }],
      items: [{ matches: [{ kind: 'column', text: 'amount', port: 'lake' }] }],
    });
    expect(await find('?q=amuont&exact=true')).toMatchObject({ total: 0 });
  });

  it('tells how the caller stands to each', async () => {
    await start([aProduct()]);
    await asked(mesh, ANA, aRequest());
    expect((await find('', ANA)).items).toMatchObject([
      { isOwn: false, usage: { myRequest: { state: 'pending' } } },
    ]);
    expect((await find('', OMAR)).items).toMatchObject([{ isOwn: true }]);
    const { items } = await find('?access=requested', EVE);
    expect(items).toEqual([]);
  });

  it('has what is new in the catalog at once, and not what has left it', async () => {
    await start([aProduct()]);
    expect(refsOf(await find())).toEqual(['dataproduct:default/orders']);
    mesh.setProducts([aProduct({ name: 'visits' })]);
    expect(refsOf(await find())).toEqual(['dataproduct:default/visits']);
    expect((await find()).mesh).toEqual({ products: 1, domains: 1 });
  });

  it('refuses a cursor of another list', async () => {
    await start([aProduct()]);
    const { status, body } = await mesh
      .as(ANA)
      .get('/v1/products/search?cursor=abc');
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^cursor: 'abc' is not a cursor/);
  });
});
