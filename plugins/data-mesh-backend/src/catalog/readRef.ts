import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** A reference in full and lower case, or undefined where the text is none. */
export function readRef(
  text: string,
  defaults: { defaultKind?: string; defaultNamespace?: string } = {},
): string | undefined {
  try {
    return stringifyEntityRef(parseEntityRef(text, defaults));
  } catch {
    return undefined;
  }
}
