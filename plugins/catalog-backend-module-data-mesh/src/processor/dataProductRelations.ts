import {
  type CompoundEntityRef,
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { EntityRelationSpec } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_CONSUMES_DATA,
  DATA_PRODUCT_KIND,
  type DataProductEntity,
  isDataProductEntity,
  RELATION_CONSUMES_DATA,
  RELATION_DATA_CONSUMED_BY,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What an entity says about its relations, and what of it cannot be read. */
export interface DeclaredRelations {
  relations: EntityRelationSpec[];
  /** References that are malformed or of a kind that has no such relation. */
  unreadable: string[];
}

interface Pair {
  forward: string;
  reverse: string;
  kinds: [string, ...string[]];
}

const OWNERSHIP: Pair = {
  forward: RELATION_OWNED_BY,
  reverse: RELATION_OWNER_OF,
  kinds: ['Group', 'User'],
};
const DOMAIN: Pair = {
  forward: RELATION_PART_OF,
  reverse: RELATION_HAS_PART,
  kinds: ['Domain'],
};
const SYSTEM: Pair = { ...DOMAIN, kinds: ['System'] };
const CONSUMPTION: Pair = {
  forward: RELATION_CONSUMES_DATA,
  reverse: RELATION_DATA_CONSUMED_BY,
  kinds: [DATA_PRODUCT_KIND],
};

const CONSUMER_KINDS = ['component', 'system'];

function targetOf(
  ref: string,
  source: CompoundEntityRef,
  kinds: Pair['kinds'],
): CompoundEntityRef | undefined {
  try {
    const target = parseEntityRef(ref, {
      defaultKind: kinds[0],
      defaultNamespace: source.namespace,
    });
    const allowed = kinds.some(
      kind => kind.toLowerCase() === target.kind.toLowerCase(),
    );
    return allowed ? target : undefined;
  } catch {
    return undefined;
  }
}

function refsOfProduct({ spec }: DataProductEntity): Array<[Pair, string]> {
  const refs: Array<[Pair, string | undefined]> = [
    [OWNERSHIP, spec.owner],
    [DOMAIN, spec.domain],
    [SYSTEM, spec.system],
    ...(spec.inputPorts ?? []).map((port): [Pair, string | undefined] => [
      CONSUMPTION,
      port.product,
    ]),
  ];
  return refs.flatMap(
    ([pair, ref]): Array<[Pair, string]> => (ref ? [[pair, ref]] : []),
  );
}

function refsOfConsumer(entity: Entity): Array<[Pair, string]> {
  const annotation = entity.metadata.annotations?.[ANNOTATION_CONSUMES_DATA];
  return (annotation ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(ref => [CONSUMPTION, ref]);
}

function declaredRefs(entity: Entity): Array<[Pair, string]> {
  if (isDataProductEntity(entity)) return refsOfProduct(entity);
  return CONSUMER_KINDS.includes(entity.kind.toLowerCase())
    ? refsOfConsumer(entity)
    : [];
}

/**
 * Relations of a data product to its owner, domain, system and to the products
 * it reads; and of components and systems to the products that their
 * annotation names. Each both ways, each once.
 */
export function dataProductRelations(entity: Entity): DeclaredRelations {
  const source = getCompoundEntityRef(entity);
  const relations = new Map<string, EntityRelationSpec>();
  const unreadable: string[] = [];
  for (const [pair, ref] of declaredRefs(entity)) {
    const target = targetOf(ref, source, pair.kinds);
    if (!target) {
      unreadable.push(ref);
      continue;
    }
    const key = `${pair.forward} ${stringifyEntityRef(target)}`;
    relations.set(key, { source, type: pair.forward, target });
    relations.set(`reverse ${key}`, {
      source: target,
      type: pair.reverse,
      target: source,
    });
  }
  return { relations: [...relations.values()], unreadable };
}
