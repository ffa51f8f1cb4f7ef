import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { startLakeFormationEmulator } from '../startLakeFormationEmulator';

/** The first Python that has boto3. */
const python = ['/usr/bin/python3', 'python3'].find(
  command => spawnSync(command, ['-c', 'import boto3']).status === 0,
);

// .ci/run installs it; elsewhere nobody must have it.
const withBoto3 = python ? describe : describe.skip;

/** Runs the journey to its end. */
function runJourney(url: string): Promise<{ code: number; output: string }> {
  return new Promise((done, failed) => {
    const child = spawn(python ?? '', [resolve(__dirname, 'journey.py'), url]);
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', failed);
    child.once('close', code => done({ code: code ?? 1, output }));
  });
}

withBoto3(`boto3${python ? '' : ': python3-boto3 is not installed'}`, () => {
  it('goes from a table to what another account reads of it', async () => {
    const emulator = await startLakeFormationEmulator({ port: 0 });
    try {
      expect(await runJourney(emulator.url)).toEqual({
        code: 0,
        output: [
          'ok creates a database, a table and partitions',
          'ok grants columns, which the role sees and no others',
          'ok grants by an LF-Tag expression',
          'ok shares with a role of another account, through its link, and revokes',
          'ok vends credentials to an engine, and to nobody else',
          'ok asks IAM',
          'ok raises the exceptions of the service',
          '',
        ].join('\n'),
      });
      expect(
        emulator.calls.list().filter(({ status = 500 }) => status >= 500),
      ).toEqual([]);
    } finally {
      await emulator.stop();
    }
  }, 60_000);
});
