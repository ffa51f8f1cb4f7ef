import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * A reference as a person writes it in a spec, made full: the catalog's
 * presentation API takes full references only.
 */
export function fullRef(
  ref: string,
  defaultKind: string,
  defaultNamespace = 'default',
): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind, defaultNamespace }),
  );
}
