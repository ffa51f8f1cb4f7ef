import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';

/**
 * The entities of the example mesh, from the same files that the catalog
 * reads, so that the emulated AWS and the catalog cannot disagree.
 */
export function readMesh(folder: string): Entity[] {
  const filesIn = (name: string, ending: string) =>
    readdirSync(join(folder, name))
      .filter(file => file.endsWith(ending))
      .sort()
      .map(file => join(folder, name, file));
  const files = [
    join(folder, 'org.yaml'),
    join(folder, 'domains.yaml'),
    ...filesIn('products', '.yaml'),
    // What the demo story puts into the catalog, as it stands in the end.
    ...filesIn('changing', '.v2.yaml'),
  ];
  return files.flatMap(file =>
    parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => {
      if (document.errors.length > 0) {
        throw new Error(`${file} is no YAML: ${document.errors[0].message}`);
      }
      const entity = document.toJS() as Entity | null;
      return entity ? [entity] : [];
    }),
  );
}
