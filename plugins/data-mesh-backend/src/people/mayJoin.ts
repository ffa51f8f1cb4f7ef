import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { readRef } from '../catalog/readRef';
import type { MayJoin } from './People';

/** Whether the group itself names the other. */
function names({ metadata, spec }: Entity, joining: Entity): boolean {
  const isUser = joining.kind.toLocaleLowerCase('en-US') === 'user';
  const listed = isUser ? spec?.members : spec?.children;
  const ref = stringifyEntityRef(joining);
  return (
    Array.isArray(listed) &&
    listed.some(
      name =>
        typeof name === 'string' &&
        readRef(name, {
          defaultKind: isUser ? 'User' : 'Group',
          defaultNamespace: metadata.namespace,
        }) === ref,
    )
  );
}

/**
 * A group from a trusted location is joined by those whom it names, and by those
 * from a trusted location: nobody else stands for it by naming it as a parent, or
 * as a group of theirs. Of other groups the catalog's word is taken.
 */
export const mayJoin =
  (isTrusted: (entity: Entity) => boolean): MayJoin =>
  (group, joining) =>
    !isTrusted(group) || isTrusted(joining) || names(group, joining);
