/** Widths shared by the header and the rows: name, type, class, words, tags. */
export const gridTemplateColumns =
  'minmax(200px, 1.4fr) minmax(130px, 1fr) 156px minmax(220px, 2.4fr) minmax(150px, 1fr)';
