/**
 * npm start: brings everything up that is missing, and the portal.
 *
 *   npm start -- [--port 7007] [--emulator-port 4566] [--config FILE]… [--verbose]
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from './lib/appBuild.mjs';
import { freePort, isFree } from './lib/ports.mjs';
import { startPortal } from './lib/portal.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

function portOption(name, value) {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `--${name} is "${value}", expected a number from 1 to 65535`,
    );
  }
  return port;
}

/**
 * npm passes signals to its shell, and the shell does not pass them on: what is
 * seen here is only that the shell is gone.
 */
function whenRunnerEnds(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const runner = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === runner) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7007' },
      'emulator-port': { type: 'string' },
      config: { type: 'string', multiple: true, default: [] },
      verbose: { type: 'boolean', default: false },
    },
  });
  const port = portOption('port', values.port);
  if (!(await isFree(port))) {
    throw new Error(
      `Port ${port} is in use. Stop what listens there, or choose another: npm start -- --port 7008`,
    );
  }
  const emulatorPort = values['emulator-port']
    ? portOption('emulator-port', values['emulator-port'])
    : await freePort(4566);

  const toolchain = ensureToolchain();
  buildApp(toolchain);

  console.log('Starting the portal');
  let portal;
  let stopping = false;
  const stop = signal => {
    if (stopping) return;
    stopping = true;
    if (!portal) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    portal.stop();
  };
  const starting = startPortal({
    ...toolchain,
    port,
    emulatorPort,
    configs: values.config,
    verbose: values.verbose,
    onSpawn: early => {
      portal = early;
    },
  });
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  whenRunnerEnds(() => stop('SIGTERM'));
  portal = await starting;
  console.log(`Its log: ${relative(process.cwd(), portal.logFile)}`);
  console.log(`Lakemesh portal is ready: ${portal.url}`);

  const why = await portal.ended;
  if (!stopping) throw new Error(`The portal stopped: ${why}`);
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
