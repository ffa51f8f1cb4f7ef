import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import knexFactory, { type Knex } from 'knex';
import { serveFakeSystem, type WriteHook } from '../testing/HttpFakeSystem';
import {
  anApproval,
  aPort,
  ProvisioningWorld,
} from '../testing/provisioningFixture';

jest.setTimeout(180_000);

const columns = ['id', 'amount'].map(name => ({ name, type: 'string' }));
const tables = ['a', 'b', 'c', 'd', 'e', 'f'];
const port = aPort({ tables: tables.map(name => ({ name, columns })) });

describe('a backend killed with SIGKILL', () => {
  let directory: string;
  let lake: Awaited<ReturnType<typeof serveFakeSystem>>;
  const children = new Set<ReturnType<typeof spawn>>();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lakemesh-'));
    lake = await serveFakeSystem();
  });

  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
    await lake.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const file = () => join(directory, 'data-mesh.sqlite');

  const inDatabase = async <T>(use: (knex: Knex) => Promise<T>): Promise<T> => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: file() },
      useNullAsDefault: true,
    });
    try {
      return await use(knex);
    } finally {
      await knex.destroy();
    }
  };

  const startBackend = () => {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        resolve(__dirname, '../testing/provisioningProcess.ts'),
        file(),
        lake.url,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.add(child);
    return child;
  };

  /** The backend is killed while its write number so-and-so is under way. */
  const killAt = async (
    number: number,
    fate: ReturnType<WriteHook>,
  ): Promise<void> => {
    const child = startBackend();
    const exited = once(child, 'exit');
    let seen = 0;
    lake.onWrite(() => {
      seen += 1;
      if (seen < number) return 'answer';
      child.kill('SIGKILL');
      return fate;
    });
    expect(await exited).toEqual([null, 'SIGKILL']);
    children.delete(child);
    lake.onWrite(() => 'answer');
  };

  /** Starts it again and waits for the news. */
  const runUntil = async (notice: string): Promise<void> => {
    const child = startBackend();
    for await (const line of createInterface({ input: child.stdout })) {
      const news = JSON.parse(line);
      if (news.error) throw new Error(`${news.error} ${news.meta}`);
      if (news.notice === notice) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    children.delete(child);
  };

  it('completes on restart, and the system holds exactly the planned grants', async () => {
    const before = { principal: 'fake:analyst', table: 'sales.c' };
    lake.system.give(before.principal, before.table, ['id']);
    const id = await inDatabase(async knex => {
      const world = await ProvisioningWorld.on(knex);
      return world.approve(
        world.replica(),
        anApproval({
          port,
          tables: Object.fromEntries(tables.map(name => [name, 'all'])),
        }),
      );
    });

    await killAt(1, 'lose-the-call');
    await killAt(2, 'lose-the-answer');
    await killAt(2, 'lose-the-call');
    await runUntil('activated');

    expect(lake.system.held()).toEqual(
      tables.map(name => ({
        principal: 'fake:analyst',
        table: `sales.${name}`,
        columns: ['amount', 'id'],
      })),
    );

    await inDatabase(knex =>
      knex('entitlements')
        .where({ id })
        .update({ expires_at: '2026-01-01T00:00:00.000Z' }),
    );
    await killAt(2, 'lose-the-answer');
    await killAt(1, 'lose-the-call');
    await runUntil('expired');

    expect(lake.system.held()).toEqual([{ ...before, columns: ['id'] }]);
    const trail = await inDatabase(knex =>
      new ProvisioningWorld(knex).trail(id),
    );
    expect(trail.filter(action => action === 'step.applied')).toHaveLength(6);
    expect(trail.filter(action => action === 'step.undone')).toHaveLength(6);
    expect(trail.at(-1)).toBe('entitlement.expired');
  });
});
