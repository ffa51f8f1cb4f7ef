import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { runCaptured } from './__testUtils__/runCaptured';

/** A backend that answers as the real one does, for one user's token. */
class FakeBackend {
  entitlements: object[] = [anEntitlement()];
  usage: object = { available: true, tables: ['orders'] };
  doctor: object = { checkedAt: '2026-11-20T09:00:00Z', items: [] };
  readonly queries: string[] = [];
  readonly wanted: object[] = [];
  #server?: Server;

  async start(): Promise<string> {
    const app = express();
    app.use(express.json());
    app.use((req, res, next) => {
      if (req.header('authorization') === 'Bearer token-of-ana') {
        next();
      } else {
        res.status(401).json({
          error: {
            name: 'AuthenticationError',
            message: 'Missing credentials',
          },
          response: { statusCode: 401 },
        });
      }
    });
    app.get('/api/data-mesh/v1/entitlements', (req, res) => {
      this.queries.push(req.url.split('?')[1]);
      const second = req.query.cursor === 'second';
      res.json({
        items: second
          ? this.entitlements.slice(1)
          : this.entitlements.slice(0, 1),
        ...(!second &&
          this.entitlements.length > 1 && { nextCursor: 'second' }),
      });
    });
    app.get('/api/data-mesh/v1/entitlements/:id/usage', (_, res) => {
      res.json({ snippets: [], credentials: this.usage });
    });
    app.post('/api/data-mesh/v1/entitlements/:id/credentials', (req, res) => {
      this.wanted.push({ id: req.params.id, ...req.body });
      if (req.body.durationSeconds > 3600) {
        res.status(400).json({
          error: {
            name: 'InputError',
            message: 'The request is not valid',
            problems: [
              { field: 'durationSeconds', reason: 'is beyond the end' },
            ],
          },
          response: { statusCode: 400 },
        });
        return;
      }
      res.json({
        accessKeyId: 'ASIAANA',
        secretAccessKey: 'secret',
        sessionToken: 'session',
        expiration: '2026-11-20T10:00:00.000Z',
        locations: [],
      });
    });
    app.get('/api/data-mesh/v1/doctor', (_, res) => {
      res.json(this.doctor);
    });
    this.#server = await new Promise<Server>(resolve => {
      const server = app.listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop() {
    await new Promise(resolve => this.#server?.close(resolve));
  }
}

function anEntitlement(values: object = {}) {
  return {
    id: 'ent-1',
    port: 'daily',
    principal: {
      id: 'arn:aws:iam::210987654321:role/analytics-role',
      kind: 'iam-role',
      name: 'analytics-role',
    },
    ...values,
  };
}

describe('lakemesh', () => {
  let backend: FakeBackend;
  let url: string;

  beforeEach(async () => {
    backend = new FakeBackend();
    url = await backend.start();
  });
  afterEach(() => backend.stop());

  async function run(
    argv: string[],
    env: Record<string, string> = {
      BACKSTAGE_URL: url,
      BACKSTAGE_TOKEN: 'token-of-ana',
    },
  ) {
    return runCaptured(argv, env);
  }

  describe('credentials', () => {
    it('are printed as an AWS profile reads them, and nothing else is', async () => {
      const { code, out, err } = await run(['credentials', 'orders:daily']);
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual({
        Version: 1,
        AccessKeyId: 'ASIAANA',
        SecretAccessKey: 'secret',
        SessionToken: 'session',
        Expiration: '2026-11-20T10:00:00.000Z',
      });
      expect(backend.wanted).toEqual([{ id: 'ent-1', table: 'orders' }]);
      expect(new URLSearchParams(backend.queries[0]).get('productRef')).toBe(
        'dataproduct:default/orders',
      );
    });

    it('are of the access that ends last, whatever page it is on', async () => {
      backend.entitlements = [
        anEntitlement({ id: 'soon', expiresAt: '2026-12-01T00:00:00.000Z' }),
        anEntitlement({ id: 'later', expiresAt: '2027-02-01T00:00:00.000Z' }),
        anEntitlement({ id: 'other-port', port: 'hourly' }),
      ];
      expect((await run(['credentials', 'orders:daily'])).code).toBe(0);
      expect(backend.wanted).toEqual([{ id: 'later', table: 'orders' }]);
    });

    it('ask which principal is meant where there are several', async () => {
      const etl = {
        id: 'arn:aws:iam::210987654321:role/etl',
        kind: 'iam-role',
        name: 'etl',
      };
      backend.entitlements = [
        anEntitlement(),
        anEntitlement({ id: 'ent-2', principal: etl }),
      ];
      const unclear = await run(['credentials', 'orders:daily']);
      expect(unclear.code).toBe(1);
      expect(unclear.out).toBe('');
      expect(unclear.err).toContain('choose one with --principal');
      expect(unclear.err).toContain(etl.id);
      expect(backend.wanted).toEqual([]);

      await run(['credentials', 'orders:daily', '--principal', 'etl']);
      expect(backend.wanted).toEqual([{ id: 'ent-2', table: 'orders' }]);
    });

    it('ask which table is meant where there are several', async () => {
      backend.usage = { available: true, tables: ['items', 'orders'] };
      const unclear = await run(['credentials', 'orders:daily']);
      expect(unclear.err).toContain('choose one with --table: items, orders');
      const wrong = await run(['credentials', 'orders:daily', '--table', 'x']);
      expect(wrong.err).toContain(
        "--table is 'x', expected one of items, orders",
      );
      await run(['credentials', 'orders:daily', '--table', 'items']);
      expect(backend.wanted).toEqual([{ id: 'ent-1', table: 'items' }]);
    });

    it.each([
      [
        'no access',
        () => {
          backend.entitlements = [];
        },
        'You have no active access to port daily of dataproduct:default/orders',
      ],
      [
        'a restricted access',
        () => {
          backend.usage = { available: false, reason: 'chosen columns only' };
        },
        'No credentials are given out for this access: chosen columns only',
      ],
    ])('say why there are none: %s', async (_, given, message) => {
      given();
      const { code, out, err } = await run(['credentials', 'orders:daily']);
      expect(code).toBe(1);
      expect(out).toBe('');
      expect(err).toContain(message);
      expect(backend.wanted).toEqual([]);
    });

    it('tell what the backend refused, by field', async () => {
      const { code, err } = await run([
        'credentials',
        'orders:daily',
        '--duration',
        '7200',
      ]);
      expect(code).toBe(1);
      expect(err).toBe(
        'The request is not valid\n  durationSeconds: is beyond the end\n',
      );
    });

    it.each([
      ['orders', 'expected PRODUCT:PORT'],
      ['orders:', 'expected PRODUCT:PORT'],
      [':daily', 'expected PRODUCT:PORT'],
    ])('refuse %j', async (product, message) => {
      const { code, err } = await run(['credentials', product]);
      expect(code).toBe(1);
      expect(err).toContain(message);
    });

    it('refuse a duration that AWS does not give', async () => {
      const { code, err } = await run([
        'credentials',
        'orders:daily',
        '--duration',
        '10',
      ]);
      expect(code).toBe(1);
      expect(err).toContain('Expected seconds from 900 to 43200.');
    });
  });

  describe('connecting', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lakemesh-cli-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    it('takes the token from a command, a file or the environment', async () => {
      const file = join(folder, 'token');
      await writeFile(file, 'token-of-ana\n');
      const env = { BACKSTAGE_URL: url };
      for (const way of [
        ['--token-file', file],
        ['--token-command', `cat ${file}`],
      ]) {
        expect(
          await run(['credentials', 'orders:daily', ...way], env),
        ).toMatchObject({ code: 0, err: '' });
      }
      expect(
        await run(['credentials', 'orders:daily'], {
          ...env,
          LAKEMESH_TOKEN_COMMAND: `cat ${file}`,
        }),
      ).toMatchObject({ code: 0 });
    });

    it.each([
      [{ BACKSTAGE_TOKEN: 't' }, '--backend-url is missing'],
      [{ BACKSTAGE_URL: 'mars', BACKSTAGE_TOKEN: 't' }, "'mars'"],
      [{ BACKSTAGE_URL: 'http://127.0.0.1:1' }, 'There is no Backstage token'],
      [
        {
          BACKSTAGE_URL: 'http://127.0.0.1:1',
          LAKEMESH_TOKEN_COMMAND: 'exit 3',
        },
        "The token command 'exit 3' ended with 3",
      ],
    ])('says what is missing: %j', async (env, message) => {
      const { code, out, err } = await run(
        ['credentials', 'orders:daily'],
        env as Record<string, string>,
      );
      expect(code).toBe(1);
      expect(out).toBe('');
      expect(err).toContain(message);
    });

    it('tells that the token is not taken, and does not print it', async () => {
      const { code, err } = await run(['credentials', 'orders:daily'], {
        BACKSTAGE_URL: url,
        BACKSTAGE_TOKEN: 'old-token',
      });
      expect(code).toBe(1);
      expect(err).toContain('Missing credentials');
      expect(err).not.toContain('old-token');
    });
  });

  describe('doctor', () => {
    const check = (state: string) => ({
      id: 'version',
      title: 'Cross-account version',
      state,
      words: 'is 2',
      fix: 'Raise it to 3 in the settings of Lake Formation',
    });

    it('tells each check with its fix, and fails where one failed', async () => {
      backend.doctor = {
        checkedAt: '2026-11-20T09:00:00Z',
        items: [
          { subject: 'acme …4321, eu-central-1', checks: [check('failed')] },
        ],
      };
      const { code, out } = await run(['doctor']);
      expect(code).toBe(1);
      expect(out).toBe(
        [
          'acme …4321, eu-central-1',
          '  FAILED   Cross-account version: is 2',
          '           fix: Raise it to 3 in the settings of Lake Formation',
          '',
        ].join('\n'),
      );
    });

    it.each(['ok', 'warning', 'unknown'])(
      'does not fail on %s',
      async state => {
        backend.doctor = {
          checkedAt: '2026-11-20T09:00:00Z',
          items: [{ subject: 'acme', checks: [check(state)] }],
        };
        const { code, out } = await run(['doctor', '--json']);
        expect(code).toBe(0);
        expect(JSON.parse(out)).toEqual(backend.doctor);
      },
    );
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('credentials');
    expect(out).toContain('doctor');
    expect((await run(['dance'])).code).toBe(1);
  });
});
