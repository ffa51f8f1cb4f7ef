import { setImmediate } from 'node:timers/promises';
import {
  findDataProductProblems,
  type DataProductEntity,
  type NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from './testing/FakeProvisioner';
import { InMemoryFakeSystem } from './testing/FakeSystem';
import { testDatabases } from './testing/databases';
import {
  ANA,
  GIL,
  OMAR,
  ORDERS,
  aProduct,
  aRequest,
} from './testing/meshFixture';
import { chanceOf, type Chance } from './testing/randomly';
import { decided, startMesh, type Mesh } from './testing/startMesh';

const databases = testDatabases();

const TIMES = 6;

/** Characters of one to four bytes, some with a meaning of their own. */
const alphabets: ReadonlyArray<readonly string[]> = [
  [...'abcdefghijklmnopqrstuvwxyz0123456789'],
  [...`aA_%\\'"\`$;:,.*?/|&<>{}[]()#@!~^+=- \t\n`],
  [...'éßłİıñøŽжЯदあ字漢한'],
  [...'😀👩🏽🧬𝒳𐍈', '\u200d', '\u202e', '\ufeff', '\ufffd', '\uffff'],
  // So many that no index can compress them.
  Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)),
];

function aText(chance: Chance, most: number, least = 1): string {
  const alphabet = chance.pick(alphabets);
  const length = chance.pick([least, most, least + chance.upTo(most - least)]);
  return Array.from({ length }, () => chance.pick(alphabet)).join('');
}

/** Different regardless of case. */
function someTexts(chance: Chance, count: number, most: number): string[] {
  const texts = new Map<string, string>();
  while (texts.size < count) {
    const text = aText(chance, most);
    texts.set(text.toLowerCase(), text);
  }
  return [...texts.values()];
}

/** A product with texts of all lengths that its schema allows. */
function aProductOf(chance: Chance, index: number): DataProductEntity {
  const tables = someTexts(chance, 1 + chance.upTo(4), 255).map(name => ({
    name,
    ...(chance.upTo(1) === 1 && { description: aText(chance, 5000, 0) }),
    columns: someTexts(chance, 1 + chance.upTo(chance.pick([3, 40])), 255).map(
      column => ({
        name: column,
        type: aText(chance, chance.pick([30, 3000])),
        ...(chance.upTo(3) === 0 && { description: aText(chance, 300, 0) }),
        ...(chance.upTo(9) === 0 && { tags: someTexts(chance, 3, 1024) }),
      }),
    ),
  }));
  const product = aProduct({
    name: `p${index}`.padEnd(63, 'x'),
    spec: {
      version: aText(chance, 64),
      outputPorts: [
        {
          name: aText(chance, 255),
          title: aText(chance, 1024),
          description: aText(chance, 5000, 0),
          type: 'fake',
          version: aText(chance, 64),
          location: { database: aText(chance, 255) },
          tables,
          contract: aText(chance, 1024),
          serviceLevels: [
            { name: aText(chance, 1024), value: aText(chance, 1024) },
          ],
        },
      ],
      support: { channel: aText(chance, 1024), email: aText(chance, 1024) },
    },
  });
  return {
    ...product,
    metadata: { ...product.metadata, title: aText(chance, 3000) },
  };
}

/** A request for it, with texts of all lengths that the contract allows. */
function aRequestOf(chance: Chance, product: DataProductEntity): NewRequest {
  const [port] = product.spec.outputPorts;
  return aRequest({
    productRef: `dataproduct:default/${product.metadata.name}`,
    port: port.name,
    scope: {
      level: 'read',
      tables: port.tables.map(({ name, columns }) => ({
        table: name,
        ...(chance.upTo(2) > 0 && {
          columns: columns
            .slice(0, 1 + chance.upTo(columns.length - 1))
            .map(column => column.name),
        }),
      })),
    },
    justification: aText(chance, 4000),
    consumerRef: 'component:default/dashboard',
    durationDays: 1 + chance.upTo(300),
  });
}

