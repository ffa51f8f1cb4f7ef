import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PARENT_OF,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** Where the company keeps what it trusts, and where the attacker writes. */
export const COMPANY = 'url:https://github.com/acme/mesh/blob/main/all.yaml';
export const ATTACKERS = 'url:https://github.com/eve/repo/blob/main/all.yaml';

const full = (ref: unknown, defaultKind: string) =>
  typeof ref === 'string'
    ? [stringifyEntityRef(parseEntityRef(ref, { defaultKind }))]
    : [];

const listed = (refs: unknown, defaultKind: string) =>
  Array.isArray(refs) ? refs.flatMap(ref => full(ref, defaultKind)) : [];

/** Relations as the catalog makes them of an entity: each in both directions. */
function* relationsOf({ kind, spec = {}, ...entity }: Entity) {
  const self = stringifyEntityRef({ ...entity, kind });
  const both = function* both(type: string, back: string, targets: string[]) {
    for (const target of targets) {
      yield { from: self, type, targetRef: target };
      yield { from: target, type: back, targetRef: self };
    }
  };
  const member = [RELATION_MEMBER_OF, RELATION_HAS_MEMBER] as const;
  const child = [RELATION_CHILD_OF, RELATION_PARENT_OF] as const;
  switch (kind) {
    case 'User':
      yield* both(...member, listed(spec.memberOf, 'Group'));
      break;
    case 'Group':
      yield* both(member[1], member[0], listed(spec.members, 'User'));
      yield* both(...child, full(spec.parent, 'Group'));
      yield* both(child[1], child[0], listed(spec.children, 'Group'));
      break;
    default:
      yield* both(RELATION_OWNED_BY, 'ownerOf', full(spec.owner, 'Group'));
      yield* both(RELATION_PART_OF, 'hasPart', full(spec.domain, 'Domain'));
  }
}

/** With what the catalog adds: ids, where they come from, and relations. */
function processed(entities: readonly Entity[]): Entity[] {
  const relations = entities.flatMap(entity => [...relationsOf(entity)]);
  return entities.map(entity => {
    const ref = stringifyEntityRef(entity);
    return {
      ...entity,
      metadata: { namespace: 'default', ...entity.metadata },
      relations: relations.flatMap(({ from, ...relation }) =>
        from === ref ? [relation] : [],
      ),
    };
  });
}

/** @param origin - location that the entities come from */
const from = (origin: string, entities: readonly Entity[]) =>
  entities.map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      uid: `${origin} ${stringifyEntityRef(entity)}`,
      annotations: {
        ...entity.metadata.annotations,
        'backstage.io/managed-by-origin-location': origin,
      },
    },
  }));

/**
 * A catalog of the company that somebody else may register entities in: under
 * every name that is free.
 */
export class AttackedCatalog {
  readonly #registered = new Map<string, Entity>();
  #company: readonly Entity[];
  #catalog: ReturnType<typeof catalogServiceMock>;

  constructor(company: readonly Entity[]) {
    this.#company = company;
    this.#catalog = this.#made();
  }

  /** For the backend: always the catalog of now. */
  readonly service = catalogServiceMock.mock({
    getEntityByRef: (...args) => this.#catalog.getEntityByRef(...args),
    getEntitiesByRefs: (...args) => this.#catalog.getEntitiesByRefs(...args),
    getEntities: (...args) => this.#catalog.getEntities(...args),
    getEntityFacets: (...args) => this.#catalog.getEntityFacets(...args),
    streamEntities: (...args) => this.#catalog.streamEntities(...args),
  });

  /** The company takes an entity out of its files. */
  remove(ref: string): void {
    this.#company = this.#company.filter(
      entity => stringifyEntityRef(entity) !== ref,
    );
    this.#catalog = this.#made();
  }

  register(entity: Entity): void {
    const ref = stringifyEntityRef(entity);
    if (this.#company.some(one => stringifyEntityRef(one) === ref)) return;
    this.#registered.set(ref, entity);
    this.#catalog = this.#made();
  }

  unregister(ref: string): void {
    this.#registered.delete(ref);
    this.#catalog = this.#made();
  }

  #made() {
    return catalogServiceMock({
      entities: processed([
        ...from(COMPANY, this.#company),
        ...from(ATTACKERS, [...this.#registered.values()]),
      ]),
    });
  }
}
