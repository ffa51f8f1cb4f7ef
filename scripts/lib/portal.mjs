/** Runs the portal as one Node process: the backend, which serves the app. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './toolchain.mjs';

const READY_WITHIN_MS = 600_000;
const POLL_MS = 250;
const GRACE_MS = 8_000;

/** Configuration that differs by start, as Backstage reads it from the environment. */
function portEnv({ port, emulatorPort }) {
  const url = `http://localhost:${port}`;
  const emulator = `http://127.0.0.1:${emulatorPort}`;
  const values = {
    app_baseUrl: url,
    backend_baseUrl: url,
    backend_listen_port: port,
    backend_cors_origin: url,
    demo_emulator_port: emulatorPort,
    dataMesh_lakeFormation_endpoint: emulator,
  };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      JSON.stringify(value),
    ]),
  );
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** Ready: the backend says so, and the catalog knows somebody to sign in as. */
async function isReady(port) {
  const base = `http://127.0.0.1:${port}`;
  if (!(await answers(`${base}/.backstage/health/v1/readiness`))) return false;
  const users = await answers(`${base}/api/auth/demo-users`);
  return (users?.items ?? []).length > 0;
}

function lastLines(file, count) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}

/**
 * Starts the portal and waits until it is ready.
 *
 * @returns its URLs, a promise of its end, and how to stop it
 */
export async function startPortal(options) {
  const { node, env, port, emulatorPort, configs = [], verbose } = options;
  const logFile = options.logFile ?? join(root, '.toolchain', 'portal.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const backend = join(root, 'packages', 'backend');
  const files = [
    join(root, 'app-config.yaml'),
    ...configs.map(c => resolve(c)),
  ];
  const child = spawn(
    node,
    [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(backend, 'src', 'index.ts'),
      ...files.flatMap(file => ['--config', file]),
    ],
    {
      cwd: backend,
      env: {
        ...env,
        NODE_ENV: 'development',
        ...portEnv({ port, emulatorPort }),
        ...options.extraEnv,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

  let failure;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', text => {
      log.write(text);
      if (verbose) process.stderr.write(text);
      // The process stays alive after this, half of it answering.
      if (text.includes('Backend startup failed')) {
        failure = 'the backend could not start';
      }
    });
  }
  const ended = new Promise(done => {
    child.once('error', error => done(`it could not be run: ${error.message}`));
    child.once('exit', (code, signal) =>
      done(`the process ended with ${signal ?? `exit code ${code}`}`),
    );
  });
  let over;
  ended.then(why => {
    over = why;
  });

  async function stop() {
    if (over) return;
    child.kill('SIGTERM');
    const killed = await Promise.race([ended, sleep(GRACE_MS, undefined)]);
    if (killed === undefined) child.kill('SIGKILL');
    await ended;
  }

  options.onSpawn?.({ stop });

  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(port))) {
    failure = failure ?? over;
    if (!failure && Date.now() > deadline) {
      failure = `it was not ready within ${READY_WITHIN_MS / 1000} s`;
    }
    if (failure) {
      await stop();
      throw new Error(
        [
          `The portal did not start: ${failure}. The end of ${logFile}:`,
          ...lastLines(logFile, 40),
        ].join('\n'),
      );
    }
    await sleep(POLL_MS);
  }
  return {
    url: `http://localhost:${port}`,
    emulatorUrl: `http://127.0.0.1:${emulatorPort}`,
    logFile,
    pid: child.pid,
    ended,
    stop,
  };
}
