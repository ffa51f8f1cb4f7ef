import {
  RELATION_CHILD_OF,
  RELATION_HAS_MEMBER,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  parseEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/**
 * Who stands behind references to users and groups, by the catalog as it is
 * now. The two questions are each other's inverse: `user` is among
 * `membersOf(ref)` exactly where `ref` is among `refsOf(user)`.
 *
 * @public
 */
export interface People {
  /**
   * Users behind each reference: the user itself, or the members of the group,
   * and where child groups count those of its descendants.
   *
   * @returns no entry for a reference that dangles: nobody is known to stand
   *   behind it, which differs from a group without members
   */
  membersOf(
    refs: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly string[]>>;

  /**
   * What a user stands for: the user, the groups it is a member of, and where
   * child groups count their ancestors. A user who is not in the catalog stands
   * only for itself.
   */
  refsOf(userRef: string): Promise<readonly string[]>;

  /**
   * Each reference with the groups below it, where child groups count.
   *
   * @returns no entry for a reference that dangles
   */
  groupsUnder(
    refs: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Looks entities up, many at once. Those that do not exist are left out. */
export type EntityLookUp = (
  refs: readonly string[],
) => Promise<ReadonlyMap<string, Entity>>;

/**
 * Whether somebody may stand for a group that it is related to. Either of the
 * two may have brought the relation into the catalog.
 */
export type MayJoin = (group: Entity, joining: Entity) => boolean;

const kindOf = (ref: string) =>
  parseEntityRef(ref).kind.toLocaleLowerCase('en-US');

function related(
  entity: Entity | undefined,
  type: string,
  kind: 'user' | 'group',
): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef)
    .filter(ref => kindOf(ref) === kind);
}

/** Answers from the relations of users and groups in the catalog. */
export class CatalogPeople implements People {
  readonly #lookUp: EntityLookUp;
  readonly #childGroups: boolean;
  readonly #mayJoin: MayJoin;

  constructor(options: {
    lookUp: EntityLookUp;
    childGroups: boolean;
    /** Default: whoever the catalog relates to it. */
    mayJoin?: MayJoin;
  }) {
    this.#lookUp = options.lookUp;
    this.#childGroups = options.childGroups;
    this.#mayJoin = options.mayJoin ?? (() => true);
  }

  async membersOf(
    refs: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const asked = [...new Set(refs)];
    const known = await this.#reach(asked, RELATION_PARENT_OF);
    const direct = new Map(
      [...known].map(([ref, entity]) => [
        ref,
        kindOf(ref) === 'user'
          ? [ref]
          : related(entity, RELATION_HAS_MEMBER, 'user'),
      ]),
    );
    const existing = await this.#existing(
      [...direct.values()].flat().filter(ref => !known.has(ref)),
    );
    const isMember = (group: string, user: string) => {
      const to = known.get(group);
      const joining = known.get(user) ?? existing.get(user);
      return Boolean(
        to && joining && (group === user || this.#mayJoin(to, joining)),
      );
    };
    return new Map(
      asked
        .filter(ref => known.has(ref))
        .map(ref => [
          ref,
          [
            ...new Set(
              this.#closure(ref, known, RELATION_PARENT_OF).flatMap(group =>
                (direct.get(group) ?? []).filter(user => isMember(group, user)),
              ),
            ),
          ].sort(),
        ]),
    );
  }

  async refsOf(userRef: string): Promise<readonly string[]> {
    const user = (await this.#lookUp([userRef])).get(userRef);
    const named = related(user, RELATION_MEMBER_OF, 'group');
    const known = await this.#reach(named, RELATION_CHILD_OF);
    const groups = named.filter(ref => {
      const group = known.get(ref);
      return group && user && this.#mayJoin(group, user);
    });
    const refs = groups.flatMap(group =>
      this.#closure(group, known, RELATION_CHILD_OF),
    );
    return [...new Set([userRef, ...refs])];
  }

  async groupsUnder(
    refs: Iterable<string>,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const asked = [...new Set(refs)];
    const known = await this.#reach(asked, RELATION_PARENT_OF);
    return new Map(
      asked
        .filter(ref => known.has(ref))
        .map(ref => [ref, this.#closure(ref, known, RELATION_PARENT_OF)]),
    );
  }

  /** The entities, and all that the relation leads to: one look-up a level. */
  async #reach(
    refs: readonly string[],
    relation: string,
  ): Promise<ReadonlyMap<string, Entity>> {
    const known = new Map<string, Entity>();
    const seen = new Set(refs);
    let level = [...seen];
    while (level.length > 0) {
      const found = await this.#lookUp(level);
      const next = new Set<string>();
      for (const [ref, entity] of found) {
        known.set(ref, entity);
        if (!this.#childGroups) continue;
        for (const target of related(entity, relation, 'group')) {
          if (!seen.has(target)) next.add(target);
          seen.add(target);
        }
      }
      level = [...next];
    }
    return known;
  }

  /** A reference and what the relation leads to from it, each once. */
  #closure(
    ref: string,
    known: ReadonlyMap<string, Entity>,
    relation: string,
  ): string[] {
    const reached = new Set<string>();
    const open = [ref];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entity = known.get(next);
      if (!entity || reached.has(next)) continue;
      reached.add(next);
      if (!this.#childGroups) continue;
      open.push(
        ...related(entity, relation, 'group').filter(target => {
          const other = known.get(target);
          if (!other) return false;
          return relation === RELATION_PARENT_OF
            ? this.#mayJoin(entity, other)
            : this.#mayJoin(other, entity);
        }),
      );
    }
    return [...reached];
  }

  async #existing(
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, Entity>> {
    return refs.length > 0 ? this.#lookUp([...new Set(refs)]) : new Map();
  }
}
