import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GetDatabasesCommand, GlueClient } from '@aws-sdk/client-glue';
import { aSeed } from './__testUtils__/seeds';

const BIN = resolve(__dirname, '../bin/lake-formation-emulator');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-formation-emulator-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function seedFile(content: string) {
  const file = join(folder, 'seed.json');
  await writeFile(file, content);
  return file;
}

function start(...args: string[]) {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: 'pipe' });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', data => {
    output.stdout += data;
  });
  child.stderr.on('data', data => {
    output.stderr += data;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  const ready = new Promise<string>((resolveUrl, reject) => {
    child.stdout.on('data', () => {
      const url = /ready at (\S+)\n/.exec(output.stdout)?.[1];
      if (url) resolveUrl(url);
    });
    child.on('close', () => reject(new Error(output.stderr)));
  });
  // Those who only wait for the end do not look at it.
  ready.catch(() => {});
  return { child, ready, ended };
}

describe('the command line', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves the seed until %s, and says so in one line',
    async signal => {
      const { child, ready, ended } = start(
        '--port',
        '0',
        '--seed',
        await seedFile(JSON.stringify(aSeed())),
        '--default-account',
        '111111111111',
      );
      const url = await ready;
      const glue = new GlueClient({
        endpoint: url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      });
      const { DatabaseList } = await glue.send(new GetDatabasesCommand({}));
      glue.destroy();
      child.kill(signal);

      expect(DatabaseList).toEqual([
        expect.objectContaining({ Name: 'sales' }),
      ]);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await ended).toEqual({
        code: 0,
        stdout: `Lake Formation emulator ready at ${url}\n`,
        stderr: '',
      });
    },
    20_000,
  );

  it('says what is wrong with the seed, and ends', async () => {
    const file = await seedFile('{"accounts": [{"id": 1}]}');
    const { code, stdout, stderr } = await start('--seed', file).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      "The emulator's seed is wrong at accounts[0].id: expected an account id of twelve digits, found 1\n",
    );
  }, 20_000);

  it.each<[string[], string]>([
    [['--port', 'http'], 'Expected a port from 0 to 65535.'],
    [['--default-account', '12'], 'Expected an account id of twelve digits.'],
    [['--seed', '/nowhere/seed.json'], 'no such file'],
    [['--nothing'], "unknown option '--nothing'"],
  ])(
    'refuses %j',
    async (args, message) => {
      const { code, stderr } = await start(...args).ended;
      expect(code).toBe(1);
      expect(stderr).toContain(message);
    },
    20_000,
  );
});
