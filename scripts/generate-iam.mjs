// Writes the IAM policies of docs/iam, as JSON and as CloudFormation, from the
// calls that the Lake Formation module can make. `--check` writes nothing and
// fails where a file is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(join(root, 'package.json'));
require('@backstage/cli/config/nodeTransform.cjs');
const { iamFiles } = require(join(
  root,
  'plugins/data-mesh-backend-module-lake-formation/src/iam/files.ts',
));

const check = process.argv.includes('--check');
const config = await prettier.resolveConfig(join(root, 'package.json'));

function textAt(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

let stale = 0;
for (const [path, text] of Object.entries(iamFiles())) {
  const formatted = await prettier.format(text, { ...config, parser: 'json' });
  const file = join(root, path);
  if (textAt(file) === formatted) continue;
  stale += 1;
  if (check) {
    console.error(`stale: ${path} (run yarn generate:iam)`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, formatted);
  }
}
if (check && stale > 0) process.exit(1);
