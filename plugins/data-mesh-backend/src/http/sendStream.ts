import { once } from 'node:events';
import type { Response } from 'express';
import { nextTurn } from '../turns';

/** Waits until more can be sent, or nobody waits for it any more. */
export async function drained(res: Response): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    await Promise.race([
      once(res, 'drain', { signal }),
      once(res, 'close', { signal }),
    ]);
  } finally {
    // Takes the listener of the other away.
    waiting.abort();
  }
}

/**
 * Sends a file as it is made, not faster than it is read: it may be larger than
 * memory.
 *
 * @param response - of any route; what it answers by contract is of no use here
 */
export async function sendStream(
  response: unknown,
  file: { name: string; type: string; chunks: AsyncIterable<string> },
): Promise<void> {
  const res = response as Response;
  res.setHeader('content-type', file.type);
  res.setHeader('content-disposition', `attachment; filename="${file.name}"`);
  try {
    for await (const chunk of file.chunks) {
      if (res.destroyed) return;
      if (!res.write(chunk)) await drained(res);
      await nextTurn();
    }
    res.end();
  } catch (error) {
    // The status is sent: only a broken download tells that it is not whole.
    if (!res.headersSent) throw error;
    res.destroy(error instanceof Error ? error : undefined);
  }
}
