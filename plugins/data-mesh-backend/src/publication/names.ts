/** A reference as sentences write it, without kind and namespace. */
export const nameOf = (ref: string) =>
  `\`${ref.slice(ref.lastIndexOf('/') + 1)}\``;

/** Several references, any of which will do. */
export const namesOf = (refs: readonly string[]) =>
  refs.map(nameOf).join(' or ');
