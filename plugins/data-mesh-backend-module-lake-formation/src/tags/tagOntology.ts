import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** What of a product decides about the value of an LF-Tag. */
export type TagSource =
  | 'classification'
  | 'pii'
  | 'tags'
  | 'domain'
  // The only value, for everything.
  | 'constant';

/** One LF-Tag of the ontology. */
export interface TagRule {
  /** As Lake Formation keeps it: lower case. */
  key: string;
  values: string[];
  from: TagSource;
  /** From what the product says to a value, where they are not the same. */
  map: ReadonlyMap<string, string>;
  /** Entity reference of the one domain it holds for; all where left out. */
  domainRef?: string;
}

/** `dataMesh.lakeFormation.tags`. */
export type TagOntology = TagRule[];

const ROOT = 'dataMesh.lakeFormation.tags';
const SOURCES: TagSource[] = ['classification', 'pii', 'tags', 'domain'];
// By AWS's guide; the API's model allows more.
const NAME = /^[\p{L}\p{N}\s_.:/=+\-@%]{1,50}$/u;
/** Values that a tag may have. */
export const MAX_TAG_VALUES = 1_000;

const folded = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * Reads `dataMesh.lakeFormation.tags`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readTagOntology(root: Config): TagOntology {
  const rules = (root.getOptionalConfigArray(ROOT) ?? []).map((rule, index) =>
    readRule(rule, `${ROOT}[${index}]`),
  );
  rules.forEach((rule, index) => {
    const twin = rules.findIndex(
      one =>
        one.key === rule.key &&
        (one.domainRef === rule.domainRef || !one.domainRef || !rule.domainRef),
    );
    if (twin !== index) {
      throw new InputError(
        `${ROOT}[${index}].key is '${rule.key}', which ${ROOT}[${twin}] has for the same domain already: a resource has one value a key`,
      );
    }
  });
  return rules;
}

function readRule(config: Config, path: string): TagRule {
  const key = readTagName(config.getString('key'), `${path}.key`);
  const values = [
    ...new Set(
      config
        .getStringArray('values')
        .map((value, index) => readTagName(value, `${path}.values[${index}]`)),
    ),
  ];
  if (values.length === 0 || values.length > MAX_TAG_VALUES) {
    throw new InputError(
      `${path}.values has ${values.length} entries, expected 1 to ${MAX_TAG_VALUES}`,
    );
  }
  const from = config.getString('from');
  const source = SOURCES.find(one => one === from);
  if (!source) {
    throw new InputError(
      `${path}.from is '${from}', expected ${SOURCES.join(', ')}`,
    );
  }
  const map = new Map<string, string>();
  const mapping = config.getOptionalConfig('map');
  for (const said of mapping?.keys() ?? []) {
    const value = folded(mapping?.getString(said) ?? '');
    if (!values.includes(value)) {
      throw new InputError(
        `${path}.map.${said} is '${value}', expected one of ${values.join(
          ', ',
        )}`,
      );
    }
    map.set(folded(said), value);
  }
  const domain = config.getOptionalString('domain');
  return {
    key,
    values,
    from: source,
    map,
    ...(domain && { domainRef: readDomain(domain, `${path}.domain`) }),
  };
}

/** @throws InputError naming where it stands */
export function readTagName(text: string, path: string): string {
  if (!NAME.test(text)) {
    throw new InputError(
      `${path} is '${text}', expected up to 50 letters, digits and _ . : / = + - @ %`,
    );
  }
  return folded(text);
}

/** `domain:default/sales`, with kind and namespace filled in. */
function readDomain(text: string, path: string): string {
  const match = /^(?:(domain):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/i.exec(text);
  if (!match) {
    throw new InputError(
      `${path} is '${text}', expected the reference of a domain like domain:default/sales`,
    );
  }
  return folded(`domain:${match[2] ?? 'default'}/${match[3]}`);
}

/** The rules that hold for a domain. */
export const rulesFor = (
  ontology: TagOntology,
  domainRef: string,
): TagOntology =>
  ontology.filter(
    rule => !rule.domainRef || rule.domainRef === folded(domainRef),
  );
