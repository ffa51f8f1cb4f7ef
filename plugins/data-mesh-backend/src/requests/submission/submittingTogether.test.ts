import { EVE, ANA, aProduct, aRequest } from '../../testing/meshFixture';
import { testDatabases } from '../../testing/databases';
import { startMesh, type Mesh } from '../../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'asking at the same time on %s',
  databaseId => {
    let replicas: Mesh[] = [];
    const start = async (
      options: Omit<Parameters<typeof startMesh>[0], 'knex'> = {},
    ) => {
      const knex = await databases.migrated(databaseId);
      replicas = [
        await startMesh({ knex, ...options }),
        await startMesh({ knex, ...options }),
      ];
      return replicas;
    };
    afterEach(async () => {
      for (const replica of replicas) await replica.stop();
    });

    const send = (
      users: string[],
      headers?: { [name: string]: string },
      body = aRequest(),
    ) =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          replicas[index % 2]
            .as(users[index % users.length])
            .post('/v1/requests', body, headers),
        ),
      );
    const stored = async () => {
      const { body } = await replicas[0].as(ANA).get('/v1/requests');
      return body.items as Array<{ groupId: string; state: string }>;
    };

    it('answers every repetition of an idempotency key with the one creation', async () => {
      await start();
      const answers = await send([ANA], { 'idempotency-key': 'key-0001' });
      expect(answers.map(answer => answer.status)).toEqual(
        Array.from({ length: 20 }, () => 201),
      );
      for (const answer of answers) {
        expect(answer.body).toEqual(answers[0].body);
      }
      expect(await stored()).toHaveLength(1);
    });

    it('makes one request where nobody sends a key', async () => {
      await start();
      const answers = await send([ANA, EVE]);
      const statuses = answers.map(answer => answer.status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(
        answers.find(answer => answer.status === 409)?.body.error.message,
      ).toMatch(/asks for this for fake:analysts already/);
      expect(await stored()).toHaveLength(1);
    });

    it('gives access once where a rule approves', async () => {
      const [first] = await start({
        products: [aProduct({ spec: { classification: 'public' } })],
        policy: { autoApprove: { publicData: true } },
      });
      const statuses = (await send([ANA])).map(answer => answer.status).sort();
      expect(statuses.slice(0, 2)).toEqual([201, 409]);
      expect(await stored()).toEqual([
        expect.objectContaining({ state: 'approved' }),
      ]);
      const { body } = await first.as(ANA).get('/v1/entitlements');
      expect(body.items).toHaveLength(1);
    });

    it('lets those who ask for different principals go on beside each other', async () => {
      await start();
      const answers = await Promise.all([
        replicas[0]
          .as(ANA)
          .post('/v1/requests', aRequest({ principals: ['fake:ana'] })),
        replicas[1].as(EVE).post('/v1/requests', aRequest()),
      ]);
      expect(answers.map(answer => answer.status)).toEqual([201, 201]);
    });
  },
);
