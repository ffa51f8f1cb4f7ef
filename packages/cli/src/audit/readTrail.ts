import { createReadStream } from 'node:fs';
import * as crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import {
  readCheckpoint,
  readCheckpointKey,
  type AuditCheckpoint,
  type AuditEvent,
  type CheckpointKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { linesOf } from './linesOf';

/**
 * Events of an export, as they arrive.
 *
 * @param name - what the export is called in errors
 * @throws InputError naming the line that is no event
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<AuditEvent> {
  for await (const { number, text } of linesOf(chunks)) {
    const value = parse(text);
    if (!isEvent(value)) {
      throw new InputError(
        `${name}, line ${number}, is not an audit event; expected an NDJSON export that is not cut off`,
      );
    }
    yield value;
  }
}

/** Checkpoints of all files, one a line. */
export async function readCheckpoints(
  files: readonly string[],
): Promise<AuditCheckpoint[]> {
  const checkpoints: AuditCheckpoint[] = [];
  for (const file of files) {
    const before = checkpoints.length;
    for await (const { number, text } of linesOf(readFileChunks(file))) {
      const checkpoint = readCheckpoint(parse(text));
      if (!checkpoint) {
        throw new InputError(
          `${file}, line ${number}, is not a checkpoint; expected one in JSON on each line`,
        );
      }
      checkpoints.push(checkpoint);
    }
    if (checkpoints.length === before) {
      throw new InputError(`${file} holds no checkpoint`);
    }
  }
  return checkpoints;
}

/** Keys of all files, in PEM. */
export async function readKeys(
  files: readonly string[],
): Promise<CheckpointKey[]> {
  return Promise.all(
    files.map(async file => {
      const pem = await readFile(file, 'utf8').catch(cause => {
        throw unreadable(file, cause);
      });
      return readCheckpointKey<crypto.KeyObject>(crypto, pem, file);
    }),
  );
}

/** Content of a file, piece by piece. */
export async function* readFileChunks(
  file: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): InputError {
  return new InputError(
    `${file} cannot be read: ${
      cause instanceof Error ? cause.message : String(cause)
    }`,
    cause,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is AuditEvent {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as { [name: string]: unknown };
  return (
    Number.isSafeInteger(fields.sequence) &&
    ['at', 'action', 'hash', 'previousHash'].every(
      name => typeof fields[name] === 'string',
    )
  );
}
