/**
 * What is not the thing any more that access was given for, in words. What only
 * one of the two knows is no difference.
 */
export function changedIdentities(
  given: { readonly [key: string]: string },
  found: { readonly [key: string]: string },
): string[] {
  return Object.entries(given).flatMap(([key, was]) => {
    const is = found[key];
    return is === undefined || is === was
      ? []
      : [
          `\`${key}\` is not what access was given for: it was \`${was}\`, now it is \`${is}\``,
        ];
  });
}
