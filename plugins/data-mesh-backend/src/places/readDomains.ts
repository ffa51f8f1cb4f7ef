import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  placeInWords,
  placeKey,
  type Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { placeProblems } from './placeProblems';

const KEY = 'dataMesh.domains';
const DEFAULT_SYSTEM = 'lake-formation';

/** A domain as config has it: what it holds, and whose products belong to it. */
export interface ConfiguredDomain {
  domainRef: string;
  /** Groups whose products belong to the domain beside its owner's. */
  teams: readonly string[];
  holds: readonly Place[];
}

function readRef(text: string, key: string, defaultKind: string): string {
  let found;
  try {
    found = parseEntityRef(text, { defaultKind });
  } catch (cause) {
    throw new InputError(
      `${key} is '${text}', expected a reference like ${defaultKind.toLowerCase()}:default/sales`,
      cause,
    );
  }
  if (found.kind.toLowerCase() !== defaultKind.toLowerCase()) {
    throw new InputError(
      `${key} is '${text}', expected a ${defaultKind} like ${defaultKind.toLowerCase()}:default/sales`,
    );
  }
  return stringifyEntityRef(found);
}

/** Typos must not make a place wider than it was meant to be. */
function refuseOtherKeys(config: Config, key: string, known: string[]) {
  const other = config.keys().find(name => !known.includes(name));
  if (other !== undefined) {
    throw new InputError(
      `${key} has the unknown key '${other}', expected only ${known.join(
        ', ',
      )}`,
    );
  }
}

function readPlace(config: Config, key: string): Place {
  refuseOtherKeys(config, key, [
    'system',
    'catalogId',
    'region',
    'database',
    'table',
    'tag',
  ]);
  const tag = config.getOptionalConfig('tag');
  if (tag) refuseOtherKeys(tag, `${key}.tag`, ['key', 'values']);
  const optional = (name: string) => {
    const value = config.getOptionalString(name);
    return value === undefined ? {} : { [name]: value };
  };
  const place: Place = {
    system: config.getOptionalString('system') ?? DEFAULT_SYSTEM,
    catalogId: config.getString('catalogId'),
    ...optional('region'),
    ...optional('database'),
    ...optional('table'),
    ...(tag && {
      tag: { key: tag.getString('key'), values: tag.getStringArray('values') },
    }),
  };
  const [problem] = placeProblems(place);
  if (problem) throw new InputError(`${key}: ${problem.message}`);
  return place;
}

function readDomain(config: Config, key: string): ConfiguredDomain {
  refuseOtherKeys(config, key, ['domain', 'teams', 'holds']);
  return {
    domainRef: readRef(config.getString('domain'), `${key}.domain`, 'Domain'),
    teams: (config.getOptionalStringArray('teams') ?? []).map((ref, index) =>
      readRef(ref, `${key}.teams[${index}]`, 'Group'),
    ),
    holds: (config.getOptionalConfigArray('holds') ?? []).map((place, index) =>
      readPlace(place, `${key}.holds[${index}]`),
    ),
  };
}

function refuseDoubles(domains: readonly ConfiguredDomain[]) {
  const domainKeys = new Map<string, string>();
  const placeKeys = new Map<string, string>();
  domains.forEach(({ domainRef, holds }, at) => {
    const key = `${KEY}[${at}]`;
    const before = domainKeys.get(domainRef);
    if (before !== undefined) {
      throw new InputError(
        `${key} is about ${domainRef}, and so is ${before}: expected one entry for each domain`,
      );
    }
    domainKeys.set(domainRef, key);
    holds.forEach((place, index) => {
      const placeAt = `${key}.holds[${index}]`;
      const same = placeKeys.get(placeKey(place));
      if (same !== undefined) {
        throw new InputError(
          `${placeAt} and ${same} are the same place, ${placeInWords(
            place,
          )}: expected each place to be held once`,
        );
      }
      placeKeys.set(placeKey(place), placeAt);
    });
  });
}

/**
 * Reads `dataMesh.domains`: what each domain answers for.
 *
 * @throws InputError naming the key and what was expected there
 */
export function readDomains(root: Config): readonly ConfiguredDomain[] {
  const entries = root.getOptionalConfigArray(KEY) ?? [];
  const domains = entries.map((entry, index) =>
    readDomain(entry, `${KEY}[${index}]`),
  );
  refuseDoubles(domains);
  return domains;
}
