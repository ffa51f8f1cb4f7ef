import { open, type FileHandle } from 'node:fs/promises';
import {
  CHECKPOINT_ACTION,
  readCheckpoint,
  type AuditCheckpoint,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TrailDestination } from './TrailForwarder';

/** More than a line with a signature has. */
const TAIL_BYTES = 8192;

/** A file that gets a line for each checkpoint, on disk before it counts. */
export function checkpointFile(path: string): TrailDestination {
  return {
    name: 'checkpoint-file',
    action: CHECKPOINT_ACTION,
    async send(event) {
      const file = await open(path, 'a+', 0o640);
      try {
        const { text } = await tailOf(file);
        // A crash may have cut the last line off.
        const begin = text === '' || text.endsWith('\n') ? '' : '\n';
        const checkpoint = readCheckpoint(event.after);
        await file.appendFile(`${begin}${JSON.stringify(checkpoint)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/**
 * The last checkpoint in the file.
 *
 * @returns undefined where there is no file, or nothing in it
 */
export async function lastCheckpointOf(
  path: string,
): Promise<AuditCheckpoint | undefined> {
  const file = await openIfThere(path);
  if (!file) return undefined;
  try {
    const { text, isWhole } = await tailOf(file);
    const lines = text.split('\n').slice(isWhole ? 0 : 1);
    for (const line of lines.reverse()) {
      const checkpoint = checkpointOf(line);
      if (checkpoint) return checkpoint;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function checkpointOf(line: string): AuditCheckpoint | undefined {
  try {
    return readCheckpoint(JSON.parse(line));
  } catch {
    return undefined;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function tailOf(
  file: FileHandle,
): Promise<{ text: string; isWhole: boolean }> {
  const { size } = await file.stat();
  const length = Math.min(size, TAIL_BYTES);
  const { buffer, bytesRead } = await file.read({
    buffer: Buffer.alloc(length),
    position: size - length,
  });
  return {
    text: buffer.subarray(0, bytesRead).toString('utf8'),
    isWhole: length === size,
  };
}
