import { rmSync, writeFileSync } from 'node:fs';
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

  removeAll(): void {
    for (const name of this.#written)
      rmSync(this.#pathOf(name), { force: true });
  }
}
