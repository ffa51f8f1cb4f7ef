import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Command } from 'commander';
import { connect, withConnection, type ConnectionOptions } from '../connect';
import type { CliProcess } from '../CliProcess';

interface DoctorOptions extends ConnectionOptions {
  json?: boolean;
}

const WORD: Record<Check['state'], string> = {
  ok: 'ok     ',
  failed: 'FAILED ',
  warning: 'warning',
  unknown: 'unknown',
};

const linesOf = ({ state, title, words, fix }: Check) =>
  [
    `  ${WORD[state]}  ${title}: ${words}`,
    ...(fix && state !== 'ok' ? [`           fix: ${fix}`] : []),
    '',
  ].join('\n');

/** Tells what would make plans fail, before one does. */
export const doctorCommand = (
  io: CliProcess,
  exit: (code: number) => void,
): Command =>
  withConnection(
    new Command('doctor')
      .description(
        'which accounts, roles and settings would make a plan fail; ends with 1 where one would',
      )
      .option('--json', 'the whole report as JSON'),
  ).action(async (options: DoctorOptions) => {
    const client = await connect(options, io.env);
    const report = await client.getDoctor();
    if (options.json) {
      io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    } else {
      for (const { subject, checks } of report.items) {
        io.stdout.write(`${subject}\n`);
        checks.forEach(check => io.stdout.write(linesOf(check)));
      }
    }
    const failed = report.items
      .flatMap(item => item.checks)
      .some(check => check.state === 'failed');
    exit(failed ? 1 : 0);
  });
