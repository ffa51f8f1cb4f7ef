import type {
  DataProductEntity,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';

/** Values by key of a tag, as far as the product tells them. */
export type OfferedTags = ReadonlyMap<string, readonly string[]>;

/**
 * The tags that the product's tables and columns are likely to carry in Lake
 * Formation: its classification, domain and personal data, and what is written
 * in the catalog as `key=value` or `key:value`. Others can be typed.
 */
export function offeredTags(
  product: DataProductEntity,
  port: OutputPort | undefined,
): OfferedTags {
  const found = new Map<string, Set<string>>();
  const add = (key: string, value: string | undefined) => {
    if (value === undefined) return;
    found.set(key, (found.get(key) ?? new Set()).add(value));
  };
  const addTags = (tags: readonly string[] = []) =>
    tags.forEach(tag => {
      const parts = /^\s*([^=:]+?)\s*[=:]\s*(.+?)\s*$/.exec(tag);
      if (parts) add(parts[1].toLocaleLowerCase('en-US'), parts[2]);
    });

  const { spec, metadata } = product;
  const columns = (port?.tables ?? []).flatMap(table => table.columns);
  add('classification', spec.classification);
  columns.forEach(column => add('classification', column.classification));
  add(
    'domain',
    spec.domain && parseEntityRef(spec.domain, { defaultKind: 'domain' }).name,
  );
  if (columns.some(column => column.pii)) {
    add('pii', 'true');
    add('pii', 'false');
  }
  addTags(metadata.tags);
  columns.forEach(column => addTags(column.tags));
  return new Map([...found].map(([key, values]) => [key, [...values].sort()]));
}
