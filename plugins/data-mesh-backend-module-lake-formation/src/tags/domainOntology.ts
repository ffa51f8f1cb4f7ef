import { InputError } from '@backstage/errors';
import {
  ANNOTATION_LF_TAGS,
  type TagDefinition,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  MAX_TAG_VALUES,
  TagOntology,
  TagRule,
  TagSource,
  readTagName,
  rulesFor,
} from './tagOntology';

/** Keys whose values do not come from free tags. */
const SOURCES: { [key: string]: TagSource } = {
  classification: 'classification',
  pii: 'pii',
};

/**
 * The rules for a product: those of the configuration, and for other keys those
 * that its domain says itself.
 *
 * @throws InputError where the domain's annotation cannot be read
 */
export function ontologyOf(
  { domainRef, domainAnnotations = {} }: TaggedProduct,
  configured: TagOntology,
): TagOntology {
  const rules = rulesFor(configured, domainRef);
  const text = domainAnnotations[ANNOTATION_LF_TAGS];
  if (text === undefined) return rules;
  const known = new Set(rules.map(({ key }) => key));
  return [
    ...rules,
    ...readDomainOntology(text, domainRef).filter(({ key }) => !known.has(key)),
  ];
}

/** What is told of the rules for a product, by their keys. Pure. */
export const definitionsOf = (
  rules: TagOntology,
  configured: TagOntology,
): TagDefinition[] =>
  rules
    .map((rule): TagDefinition => {
      const { key, values, from } = rule;
      return {
        key,
        values,
        from,
        declaredIn: configured.includes(rule) ? 'configuration' : 'domain',
      };
    })
    .sort((a, b) => a.key.localeCompare(b.key, 'en'));

/**
 * Reads the annotation of a domain, like `sensitivity=low|high,domain=sales`.
 * One value is what everything in the domain has; of several, tags of product
 * and columns choose, as `high` or `sensitivity:high`. The keys
 * `classification` and `pii` follow from the fields of that name.
 *
 * @throws InputError naming the domain, the entry and what is expected
 */
export function readDomainOntology(
  text: string,
  domainRef: string,
): TagOntology {
  const where = `${ANNOTATION_LF_TAGS} of ${domainRef}`;
  const rules = new Map<string, TagRule>();
  for (const entry of text.split(',').map(one => one.trim())) {
    const [, before, after] = /^([^=]*)=(.*)$/.exec(entry) ?? [];
    if (!before || !after) {
      throw new InputError(
        `${where}: entry '${entry}' cannot be read, expected KEY=VALUE or KEY=VALUE|VALUE, like sensitivity=low|high`,
      );
    }
    const key = readTagName(before.trim(), `${where}: key`);
    if (rules.has(key)) {
      throw new InputError(
        `${where}: key '${key}' stands there twice, expected once with all of its values`,
      );
    }
    const values = [
      ...new Set(
        after
          .split('|')
          .map(value => readTagName(value.trim(), `${where}: value of ${key}`)),
      ),
    ];
    if (values.length > MAX_TAG_VALUES) {
      throw new InputError(
        `${where}: ${key} has ${values.length} values, expected up to ${MAX_TAG_VALUES}`,
      );
    }
    rules.set(key, ruleOf(key, values));
  }
  return [...rules.values()];
}

function ruleOf(key: string, values: string[]): TagRule {
  const from =
    SOURCES[key] ?? (values.length === 1 ? ('constant' as const) : 'tags');
  return {
    key,
    values,
    from,
    map: new Map(
      from === 'tags' ? values.map(value => [`${key}:${value}`, value]) : [],
    ),
  };
}
