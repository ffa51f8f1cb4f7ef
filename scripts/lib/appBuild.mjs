/** Builds packages/app only where what it is made of has changed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './toolchain.mjs';

const app = join(root, 'packages', 'app');
// Inside dist, so that a build by other hands takes it away.
const stamp = join(app, 'dist', '.sources');

function* filesUnder(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const full = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

/** The workspaces that the app is bundled from: its own dependencies of ours. */
function bundledFolders() {
  const byName = new Map();
  for (const parent of ['packages', 'plugins']) {
    for (const name of readdirSync(join(root, parent))) {
      const manifest = join(root, parent, name, 'package.json');
      if (!existsSync(manifest)) continue;
      const json = JSON.parse(readFileSync(manifest, 'utf8'));
      byName.set(json.name, { folder: join(root, parent, name), json });
    }
  }
  const found = new Set();
  const add = name => {
    const workspace = byName.get(name);
    if (!workspace || found.has(workspace.folder)) return;
    found.add(workspace.folder);
    Object.keys(workspace.json.dependencies ?? {}).forEach(add);
  };
  add('app');
  return [...found].sort();
}

function hashOfSources() {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'yarn.lock')));
  for (const folder of bundledFolders()) {
    for (const file of [...filesUnder(folder)].sort()) {
      hash.update(relative(root, file)).update('\0').update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** @returns whether a build was needed */
export function buildApp({ node, env }) {
  const hash = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  console.log('Building the app (once; kept until its sources change)');
  const cli = join(root, 'node_modules', '@backstage', 'cli', 'bin');
  const { status, signal, stdout, stderr } = spawnSync(
    node,
    [join(cli, 'backstage-cli'), 'package', 'build'],
    {
      cwd: app,
      env: { ...env, NODE_ENV: 'production' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    throw new Error(
      `The app could not be built (${signal ?? `exit code ${status}`})`,
    );
  }
  writeFileSync(stamp, hash);
  return true;
}
