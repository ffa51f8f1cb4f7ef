import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { InputError } from '@backstage/errors';
import { DataMeshClient } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Command } from 'commander';
import type { CliProcess } from './CliProcess';

/** How the backend is reached, and as whom. */
export interface ConnectionOptions {
  backendUrl?: string;
  tokenFile?: string;
  tokenCommand?: string;
}

/** Adds the options of {@link ConnectionOptions} to a command. */
export const withConnection = (command: Command): Command =>
  command
    .option(
      '--backend-url <url>',
      'base URL of the Backstage backend; else BACKSTAGE_URL',
    )
    .option(
      '--token-command <command>',
      'prints your Backstage token, like "backstage-cli auth print-token"; else LAKEMESH_TOKEN_COMMAND',
    )
    .option(
      '--token-file <file>',
      'file that holds your Backstage token; without either, BACKSTAGE_TOKEN',
    );

/**
 * A client that acts as the user whose token it has.
 *
 * @throws InputError naming the option that is missing
 */
export async function connect(
  options: ConnectionOptions,
  env: CliProcess['env'],
): Promise<DataMeshClient> {
  const baseUrl = readBaseUrl(options.backendUrl ?? env.BACKSTAGE_URL);
  const token = await readToken(options, env);
  return new DataMeshClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${baseUrl}/api/${pluginId}`,
    },
    fetchApi: {
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...(init?.headers as Record<string, string>),
            authorization: `Bearer ${token}`,
          },
        }),
    },
  });
}

function readBaseUrl(text: string | undefined): string {
  if (!text) {
    throw new InputError(
      '--backend-url is missing, and so is BACKSTAGE_URL; expected the base URL of the Backstage backend, like https://backstage.example.com',
    );
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InputError(
      `--backend-url is '${text}', expected a URL like https://backstage.example.com`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

async function readToken(
  { tokenCommand, tokenFile }: ConnectionOptions,
  env: CliProcess['env'],
): Promise<string> {
  const token = (await tokenText(tokenCommand, tokenFile, env))?.trim();
  if (!token) {
    throw new InputError(
      'There is no Backstage token: give --token-command or --token-file, or set LAKEMESH_TOKEN_COMMAND or BACKSTAGE_TOKEN',
    );
  }
  return token;
}

async function tokenText(
  tokenCommand: string | undefined,
  tokenFile: string | undefined,
  env: CliProcess['env'],
): Promise<string | undefined> {
  if (tokenCommand) return outputOf(tokenCommand);
  if (tokenFile) return readFile(tokenFile, 'utf8');
  if (env.LAKEMESH_TOKEN_COMMAND) return outputOf(env.LAKEMESH_TOKEN_COMMAND);
  return env.BACKSTAGE_TOKEN;
}

async function outputOf(command: string): Promise<string> {
  try {
    return (await promisify(exec)(command)).stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: number; stderr?: string };
    throw new InputError(
      `The token command '${command}' ended with ${code ?? 'an error'}${
        stderr ? `: ${stderr.trim()}` : ''
      }`,
    );
  }
}
