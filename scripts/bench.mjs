/**
 * Runs the benchmarks in bench/, one process each: `yarn bench [name…]`.
 * Exits with 1 when a number is above its bound.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const transform = createRequire(join(root, 'package.json')).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const suffix = '.bench.ts';
const all = readdirSync(join(root, 'bench'))
  .filter(file => file.endsWith(suffix))
  .map(file => file.slice(0, -suffix.length))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !all.includes(name));
if (unknown.length > 0) {
  console.error(
    `No benchmark ${unknown.join(', ')}; there are: ${all.join(', ')}`,
  );
  process.exit(1);
}

const failed = (asked.length > 0 ? asked : all).filter(name => {
  const { status } = spawnSync(
    process.execPath,
    ['--require', transform, join(root, 'bench', `${name}${suffix}`)],
    { cwd: root, stdio: 'inherit' },
  );
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`Above its bound, or broken: ${failed.join(', ')}`);
  process.exit(1);
}
