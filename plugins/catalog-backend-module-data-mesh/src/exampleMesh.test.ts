import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  type DataProductEntity,
  findDataProductProblems,
  isDataProductEntity,
  readPrincipalsAnnotation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseAllDocuments } from 'yaml';
import { dataProductRelations } from './processor/dataProductRelations';

const MESH = join(__dirname, '../../../packages/backend/mesh');

function yamlFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return yamlFiles(path);
    return entry.name.endsWith('.yaml') ? [path] : [];
  });
}

const entities: Entity[] = yamlFiles(MESH).flatMap(path =>
  parseAllDocuments(readFileSync(path, 'utf8')).map(document =>
    document.toJS(),
  ),
);
const byRef = new Map(
  entities.map(entity => [stringifyEntityRef(entity), entity]),
);
const products = entities.filter(isDataProductEntity);
const ofKind = (kind: string) => entities.filter(e => e.kind === kind);
const tablesOf = ({ spec }: DataProductEntity) =>
  spec.outputPorts.flatMap(port => port.tables);

describe('the example mesh', () => {
  it('has each entity once, those that change once a version', () => {
    const versions = entities.map(
      entity => `${stringifyEntityRef(entity)} ${entity.spec?.version ?? ''}`,
    );
    expect(new Set(versions).size).toBe(entities.length);
  });

  it.each(products.map(product => [product.metadata.name, product] as const))(
    'product %s is valid',
    (_, product) => {
      expect(findDataProductProblems(product)).toEqual([]);
    },
  );

  it('refers only to what exists', () => {
    const targets = entities.flatMap(entity => {
      const { relations, unreadable } = dataProductRelations(entity);
      const { owner, domain, system, parent, memberOf } = Object(entity.spec);
      return [
        ...unreadable,
        ...relations.map(({ target }) => stringifyEntityRef(target)),
        ...[
          [owner, 'group'],
          [domain, 'domain'],
          [system, 'system'],
          [parent, 'group'],
          ...(memberOf ?? []).map((ref: string) => [ref, 'group']),
        ].flatMap(([ref, defaultKind]) =>
          ref ? [stringifyEntityRef(parseEntityRef(ref, { defaultKind }))] : [],
        ),
      ];
    });
    expect(targets.filter(ref => !byRef.has(ref))).toEqual([]);
  });

  it('reads only ports that exist', () => {
    const missing = products.flatMap(product =>
      (product.spec.inputPorts ?? []).filter(({ product: ref, port }) => {
        const source = ref ? byRef.get(ref) : undefined;
        return (
          port !== undefined &&
          !(
            source &&
            isDataProductEntity(source) &&
            source.spec.outputPorts.some(({ name }) => name === port)
          )
        );
      }),
    );
    expect(missing).toEqual([]);
  });

  it('names principals that can be read', () => {
    const annotations = entities.flatMap(
      entity => entity.metadata.annotations?.['lakemesh.io/principals'] ?? [],
    );
    const read = annotations.map(text => readPrincipalsAnnotation(text));
    expect(read.filter(annotation => !annotation.ok)).toEqual([]);
    expect(
      read.flatMap(annotation => (annotation.ok ? annotation.principals : []))
        .length,
    ).toBeGreaterThan(8);
  });

  it('has the size that the screens need to be tried with', () => {
    expect(ofKind('Domain').length).toBeGreaterThanOrEqual(4);
    expect(ofKind('User').length).toBeGreaterThanOrEqual(8);
    expect(products.length).toBeGreaterThanOrEqual(12);
    expect(products.flatMap(tablesOf).length).toBeGreaterThanOrEqual(30);
    expect(
      products.flatMap(tablesOf).some(table => table.columns.length > 300),
    ).toBe(true);
    expect(new Set(products.map(({ spec }) => spec.lifecycle))).toEqual(
      new Set(['active', 'deprecated', 'draft']),
    );
  });
});
