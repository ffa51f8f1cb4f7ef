/**
 * Folders of a package must not import each other, nor files in a circle: then
 * neither can be read, tested or moved without the other. Part of `npm test`.
 *
 *   node scripts/check-shape.mjs
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  circlesOfFiles,
  importsOf,
  mutualFolders,
} from './lib/importGraph.mjs';
import { root } from './lib/toolchain.mjs';

function problemsIn(imports) {
  return [
    ...mutualFolders(imports).map(
      pair =>
        `${pair}: these folders import each other. Move what both need to a third, or tell upwards by an event`,
    ),
    ...circlesOfFiles(imports).map(
      circle =>
        `${circle.join(
          ', ',
        )}: these files import each other in a circle. Move what they share to a file of its own`,
    ),
  ];
}

const files = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'],
  { cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
)
  .split('\n')
  .filter(file => file && existsSync(join(root, file)));
const texts = new Map(
  files.map(file => [file, readFileSync(join(root, file), 'utf8')]),
);
const problems = problemsIn(importsOf(texts));
problems.forEach(problem => console.error(problem));
if (problems.length > 0) {
  console.error(`${problems.length} problems with who imports whom`);
  process.exitCode = 1;
}
