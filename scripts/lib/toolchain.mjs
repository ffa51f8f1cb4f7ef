/**
 * Finds or installs the Node and Yarn that the repository needs. Runs under any
 * Node from 18 on and needs nothing but npm.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, '.toolchain');
const NODE_VERSION = '22.23.3';
const YARN_VERSION = '4.18.1';

/**
 * Whether Backstage 1.55 runs on this Node. From 24.19 on, better-sqlite3 12
 * aborts the process.
 */
export function isUsableNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 22 || (major === 24 && minor < 19);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  if (result.error) {
    throw new Error(`${command} could not be run: ${result.error.message}`);
  }
  if (result.status !== 0) {
    throw new Error(
      `"${[command, ...args].join(' ')}" ended with ${
        result.signal ?? `exit code ${result.status}`
      }`,
    );
  }
}

function npmInstall(packages) {
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  console.log(`Installing ${packages.join(' and ')} into .toolchain`);
  run(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--save-exact',
      '--prefix',
      folder,
      ...packages,
    ],
    { cwd: folder, shell: process.platform === 'win32' },
  );
}

/** The home of the Node that the npm package `node` brings: bin and headers. */
function packagedNodeHome() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  return [
    join(folder, 'node_modules', name),
    join(folder, 'node_modules', 'node', 'node_modules', name),
  ].find(existsSync);
}

function nodeBinary(home) {
  return process.platform === 'win32'
    ? join(home, 'bin', 'node.exe')
    : join(home, 'bin', 'node');
}

function versionOf(binary) {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return stdout?.trim();
}

function findNode() {
  if (isUsableNode(process.version)) return process.execPath;
  const home = packagedNodeHome();
  const binary = home && nodeBinary(home);
  return binary && versionOf(binary) === `v${NODE_VERSION}`
    ? binary
    : undefined;
}

function findYarn() {
  const packaged = join(
    folder,
    'node_modules',
    '@yarnpkg',
    'cli-dist',
    'bin',
    'yarn.js',
  );
  return existsSync(packaged) ? packaged : undefined;
}

function installDependencies(node, yarn, env) {
  const stamp = join(root, 'node_modules', '.lakemesh-install');
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'yarn.lock')))
    .update(versionOf(node) ?? '')
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  console.log('Installing dependencies (some minutes the first time)');
  const { status, stdout } = spawnSync(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // What Yarn says is worth reading only where it fails.
  if (status !== 0) {
    process.stderr.write(stdout);
    throw new Error('The dependencies could not be installed');
  }
  writeFileSync(stamp, lockfile);
}

/**
 * Makes sure that Node, Yarn and the dependencies are there.
 *
 * @returns the Node binary, and the environment in which its tools find it
 */
export function ensureToolchain() {
  const missing = [];
  if (!findNode()) missing.push(`node@${NODE_VERSION}`);
  if (!findYarn()) missing.push(`@yarnpkg/cli-dist@${YARN_VERSION}`);
  if (missing.length > 0) npmInstall(missing);

  const node = findNode();
  const yarn = findYarn();
  if (!node || !yarn) {
    throw new Error(
      `${missing.join(' and ')} cannot be used on ${process.platform}-${
        process.arch
      }. Install Node 22 and run this again.`,
    );
  }
  const home = dirname(dirname(node));
  const env = {
    ...process.env,
    PATH: [
      dirname(node),
      join(root, 'node_modules', '.bin'),
      process.env.PATH,
    ].join(delimiter),
  };
  // Headers at hand: native modules compile without a download.
  if (existsSync(join(home, 'include', 'node'))) {
    env.npm_config_nodedir = home;
  }
  installDependencies(node, yarn, env);
  return { node, yarn, env };
}
