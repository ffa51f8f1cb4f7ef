import { runCli } from '../runCli';

/** Runs the command line and keeps what it prints. */
export async function runCaptured(
  argv: string[],
  env: Record<string, string>,
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCli(argv, {
    env,
    stdout: {
      write: text => {
        out += text;
      },
    },
    stderr: {
      write: text => {
        err += text;
      },
    },
  });
  return { code, out, err };
}
