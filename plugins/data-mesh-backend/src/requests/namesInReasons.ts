import { nearestName } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Names between quotes, cut after some. */
export function oneOf(names: readonly string[], atMost = 8): string {
  const shown = names.slice(0, atMost).map(name => `'${name}'`);
  return names.length > atMost
    ? `${shown.join(', ')} and ${names.length - atMost} more`
    : shown.join(', ');
}

/** That something is not there, and what may have been meant. */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
): string {
  const near = nearestName(name, known);
  if (near) return `${what} '${name}' does not exist; did you mean '${near}'?`;
  return known.length > 0
    ? `${what} '${name}' does not exist; there are ${oneOf(known)}`
    : `${what} '${name}' does not exist`;
}

/** Those that are named more than once. */
export function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((one, i) => names.indexOf(one) !== i))];
}
