import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/**
 * Groups that an entity becomes a part of by itself: a parent, or the groups
 * that a user says to be in. Being a part of a group gives its power.
 */
export function joinedBy({ kind, metadata, spec }: Entity): string[] {
  const defaultNamespace = metadata.namespace ?? 'default';
  const texts: unknown[] = [];
  if (kind.toLocaleLowerCase('en-US') === 'group') texts.push(spec?.parent);
  if (kind.toLocaleLowerCase('en-US') === 'user') {
    texts.push(...(Array.isArray(spec?.memberOf) ? spec.memberOf : []));
  }
  return texts
    .filter((text): text is string => typeof text === 'string')
    .map(text =>
      stringifyEntityRef(
        parseEntityRef(text, { defaultKind: 'Group', defaultNamespace }),
      ),
    );
}
