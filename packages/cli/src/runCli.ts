import { Command, CommanderError } from 'commander';
import { stringifyError } from '@backstage/errors';
import type { CliProcess } from './CliProcess';
import { auditCommand } from './commands/audit';
import { credentialsCommand } from './commands/credentials';
import { doctorCommand } from './commands/doctor';

/**
 * Runs a command. Answers go to standard output and nothing else does; what is
 * wrong goes to standard error.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code: 0, or 1 where something is wrong
 * @public
 */
export async function runCli(
  argv: readonly string[],
  io: CliProcess,
): Promise<number> {
  let code = 0;
  const program = new Command('lakemesh')
    .description('Lakemesh, the data mesh inside Backstage')
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
    });
  const exit = (result: number) => {
    code = result;
  };
  const add = (command: Command) => {
    command.copyInheritedSettings(program);
    command.commands.forEach(child => child.copyInheritedSettings(program));
    program.addCommand(command);
  };
  add(credentialsCommand(io));
  add(doctorCommand(io, exit));
  add(auditCommand(io, exit));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has told what is wrong already, or printed the help.
      return error.exitCode === 0 ? 0 : 1;
    }
    io.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

/** The backend's own words where it has answered, else the error's. */
function messageOf(error: unknown): string {
  const body = (
    error as {
      body?: {
        error?: {
          message?: string;
          problems?: Array<{ field: string; reason: string }>;
        };
      };
    }
  ).body?.error;
  if (!body?.message) {
    return error instanceof Error ? error.message : stringifyError(error);
  }
  const problems = (body.problems ?? []).map(
    ({ field, reason }) => `  ${field}: ${reason}`,
  );
  return [body.message, ...problems].join('\n');
}
