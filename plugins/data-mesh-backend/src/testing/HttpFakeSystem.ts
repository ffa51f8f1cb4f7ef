import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  InMemoryFakeSystem,
  type FakeGrant,
  type FakeSystem,
} from './FakeSystem';

/** A fake system in another process, as a provisioner sees it. */
export class RemoteFakeSystem implements FakeSystem {
  constructor(private readonly url: string) {}

  list(table: string): Promise<FakeGrant[]> {
    return this.#post('list', table);
  }

  all(): Promise<FakeGrant[]> {
    return this.#post('all', {});
  }

  grant(grant: FakeGrant): Promise<void> {
    return this.#post('grant', grant);
  }

  revoke(grant: FakeGrant): Promise<void> {
    return this.#post('revoke', grant);
  }

  async #post<T>(operation: keyof FakeSystem, input: unknown): Promise<T> {
    const response = await fetch(`${this.url}/${operation}`, {
      method: 'POST',
      body: JSON.stringify(input),
    });
    return (await response.json()) as T;
  }
}

/** Called with each write; what it returns says what becomes of the write. */
export type WriteHook = (
  write: FakeGrant,
) => 'answer' | 'lose-the-call' | 'lose-the-answer';

/** Serves a fake system to other processes. */
export async function serveFakeSystem(): Promise<{
  url: string;
  system: InMemoryFakeSystem;
  onWrite(hook: WriteHook): void;
  stop(): Promise<void>;
}> {
  const system = new InMemoryFakeSystem();
  let hook: WriteHook = () => 'answer';
  const server = createServer(async (req, res) => {
    const input = JSON.parse(await textOf(req));
    if (req.url === '/list') {
      res.end(JSON.stringify(await system.list(input)));
      return;
    }
    if (req.url === '/all') {
      res.end(JSON.stringify(await system.all()));
      return;
    }
    const fate = hook(input);
    if (fate === 'lose-the-call') return;
    if (req.url === '/grant') await system.grant(input);
    else await system.revoke(input);
    if (fate === 'answer') res.end('{}');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    system,
    onWrite: next => {
      hook = next;
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) text += chunk;
  return text;
}
