import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { TrailChecker } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Command } from 'commander';
import { describeTrail } from '../audit/describeTrail';
import {
  readCheckpoints,
  readEvents,
  readFileChunks,
  readKeys,
} from '../audit/readTrail';
import { connect, withConnection, type ConnectionOptions } from '../connect';
import type { CliProcess } from '../CliProcess';

interface VerifyOptions extends ConnectionOptions {
  export?: string;
  checkpoint: string[];
  publicKey: string[];
}

interface ExportOptions extends ConnectionOptions {
  out: string;
}

const collect = (file: string, files: string[]) => [...files, file];

async function* fromBackend(
  options: ConnectionOptions,
  env: CliProcess['env'],
): AsyncGenerator<Uint8Array> {
  const client = await connect(options, env);
  const reader = (await client.exportAuditEvents('ndjson')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

const verifyCommand = (io: CliProcess, exit: (code: number) => void): Command =>
  withConnection(
    new Command('verify')
      .description(
        'whether the audit trail is the one that was written: recomputes its chain of hashes and compares it with checkpoints; ends with 1 where it is not',
      )
      .option(
        '--export <file>',
        'NDJSON export to verify, without the backend; else it is asked for the trail',
      )
      .option(
        '--checkpoint <file>',
        'file with checkpoints that was kept elsewhere; may be given several times',
        collect,
        [],
      )
      .option(
        '--public-key <file>',
        'Ed25519 key in PEM that checkpoints must be signed with; may be given several times',
        collect,
        [],
      ),
  ).action(async (options: VerifyOptions) => {
    const keys = await readKeys(options.publicKey);
    const outside = await readCheckpoints(options.checkpoint);
    const checker = new TrailChecker({
      sha256: data => createHash('sha256').update(data).digest('hex'),
      keys,
      outside,
      mayBeginLater: true,
      requireSignatures: keys.length > 0,
    });
    const chunks = options.export
      ? readFileChunks(options.export)
      : fromBackend(options, io.env);
    const name = options.export ?? 'The answer of the backend';
    for await (const event of readEvents(chunks, name)) {
      if (checker.check(event)) break;
    }
    const { isProven, text } = describeTrail(checker.finish(), {
      checkpoints: outside.length,
      keys: keys.length,
    });
    io.stdout.write(text);
    exit(isProven ? 0 : 1);
  });

const exportCommand = (io: CliProcess): Command =>
  withConnection(
    new Command('export')
      .description(
        'the whole audit trail as an NDJSON file, to be kept and verified elsewhere',
      )
      .requiredOption('--out <file>', 'file to write; must not exist'),
  ).action(async ({ out, ...options }: ExportOptions) => {
    const file = await open(out, 'wx', 0o600);
    try {
      await file.writeFile(fromBackend(options, io.env));
      await file.sync();
    } catch (error) {
      // Half a trail would pass for one that was cut off.
      await rm(out);
      throw error;
    } finally {
      await file.close();
    }
    io.stdout.write(`The audit trail is in ${out}\n`);
  });

/** Verifies and exports the audit trail. */
export function auditCommand(
  io: CliProcess,
  exit: (code: number) => void,
): Command {
  return new Command('audit')
    .description('verifies and exports the audit trail')
    .addCommand(verifyCommand(io, exit))
    .addCommand(exportCommand(io));
}
