/**
 * Writes report.api.md and report.sql.md of every published package. With
 * `--ci` it writes nothing and fails where one is stale; with `--declared` it
 * takes the declarations of `tsc --incremental false` that are there.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/toolchain.mjs';

function run(script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}

const ci = process.argv.includes('--ci') ? ['--ci'] : [];
// The reports are made of the declarations that tsc writes. Afresh: what it
// infers stands in another order where a build before has left its state.
if (!process.argv.includes('--declared')) {
  run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), [
    '--incremental',
    'false',
  ]);
}
run(
  join(
    root,
    'node_modules',
    '@backstage',
    'repo-tools',
    'bin',
    'backstage-repo-tools',
  ),
  [
    'api-reports',
    ...ci,
    '--sql-reports',
    // A member whose name says it all needs no words; and API Extractor finds
    // the sources of a sibling package where it expects its declarations.
    '--omit-messages',
    'ae-undocumented,ae-wrong-input-file-type',
    // The raw types of the contract stand behind its types, and are not exported.
    '--allow-warnings',
    'plugins/data-mesh-common',
    'plugins/*',
    'packages/lake-formation-emulator',
    'packages/cli',
    'packages/row-filter',
  ],
);
