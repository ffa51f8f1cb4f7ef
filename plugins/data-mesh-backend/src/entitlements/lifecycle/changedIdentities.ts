import type { ResolvedPort } from '@lakemesh/backstage-plugin-data-mesh-node';

/** What is not there any more, in words. */
export const goneIdentities = ({
  missing = [],
}: Pick<ResolvedPort, 'missing'>): string[] =>
  missing.map(
    key =>
      `\`${key}\` is not there any more: whoever is created under that name would have this access`,
  );

/**
 * What is not the thing any more that access was given for, in words. What only
 * one of the two knows is no difference: it may not have been looked at.
 */
export function changedIdentities(
  given: { readonly [key: string]: string },
  found: Pick<ResolvedPort, 'identities' | 'missing'>,
): string[] {
  const changed = Object.entries(given).flatMap(([key, was]) => {
    const is = found.identities[key];
    return is === undefined || is === was
      ? []
      : [
          `\`${key}\` is not what access was given for: it was \`${was}\`, now it is \`${is}\``,
        ];
  });
  return [...changed, ...goneIdentities(found)];
}