describe.each(databases.eachSupportedId())(
  'what the schema accepts on %s',
  databaseId => {
    let mesh: Mesh;
    beforeAll(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        provisioner: new FakeProvisioner(new InMemoryFakeSystem()),
      });
    });
    afterAll(() => mesh.stop());

    const read = async (userRef: string, path: string) => {
      const { status, body } = await mesh.as(userRef).get(path);
      expect([path, status, body.error]).toEqual([path, 200, undefined]);
      return body;
    };

    it.each(Array.from({ length: TIMES }, (_, index) => index + 1))(
      'is published, asked for, approved and told (seed %d)',
      async seed => {
        const chance = chanceOf(seed);
        const product = aProductOf(chance, seed);
        expect(findDataProductProblems(product)).toEqual([]);
        const [port] = product.spec.outputPorts;
        const wanted = aRequestOf(chance, product);
        const { productRef } = wanted;
        const comment = aText(chance, 4000).trim() || 'x';
        const told = {
          productRef,
          productTitle: product.metadata.title,
          port: port.name,
        };
        mesh.setProducts([product]);

        const made = await mesh.as(ANA).post('/v1/requests', wanted);
        expect([made.status, made.body.error]).toEqual([201, undefined]);
        const [{ id, version }] = made.body.items;
        const said = await mesh
          .as(OMAR)
          .post(`/v1/requests/${id}/comments`, { text: comment });
        expect([said.status, said.body.error]).toEqual([201, undefined]);
        const approved = await decided(
          mesh,
          OMAR,
          { id, version },
          { decision: 'approve', comment },
        );
        expect([approved.status, approved.body.error]).toEqual([
          200,
          undefined,
        ]);
        const { entitlementId } = approved.body;
        const stateOf = () =>
          mesh.knex('entitlements').where({ id: entitlementId }).first('state');
        while ((await stateOf()).state === 'provisioning') await setImmediate();
        expect(
          await read(ANA, `/v1/entitlements/${entitlementId}`),
        ).toMatchObject({
          ...told,
          state: 'active',
          scope: wanted.scope,
        });

        const detail = await read(OMAR, `/v1/requests/${id}`);
        expect(detail).toMatchObject({
          ...told,
          productVersion: product.spec.version,
          portTitle: port.title,
          portVersion: port.version,
          scope: wanted.scope,
          justification: wanted.justification?.trim() || undefined,
          comments: [{ text: comment }],
          decisions: [{ comment }],
        });
        const ref = encodeURIComponent(productRef);
        const word = encodeURIComponent(
          [...port.name].slice(0, 60).join('').trim().split(/\s+/)[0],
        );
        for (const path of [
          `/v1/requests?productRef=${ref}`,
          `/v1/requests?q=${word}`,
          `/v1/entitlements?productRef=${ref}`,
        ]) {
          const { items }: { items: Array<{ id: string }> } = await read(
            OMAR,
            path,
          );
          const found = items.find(one => [id, entitlementId].includes(one.id));
          expect([path, found]).toEqual([path, expect.objectContaining(told)]);
        }
        const { items } = await read(GIL, `/v1/publications?productRef=${ref}`);
        expect(items).toMatchObject([{ productRef, port: port.name }]);
        await read(GIL, `/v1/publications/${items[0].id}`);
        await read(
          OMAR,
          `/v1/products/default/${product.metadata.name}/grants`,
        );
        await mesh.runTask('data-mesh-publish');
        await mesh.runTask('data-mesh-scan');
        await read(GIL, '/v1/products');
        await read(GIL, '/v1/audit?limit=100');
        await read(GIL, `/v1/grants?productRef=${ref}`);
      },
    );

    it.each<[string, (request: NewRequest) => object, RegExp]>([
      ['a NUL', one => ({ ...one, purpose: 'a\0b' }), /^purpose: .*NUL/],
      [
        'half of a surrogate pair',
        one => ({
          ...one,
          scope: { level: 'read', tables: [{ table: 'a\ud83d' }] },
        }),
        /^scope\.tables\[0\]\.table: .*surrogate/,
      ],
      [
        'a name that is too long',
        one => ({ ...one, port: '字'.repeat(256) }),
        /port.* 255/,
      ],
      [
        'a text that is too long',
        one => ({ ...one, justification: '😀'.repeat(4001) }),
        /justification.* 4000/,
      ],
      [
        'too many tables',
        one => ({
          ...one,
          scope: { level: 'read', tables: Array(1001).fill({ table: 'x' }) },
        }),
        /scope\/tables.* 1000/,
      ],
      [
        'too many principals',
        one => ({ ...one, principals: Array(21).fill('fake:ana') }),
        /principals.* 20/,
      ],
      [
        'more days than a number of days has',
        one => ({ ...one, durationDays: 2 ** 53 }),
        /durationDays/,
      ],
      [
        'fewer days than one',
        one => ({ ...one, durationDays: -(2 ** 31) }),
        /durationDays/,
      ],
    ])(
      'is no request with %s, and names the field',
      async (_, spoil, words) => {
        mesh.setProducts([aProduct()]);
        const { status, body } = await mesh
          .as(ANA)
          .post('/v1/requests', spoil(aRequest()));
        expect([status, body.error?.message]).toEqual([
          400,
          expect.stringMatching(words),
        ]);
      },
    );

    it('is told of versions that the schema refuses by now', async () => {
      const version = 'v'.repeat(86);
      const product = aProduct({ spec: { version } });
      expect(findDataProductProblems(product)).toEqual([
        { field: 'spec.version', reason: expect.stringMatching(/at most 64/) },
      ]);
      mesh.setProducts([product]);
      const made = await mesh.as(ANA).post('/v1/requests', aRequest());
      expect([made.status, made.body.error]).toEqual([201, undefined]);
      const { items } = await read(OMAR, `/v1/requests?productRef=${ORDERS}`);
      expect(items).toMatchObject([{ productVersion: version }]);
    });
  },
);
