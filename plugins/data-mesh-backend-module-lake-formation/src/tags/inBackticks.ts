/** Names as sentences have them. */
export const inBackticks = (names: readonly string[]): string[] =>
  names.map(name => `\`${name}\``);
