/** Widths shared by the header and the rows: name, type, class, words, tags. */
export const gridTemplateColumns =
  'minmax(200px, 1.4fr) minmax(130px, 1fr) 156px minmax(200px, 2fr) minmax(230px, 1.2fr)';
