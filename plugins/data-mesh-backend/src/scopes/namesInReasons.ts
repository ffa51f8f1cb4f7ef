import {
  nearestName,
  type NameSuggester,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Names of one kind that are told one by one; of more only how many. */
const TOLD = 10;

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
  suggest: NameSuggester = nearestName,
): string {
  const near = suggest(name, known);
  if (near) return `${what} '${name}' does not exist; did you mean '${near}'?`;
  return known.length > 0
    ? `${what} '${name}' does not exist; there are ${oneOf(known)}`
    : `${what} '${name}' does not exist`;
}

/** The same of many names: the first are told, of the others how many. */
export function unknownNames(
  what: string,
  names: readonly string[],
  known: readonly string[],
  suggest: NameSuggester,
): string[] {
  return [
    ...names
      .slice(0, TOLD)
      .map(name => unknownName(what, name, known, suggest)),
    ...(names.length > TOLD
      ? [`${what}: ${names.length - TOLD} more do not exist`]
      : []),
  ];
}

/** Those that are named more than once. */
export function duplicates(names: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice];
}

/** That names stand more than once: the first are told, of the others how many. */
export function namedTwice(what: string, names: readonly string[]): string[] {
  const twice = duplicates(names);
  return [
    ...twice
      .slice(0, TOLD)
      .map(name => `${what} '${name}' is named more than once`),
    ...(twice.length > TOLD
      ? [`${what}: ${twice.length - TOLD} more are named more than once`]
      : []),
  ];
}
