import type { Config } from '@backstage/config';
import type { DoctorReport } from '@lakemesh/backstage-plugin-data-mesh-common';

type Item = DoctorReport['items'][number];

/** What each kind gives to who can bring one into the catalog. */
const POWERS: Array<[kind: string, power: string]> = [
  ['DataProduct', 'can name any table as a product of theirs'],
  ['Domain', 'can make a domain and name its owner'],
  ['Group', 'can make a group, or put one under a group that decides'],
  ['User', 'can make a user who is a member of a group that decides'],
];

/** Kinds that the rules of the catalog let in from any location. */
export function kindsFromEverywhere(config: Config): string[] {
  // Nobody can register a location.
  if (config.getOptionalBoolean('catalog.readonly')) return [];
  return (config.getOptionalConfigArray('catalog.rules') ?? [])
    .filter(rule => !rule.has('locations'))
    .flatMap(rule => rule.getOptional('allow') ?? [])
    .flatMap(allowed => kindsIn(allowed));
}

function kindsIn(allowed: unknown): string[] {
  if (typeof allowed === 'string') return [allowed];
  if (Array.isArray(allowed)) return allowed.flatMap(kindsIn);
  if (allowed && typeof allowed === 'object' && 'kind' in allowed) {
    return kindsIn(allowed.kind);
  }
  return [];
}

/** Kinds that give power and that everybody who registers may bring. */
export function catalogRuleItems(config: Config): Item[] {
  const open = new Set(
    kindsFromEverywhere(config).map(kind => kind.toLocaleLowerCase('en-US')),
  );
  return POWERS.filter(([kind]) =>
    open.has(kind.toLocaleLowerCase('en-US')),
  ).map(([kind, power]) => ({
    subject: `catalog.rules: ${kind}`,
    checks: [
      {
        id: 'catalog-rules',
        title: `${kind} entities come only from locations you chose`,
        state: 'warning',
        words: `The rules allow the kind for every location: whoever may register a location in the catalog ${power}`,
        fix: `Take ${kind} out of catalog.rules, and allow it for single locations under catalog.locations[].rules`,
      },
    ],
  }));
}
