import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** At once: the catalog never reads half a file. */
function replace(path: string, yaml: string): void {
  writeFileSync(`${path}.new`, yaml);
  renameSync(`${path}.new`, path);
}

/** Files of the catalog that a test writes, as somebody who registers YAML. */
export class CatalogFiles {
  readonly #written = new Set<string>();
  readonly #changed = new Map<string, string>();

  #pathOf(name: string): string {
    const directory = process.env.LAKEMESH_PUBLISHED;
    if (!directory) {
      throw new Error(
        'LAKEMESH_PUBLISHED names no directory; run the tests by `yarn test:e2e`',
      );
    }
    return join(directory, name);
  }

  write(name: string, yaml: string): void {
    writeFileSync(this.#pathOf(name), yaml);
    this.#written.add(name);
  }

  /** Changes a file that is there, until the test is over. */
  change(name: string, edit: (yaml: string) => string): void {
    const path = this.#pathOf(name);
    const before = readFileSync(path, 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${name} was not changed`);
    if (!this.#changed.has(name)) this.#changed.set(name, before);
    replace(path, after);
  }

  undoAll(): void {
    for (const name of this.#written)
      rmSync(this.#pathOf(name), { force: true });
    for (const [name, before] of this.#changed)
      replace(this.#pathOf(name), before);
  }
}
