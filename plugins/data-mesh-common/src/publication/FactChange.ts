import type { FactDifference } from '../client/types.generated';
import type { FactsDraft } from './FactsDraft';

/** A difference that can be carried out on facts that it has not reached. */
export interface FactChange {
  difference: FactDifference;
  apply(draft: FactsDraft): void;
}

/** Names stand between dots and colons; their own are written otherwise. */
const part = (name: string) =>
  name
    .toLocaleLowerCase('en-US')
    .replace(/[.:%]/g, letter => `%${letter.charCodeAt(0).toString(16)}`);

/** The same id while the difference is about the same thing. */
export function differenceId(kind: string, ...names: string[]): string {
  return names.length > 0 ? `${kind}:${names.map(part).join('.')}` : kind;
}

/** A name as sentences write it. */
export const quoted = (name: string) => `\`${name.replace(/`/g, "'")}\``;

/** The name of an entity, without kind and namespace. */
export const shortName = (ref: string) =>
  quoted(ref.slice(ref.lastIndexOf('/') + 1));

/** Several of them in a sentence. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
