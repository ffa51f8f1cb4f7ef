import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { isAccountId } from './model/iam/principals';
import { LakeFormationEmulatorSeed } from './seed/SeedAccount';
import { startLakeFormationEmulator } from './startLakeFormationEmulator';

interface CliOptions {
  port: number;
  host: string;
  seed?: string;
  defaultAccount?: string;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  }
  return port;
}

function parseAccount(text: string): string {
  if (!isAccountId(text)) {
    throw new InvalidArgumentError('Expected an account id of twelve digits.');
  }
  return text;
}

async function readSeedFile(path: string): Promise<LakeFormationEmulatorSeed> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(
      `The seed file ${path} is not valid JSON: ${(error as Error).message}`,
    );
  }
}

async function run(options: CliOptions): Promise<void> {
  const { port, host, defaultAccount } = options;
  const seed = options.seed ? await readSeedFile(options.seed) : undefined;
  const emulator = await startLakeFormationEmulator({
    port,
    host,
    seed,
    defaultAccount,
  });
  process.stdout.write(`Lake Formation emulator ready at ${emulator.url}\n`);
  const stop = async () => {
    await emulator.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/**
 * Runs the emulator until the process is told to end. Prints one line when it
 * is ready; what is wrong with the arguments or the seed goes to standard error
 * and ends the process with 1.
 *
 * @param argv - the arguments after the program's name
 * @public
 */
export async function runCli(argv: readonly string[]): Promise<void> {
  const program = new Command('lake-formation-emulator')
    .description(
      'AWS Lake Formation, Glue, RAM, STS and IAM in memory, for development and tests',
    )
    .option(
      '--port <number>',
      'port to listen on, 0 for a free one',
      parsePort,
      4566,
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--seed <file>', 'JSON file with accounts, databases and grants')
    .option(
      '--default-account <id>',
      'account whose root every unknown access key acts as',
      parseAccount,
    )
    .action(async (options: CliOptions) => {
      try {
        await run(options);
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`);
        process.exit(1);
      }
    });
  await program.parseAsync(argv, { from: 'user' });
}
