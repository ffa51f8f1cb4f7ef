import { Command, InvalidArgumentError } from 'commander';
import {
  chooseEntitlement,
  chooseTable,
  readProductPort,
} from '../chooseAccess';
import { connect, withConnection, type ConnectionOptions } from '../connect';
import { listMine } from '../listMine';
import type { CliProcess } from '../CliProcess';

interface CredentialsOptions extends ConnectionOptions {
  table?: string;
  principal?: string;
  duration?: number;
}

function readDuration(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 900 || seconds > 43_200) {
    throw new InvalidArgumentError('Expected seconds from 900 to 43200.');
  }
  return seconds;
}

/**
 * Prints temporary credentials in the form that the AWS SDKs and the AWS CLI
 * read from a `credential_process`.
 */
export const credentialsCommand = (io: CliProcess): Command =>
  withConnection(
    new Command('credentials')
      .description(
        'temporary credentials of an access of yours, as credential_process of an AWS profile',
      )
      .argument('<product:port>', 'like orders:daily')
      .option('--table <name>', 'which table, where the access is to several')
      .option(
        '--principal <arn>',
        'as whom, where you have the access as several principals',
      )
      .option(
        '--duration <seconds>',
        'how long the credentials last; never beyond the end of the access',
        readDuration,
      ),
  ).action(async (text: string, options: CredentialsOptions) => {
    const wanted = readProductPort(text);
    const client = await connect(options, io.env);
    const entitlement = chooseEntitlement(
      await listMine(client, wanted.productRef),
      wanted,
      options.principal,
    );
    const { credentials } = await client.getUsage(entitlement.id);
    const vended = await client.vendCredentials(entitlement.id, {
      table: chooseTable(credentials, options.table),
      ...(options.duration && { durationSeconds: options.duration }),
    });
    io.stdout.write(
      `${JSON.stringify({
        Version: 1,
        AccessKeyId: vended.accessKeyId,
        SecretAccessKey: vended.secretAccessKey,
        SessionToken: vended.sessionToken,
        Expiration: vended.expiration,
      })}\n`,
    );
  });
