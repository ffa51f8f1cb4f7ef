import {
  ANA,
  ANALYSTS_ROLE,
  GIL,
  OMAR,
  STELLA,
  SALES_ROLE,
  aProduct,
  aRequest,
} from '../../testing/meshFixture';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { NewRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../../testing/databases';
import { FakeSystemError } from '../../testing/FakeSystem';
import { deciding, startMesh, type Mesh } from '../../testing/startMesh';
import { WideFakeProvisioner } from '../../testing/WideFakeProvisioner';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'what cannot be asked on %s',
  databaseId => {
    let mesh: Mesh;
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        ...options,
      });
    };

    // What is refused leaves nothing behind, so these share one backend.
    describe('by what was sent', () => {
      beforeAll(() => start());
      afterAll(() => mesh.stop());
      const scopeOf = (
        table: string,
        columns?: string[],
      ): Partial<NewRequest> => ({
        scope: {
          level: 'read',
          tables: [{ table, ...(columns && { columns }) }],
        },
      });

      it.each<[string, Partial<NewRequest>, string, RegExp]>([
        [
          'an unknown product',
          { productRef: 'dataproduct:default/nothing' },
          'productRef',
          /no data product/,
        ],
        [
          'a malformed product reference',
          { productRef: ':::' },
          'productRef',
          /no data product ':::'/,
        ],
        [
          'a port of another name',
          { port: 'lakes' },
          'port',
          /did you mean 'lake'/,
        ],
        [
          'an unknown table',
          scopeOf('order'),
          'scope.tables[0].table',
          /did you mean 'orders'/,
        ],
        [
          'an unknown column',
          scopeOf('orders', ['amount', 'orderid']),
          'scope.tables[0].columns',
          /'orderid' does not exist; did you mean 'order_id'/,
        ],
        [
          'a column named twice',
          scopeOf('orders', ['amount', 'amount']),
          'scope.tables[0].columns',
          /more than once/,
        ],
        [
          'a row filter that is not offered',
          {
            scope: {
              level: 'read',
              tables: [{ table: 'orders', rowFilter: 'amount > 1' }],
            },
          },
          'scope.tables[0].rowFilter',
          /no row filters/,
        ],
        [
          'a level that is not offered',
          { scope: { level: 'modify', tables: [{ table: 'orders' }] } },
          'scope.level',
          /'modify' is not offered/,
        ],
        ['an empty purpose', { purpose: '  ' }, 'purpose', /is empty/],
        [
          'an unknown purpose',
          { purpose: 'fun' },
          'purpose',
          /'fun' does not exist/,
        ],
        ['no days', { durationDays: 0 }, 'durationDays', /from 1 to 365/],
        ['negative days', { durationDays: -3 }, 'durationDays', /-3/],
        ['too many days', { durationDays: 366 }, 'durationDays', /365 days/],
        [
          'a principal that cannot be read',
          { principals: ['arn:aws:nonsense'] },
          'principals[0]',
          /no principal that Fake lake could grant to/,
        ],
        [
          'an unknown consumer',
          { consumerRef: 'component:default/nothing' },
          'consumerRef',
          /no 'component:default\/nothing' in the catalog/,
        ],
        [
          'a consumer that is a person',
          { consumerRef: OMAR },
          'consumerRef',
          /no data product, component or system/,
        ],
        [
          'personal data without a justification',
          scopeOf('customers', ['email']),
          'justification',
          /customers.email/,
        ],
      ])('refuses %s', async (_, change, field, reason) => {
        const { status, body } = await mesh
          .as(ANA)
          .post('/v1/requests', aRequest(change));
        expect(status).toBe(400);
        expect(body.error.name).toBe('InputError');
        expect(body.error.problems).toEqual([
          { field, reason: expect.stringMatching(reason) },
        ]);
        expect(body.error.message).toContain(`${field}: `);
        const all = await mesh.as(ANA).get('/v1/requests');
        expect(all.body.items).toEqual([]);
      });

      it('says all that is wrong at once', async () => {
        const { body } = await mesh.as(ANA).post(
          '/v1/requests',
          aRequest({
            scope: {
              level: 'append',
              tables: [
                { table: 'ordres' },
                { table: 'orders', columns: ['x'] },
              ],
            },
            purpose: '',
            durationDays: 9999,
            principals: ['nobody'],
          }),
        );
        expect(
          body.error.problems.map((one: { field: string }) => one.field),
        ).toEqual([
          'scope.level',
          'scope.tables[0].table',
          'scope.tables[1].columns',
          'principals[0]',
          'purpose',
          'durationDays',
        ]);
      });

      it.each<[string, object, RegExp]>([
        ['no columns chosen', aRequest(scopeOf('orders', [])), /columns/],
        ['part of a day', aRequest({ durationDays: 1.5 }), /durationDays/],
        ['a missing port', { ...aRequest(), port: undefined }, /port/],
        [
          'an unknown field',
          { ...aRequest(), admin: true },
          /admin|additional/,
        ],
        ['nobody to give it to', aRequest({ principals: [] }), /principals/],
      ])('refuses by the contract: %s', async (_, body, message) => {
        const answer = await mesh.as(ANA).post('/v1/requests', body);
        expect(answer.status).toBe(400);
        expect(answer.body.error.message).toMatch(message);
      });

      it('refuses malformed JSON and text that PostgreSQL cannot keep', async () => {
        const malformed = await mesh
          .as(ANA)
          .post('/v1/requests', {})
          .set('content-type', 'application/json')
          .send('{"productRef": ');
        expect(malformed.status).toBe(400);
        const nul = await mesh
          .as(ANA)
          .post('/v1/requests', aRequest({ justification: 'a\u0000b' }));
        expect(nul.status).toBe(400);
        expect(nul.body.error.message).toMatch(/NUL/);
      });
    });

    describe('by what stands around it', () => {
      afterEach(() => mesh.stop());
      it.each(['active', 'deprecated'] as const)(
        'is possible for a product that is %s',
        async lifecycle => {
          await start({ products: [aProduct({ spec: { lifecycle } })] });
          const { status } = await mesh
            .as(ANA)
            .post('/v1/requests', aRequest());
          expect(status).toBe(201);
        },
      );

      it.each(['proposed', 'draft', 'retired'] as const)(
        'is refused for a product that is %s',
        async lifecycle => {
          await start({ products: [aProduct({ spec: { lifecycle } })] });
          const { status, body } = await mesh
            .as(ANA)
            .post('/v1/requests', aRequest());
          expect(status).toBe(400);
          expect(body.error.message).toContain(
            `productRef: the product is ${lifecycle}`,
          );
        },
      );

      it('keeps to what the owner allows', async () => {
        await start({
          products: [
            aProduct({
              spec: {
                access: {
                  purposes: ['audit'],
                  maxDurationDays: 10,
                  neverShared: ['amount'],
                },
              },
            }),
          ],
        });
        const { body } = await mesh.as(ANA).post('/v1/requests', aRequest());
        expect(body.error.problems).toEqual([
          {
            field: 'purpose',
            reason: expect.stringMatching(
              /does not allow 'analytics'.*'audit'/,
            ),
          },
          { field: 'durationDays', reason: expect.stringMatching(/10 days/) },
          {
            field: 'scope.tables[0].columns',
            reason: expect.stringMatching(/never shares `amount` of orders/),
          },
        ]);
      });

      it('is for principals of others only where that is permitted', async () => {
        const forOthers = new Set<string>();
        await start({
          permissions: deciding((permission, userRef) =>
            permission.name === 'data-mesh.request.for-others' &&
            !forOthers.has(userRef)
              ? { result: AuthorizeResult.DENY }
              : { result: AuthorizeResult.ALLOW },
          ),
        });
        const body = aRequest({ principals: [SALES_ROLE] });
        const refused = await mesh.as(ANA).post('/v1/requests', body);
        expect(refused.body.error.problems).toEqual([
          {
            field: 'principals[0]',
            reason: expect.stringMatching(/not one of your principals/),
          },
        ]);
        forOthers.add(ANA);
        // The permission alone gives nobody power over what others hold.
        expect((await mesh.as(ANA).post('/v1/requests', body)).status).toBe(
          400,
        );
        expect((await mesh.as(GIL).post('/v1/requests', body)).status).toBe(
          400,
        );
        forOthers.add(GIL);
        expect((await mesh.as(GIL).post('/v1/requests', body)).status).toBe(
          201,
        );
      });

      it('is for principals of others by the owner of the product', async () => {
        await start();
        const body = aRequest({ principals: [ANALYSTS_ROLE] });
        expect((await mesh.as(STELLA).post('/v1/requests', body)).status).toBe(
          400,
        );
        expect((await mesh.as(OMAR).post('/v1/requests', body)).status).toBe(
          201,
        );
      });

      it('is refused without the permission to ask', async () => {
        await start({
          permissions: deciding(permission => ({
            result:
              permission.name === 'data-mesh.request.create'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
        });
        const { status } = await mesh.as(ANA).post('/v1/requests', aRequest());
        expect(status).toBe(403);
      });

      it('is refused by rows that are named by no filter', async () => {
        await start({ provisioner: new WideFakeProvisioner() });
        const asking = (rowFilter: string) =>
          mesh.as(ANA).post(
            '/v1/requests',
            aRequest({
              scope: {
                level: 'read',
                tables: [{ table: 'orders', rowFilter }],
              },
            }),
          );
        const { status, body } = await asking("amount > 1 AND order_id = 'x");
        expect(status).toBe(400);
        expect(body.error.problems).toEqual([
          {
            field: 'scope.tables[0].rowFilter',
            reason: 'the quote at position 27 is not closed',
          },
        ]);
        expect((await asking('amount > 1')).status).toBe(201);
      });

      it('is refused where the system has no such table', async () => {
        await start();
        mesh.provisioner.failNext(
          'resolve',
          new FakeSystemError('NoSuchTable', 'permanent', 'There is no orders'),
        );
        const { status, body } = await mesh
          .as(ANA)
          .post('/v1/requests', aRequest());
        expect(status).toBe(400);
        expect(body.error.problems).toEqual([
          {
            field: 'port',
            reason: 'NoSuchTable: There is no orders. Ask the fake admin',
          },
        ]);
      });
    });
  },
);
