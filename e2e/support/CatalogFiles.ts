import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the catalog that a test writes, as somebody who registers YAML. */
export class CatalogFiles {
  readonly #written = new Set<string>();

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

  /** Changes a file that the demo story has put there. */
  change(name: string, edit: (yaml: string) => string): void {
    const path = this.#pathOf(name);
    const before = readFileSync(path, 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${name} was not changed`);
    writeFileSync(`${path}.new`, after);
    copyFileSync(`${path}.new`, path);
    rmSync(`${path}.new`);
  }

  removeAll(): void {
    for (const name of this.#written)
      rmSync(this.#pathOf(name), { force: true });
  }
}
