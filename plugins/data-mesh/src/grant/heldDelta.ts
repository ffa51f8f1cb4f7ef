import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ShownLine } from '../plan/DeltaLines';

/** What a grant or a part of one is on, and what it permits. */
type Held = Pick<ObservedGrant, 'permissions' | 'grantable' | 'resource'>;

const names = (columns: Iterable<string>) =>
  [...columns].map(column => `\`${column}\``).join(', ');

const heldInWords = ({ permissions, grantable, resource }: Held) =>
  `${
    permissions.length > 0
      ? permissions.join(', ')
      : `GRANT OPTION ${grantable.join(', ')}`
  } on ${resource.words}`;

/**
 * What is held beside what was approved of it, line by line: from the computed
 * difference, never from what was asked for. Pure.
 *
 * @param held - columns that are held; undefined where it is more than columns
 * @param more - the parts that nobody approved
 */
export function heldDelta(
  held: readonly string[] | undefined,
  more: readonly Held[],
): ShownLine[] {
  const surplus = new Set(
    more.flatMap(({ resource }) => resource.columns ?? []),
  );
  const isColumns = more.every(({ resource }) => resource.columns);
  const stays = (held ?? []).filter(column => !surplus.has(column));
  const kept: ShownLine[] =
    stays.length > 0 ? [{ sign: 'keep', words: names(stays) }] : [];
  if (isColumns && surplus.size > 0) {
    return [...kept, { sign: 'unapproved', words: names(surplus) }];
  }
  return [
    ...kept,
    ...more.map(
      (part): ShownLine => ({ sign: 'unapproved', words: heldInWords(part) }),
    ),
  ];
}
