import { createHash } from 'node:crypto';
import {
  isSameRowFilter,
  rowFilterKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FilterContent } from '../../lake/filter';
import { ObservedFilter } from '../ObservedPort';

const NAME_LENGTH = 40;

const sameContent = (a: FilterContent, b: ObservedFilter) =>
  b.rows !== undefined &&
  isSameRowFilter(a.rows, b.rows) &&
  JSON.stringify(a.columns) === JSON.stringify(b.columns);

/**
 * The name of the filter with this content: of one that exists, however it is
 * spelt, or else one that says what it lets through and that no other filter of
 * the table has.
 */
export function filterName(
  content: FilterContent,
  existing: ObservedFilter[],
): string {
  const equal = existing.find(one => sameContent(content, one));
  if (equal) return equal.name;
  const hash = createHash('sha256')
    .update(JSON.stringify([rowFilterKey(content.rows), content.columns]))
    .digest('hex');
  const readable = content.rows
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME_LENGTH)
    .replace(/^-|-$/g, '');
  const taken = new Set(existing.map(({ name }) => name));
  for (let length = 8; length < hash.length; length += 8) {
    const name = [...(readable ? [readable] : []), hash.slice(0, length)].join(
      '-',
    );
    if (!taken.has(name)) return name;
  }
  return hash;
}
