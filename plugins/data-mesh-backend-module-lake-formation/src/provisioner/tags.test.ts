import {
  GetResourceLFTagsCommand,
  LakeFormationClient,
  type LFTagPair,
} from '@aws-sdk/client-lakeformation';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import { CONSUMER, EmulatedMesh } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const ANNOTATION = 'lakemesh.io/lf-tags';

/** `orders`, of which `email` is not for everybody. */
const product: TaggedProduct = {
  productRef: 'dataproduct:default/orders',
  domainRef: 'domain:default/sales',
  domainAnnotations: { [ANNOTATION]: 'sensitivity=low|high,domain=sales' },
  tags: ['low'],
  ports: [
    {
      ...aPort(['orders']),
      tables: [
        {
          name: 'orders',
          columns: COLUMNS.map(name => ({
            name,
            type: 'string',
            ...(name === 'email' && { tags: ['high'] }),
          })),
        },
      ],
    },
  ],
};

async function applyTags(mesh: EmulatedMesh) {
  const { tagger } = mesh.provisioner;
  const { steps } = await tagger.plan(product);
  for (const step of steps) await tagger.apply(step);
  return steps;
}

async function tagsOf(mesh: EmulatedMesh, onlyOwn: boolean) {
  const client = new LakeFormationClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-verified' },
  });
  const found = await client.send(
    new GetResourceLFTagsCommand({
      Resource: { Table: { DatabaseName: DATABASE, Name: 'orders' } },
      ShowAssignedLFTags: onlyOwn,
    }),
  );
  client.destroy();
  const asObject = (tags: LFTagPair[] = []) =>
    Object.fromEntries(tags.map(tag => [tag.TagKey, tag.TagValues?.[0]]));
  return {
    table: asObject(found.LFTagsOnTable),
    columns: Object.fromEntries(
      (found.LFTagsOnColumns ?? []).map(({ Name, LFTags }) => [
        Name,
        asObject(LFTags),
      ]),
    ),
  };
}

it('tags tables and columns as the domain says, once and for all', async () => {
  const mesh = await world.start();
  expect((await mesh.provisioner.tagger.plan(product)).keys).toEqual([
    'domain',
    'sensitivity',
  ]);
  const steps = await applyTags(mesh);
  expect(steps.map(({ words }) => words.text)).toEqual([
    'Create LF-Tag `sensitivity` with `low` and `high`',
    'Create LF-Tag `domain` with `sales`',
    'Assign LF-Tag `sensitivity` = `low` and `domain` = `sales` to `sales.orders`',
    'Assign LF-Tag `sensitivity` = `high` to `email` of `sales.orders`',
  ]);
  expect(await tagsOf(mesh, true)).toEqual({
    table: { sensitivity: 'low', domain: 'sales' },
    columns: { email: { sensitivity: 'high' } },
  });
  // Columns inherit what they have no value of their own for.
  const { columns } = await tagsOf(mesh, false);
  expect(columns.email).toEqual({ sensitivity: 'high', domain: 'sales' });
  expect(columns.amount).toEqual({ sensitivity: 'low', domain: 'sales' });
  expect(await mesh.provisioner.tagger.plan(product)).toMatchObject({
    findings: [],
    steps: [],
  });
});

it.each([ACCOUNT, CONSUMER])(
  'lets access by tags of a role of %s reach what is tagged so, and no more',
  async account => {
    const mesh = await world.start({ organization: true });
    await applyTags(mesh);
    const role = roleArn('analyst', account);
    const { live } = await mesh.entitlements.grant(
      anIntent({
        principal: role,
        port: aPort(['orders']),
        scope: {
          tables: [],
          tagExpression: [
            { key: 'sensitivity', values: ['low'] },
            { key: 'domain', values: ['sales'] },
          ],
        },
      }),
    );
    expect(await mesh.columnsSeenBy(role, DATABASE, 'orders')).toEqual(
      COLUMNS.filter(name => name !== 'email'),
    );
    // Nobody has tagged it.
    expect(await mesh.columnsSeenBy(role, DATABASE, 'customers')).toBe(
      'AccessDeniedException',
    );
    await mesh.entitlements.end(live);
    expect(await mesh.columnsSeenBy(role, DATABASE, 'orders')).toBe(
      'AccessDeniedException',
    );
  },
);

it('keeps nothing where the domain says nothing', async () => {
  const mesh = await world.start();
  const silent = { ...product, domainAnnotations: {} };
  expect(await mesh.provisioner.tagger.plan(silent)).toEqual({
    keys: [],
    ontology: [],
    tables: [],
    findings: [],
    steps: [],
  });
  const diagnose = (products: TaggedProduct[]) =>
    mesh.provisioner.readiness.diagnose({
      ports: [],
      principals: [],
      products,
    });
  expect(await diagnose([silent])).toEqual([]);
  const [{ checks }] = await diagnose([
    { ...product, domainAnnotations: { [ANNOTATION]: 'sensitivity' } },
  ]);
  expect(checks[0]).toMatchObject({
    id: 'lf-tags',
    state: 'unknown',
    words: expect.stringContaining(
      "lakemesh.io/lf-tags of domain:default/sales: entry 'sensitivity' cannot be read",
    ),
  });
});
