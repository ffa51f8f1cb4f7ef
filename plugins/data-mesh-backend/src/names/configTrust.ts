import type { Config } from '@backstage/config';
import type { JsonValue } from '@backstage/types';
import { readRef } from '../catalog/readRef';
import type { NameTrust } from './NameTrust';

/** Keys whose entries may leave the kind out. */
const DEFAULT_KINDS: Array<[key: RegExp, kind: string]> = [
  [/^dataMesh\.(governance|auditors)\[\d+\]$/, 'Group'],
  [/^dataMesh\.policy\.(stewards|fallbackApprovers)\[\d+\]$/, 'Group'],
  [/^dataMesh\.domains\[\d+\]\.domain$/, 'Domain'],
  [/^dataMesh\.domains\[\d+\]\.teams\[\d+\]$/, 'Group'],
];

/** What any other text must begin with to be taken for a reference. */
const FULL_REF = /^(group|user|domain|dataproduct):[^\s]+$/i;

function* textsOf(
  value: JsonValue | undefined,
  key: string,
): Generator<[key: string, text: string]> {
  if (typeof value === 'string') {
    yield [key, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* textsOf(item, `${key}[${index}]`);
    }
  } else if (value && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      yield* textsOf(item, `${key}.${name}`);
    }
  }
}

/** References in the section `dataMesh` of config, with their key. */
export function refsInConfig(
  config: Config,
): Array<{ ref: string; key: string }> {
  const section = config.getOptional('dataMesh');
  return [...textsOf(section, 'dataMesh')].flatMap(([key, text]) => {
    const defaultKind = DEFAULT_KINDS.find(([known]) => known.test(key))?.[1];
    if (!defaultKind && !FULL_REF.test(text)) return [];
    const ref = readRef(text, { defaultKind, defaultNamespace: 'default' });
    return ref ? [{ ref, key }] : [];
  });
}

/** Names that config trusts: governance, stewards, holders of places. */
export function configTrust(config: Config): NameTrust {
  return async refs => {
    const keys = new Map<string, Set<string>>();
    for (const { ref, key } of refsInConfig(config)) {
      if (refs && !refs.includes(ref)) continue;
      const known = keys.get(ref) ?? new Set();
      keys.set(ref, known.add(key.replace(/\[\d+\]/g, '')));
    }
    return [...keys].flatMap(([ref, names]) =>
      [...names].map(name => ({
        ref,
        trust: { kind: 'config', words: name, readableBy: 'everybody' },
      })),
    );
  };
}
