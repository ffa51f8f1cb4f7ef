import { createHash } from 'node:crypto';

/** The same for the same effect, whoever plans it and whenever. */
export function stepId(kind: string, effect: object): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(effect))
    .digest('hex');
  return `${kind}:${hash.slice(0, 32)}`;
}

/** A thing of Lake Formation in keys of what steps share and lock. */
export const resourceName = (region: string, name: string): string =>
  `lake-formation:${region}:${name}`;
