/**
 * The most characters of a row filter: AWS's guide wants fewer than 2,048.
 *
 * @public
 */
export const MAX_ROW_FILTER_CHARACTERS = 2_047;

/** The most bytes, by AWS's model of the API. */
export const MAX_ROW_FILTER_BYTES = 2_048;

/** How deep fields of structs may lie, the column included. */
export const MAX_ROW_FILTER_DEPTH = 5;

/** How many bytes a text takes in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += 1 + Number(code > 0x7f) + Number(code > 0x7ff);
    bytes += Number(code > 0xffff);
  }
  return bytes;
}
