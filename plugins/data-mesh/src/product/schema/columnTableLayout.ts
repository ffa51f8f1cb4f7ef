/** Height of a row whose type is folded, in pixels. */
export const ROW_HEIGHT = 36;

/** Widths that the header and the rows share. */
export const wideColumns =
  '40px minmax(200px, 1.2fr) minmax(90px, 160px) minmax(120px, 2fr) 112px minmax(150px, 184px) 32px';

/** Without types; personal data is an icon beside the name. */
export const narrowColumns =
  '40px minmax(176px, 1.2fr) minmax(0, 2fr) minmax(120px, 176px) 32px';
