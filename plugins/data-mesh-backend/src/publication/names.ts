/** A reference in a sentence: in full, so that pages make a link of it. */
export const nameOf = (ref: string) => ref;

/** Several references, any of which will do. */
export const namesOf = (refs: readonly string[]) =>
  refs.map(nameOf).join(' or ');
