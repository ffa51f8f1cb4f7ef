/**
 * The other end of the line, in a thread of its own: what a client writes and
 * reads is no work of the backend.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

/** One call over HTTP. */
export interface Sent {
  url: string;
  method: 'GET' | 'POST';
  headers: { [name: string]: string };
  body?: string;
}

/** What came back. */
export interface Received {
  status: number;
  text: string;
}

type Asked = { send: Sent } | 'handOver';
type Told = 'read' | { received: Received } | { failed: string };

async function receive({ url, ...sent }: Sent): Promise<Told> {
  try {
    const response = await fetch(url, sent);
    const text = await response.text();
    return { received: { status: response.status, text } };
  } catch (error) {
    return { failed: String(error) };
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort;
  let receiving: Promise<Told> | undefined;
  port.on('message', async (asked: Asked) => {
    if (asked !== 'handOver') {
      receiving = receive(asked.send);
      await receiving;
      const read: Told = 'read';
      port.postMessage(read);
    } else {
      port.postMessage(await receiving);
    }
  });
}

/** Starts the thread. It makes one call after the other. */
export function startClient() {
  const worker = new Worker(__filename);
  const ask = async (asked: Asked): Promise<Told> => {
    worker.postMessage(asked);
    const [told] = await once(worker, 'message');
    return told;
  };
  return {
    /** Comes back when the answer was read. */
    send: (sent: Sent) => ask({ send: sent }),
    /** The answer; takes its time where it is long. */
    handOver: async (): Promise<Received> => {
      const told = await ask('handOver');
      if (typeof told === 'object' && 'received' in told) return told.received;
      throw new Error(typeof told === 'string' ? told : told.failed);
    },
    stop: () => worker.terminate(),
  };
}
