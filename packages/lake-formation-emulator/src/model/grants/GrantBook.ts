import { Grant, GrantResource, resourceKey } from './Grant';
import { OrderedGrants } from './OrderedGrants';

const SEPARATOR = '\u0001';

const join = (...parts: readonly string[]) => parts.join(SEPARATOR);

/** The principal, resource and condition of a grant: there is one entry each. */
const entryKey = (
  principal: string,
  resource: GrantResource,
  condition: string | undefined,
) => join(principal, resourceKey(resource), condition ?? '');

/** The names of the groups by which questions find a grant. */
function* groupsOf(grant: Grant): Iterable<string> {
  const { principal, resource, condition } = grant;
  yield join('principal', principal);
  if (condition !== undefined) {
    yield join('conditional', principal, resourceKey(resource));
  }
  yield join('on', resourceKey(resource));
  yield join('kind', resource.kind);
  switch (resource.kind) {
    case 'database':
    case 'table':
      yield join('inside', principal, resource.database);
      break;
    case 'dataCellsFilter': {
      const { database, table } = resource;
      yield join('inside', principal, database);
      yield join('filters', principal, database, table);
      yield join('filtersOf', database, table);
      break;
    }
    case 'lfTag':
      yield join('tag', principal, resource.key);
      yield join('tagKey', resource.key);
      break;
    case 'lfTagPolicy':
      yield join('policies', principal);
      break;
    default:
  }
}

/**
 * All grants of one catalog: one entry per principal, resource and condition,
 * found by any of them without reading the others.
 */
export class GrantBook {
  readonly #grants = new Map<string, Grant>();
  readonly #all = new OrderedGrants();
  readonly #groups = new Map<string, OrderedGrants>();

  constructor(grants: Iterable<Grant> = []) {
    for (const grant of grants) {
      this.put(grant);
    }
  }

  /** What is held under exactly this condition; none where it is left out. */
  get(
    principal: string,
    resource: GrantResource,
    condition?: string,
  ): Grant | undefined {
    return this.#grants.get(entryKey(principal, resource, condition));
  }

  /** Adds or replaces; an entry that is replaced keeps its place in listings. */
  put(grant: Grant): void {
    const { principal, resource, condition } = grant;
    const key = entryKey(principal, resource, condition);
    const before = this.#grants.get(key);
    if (before && before.sequence !== grant.sequence) this.#remove(before);
    this.#grants.set(key, grant);
    this.#all.put(grant);
    for (const name of groupsOf(grant)) {
      const group = this.#groups.get(name) ?? new OrderedGrants();
      group.put(grant);
      this.#groups.set(name, group);
    }
  }

  delete(principal: string, resource: GrantResource, condition?: string): void {
    const key = entryKey(principal, resource, condition);
    const grant = this.#grants.get(key);
    if (!grant) return;
    this.#grants.delete(key);
    this.#remove(grant);
  }

  #remove(grant: Grant): void {
    this.#all.delete(grant.sequence);
    for (const name of groupsOf(grant)) {
      const group = this.#groups.get(name);
      group?.delete(grant.sequence);
      if (group?.size === 0) this.#groups.delete(name);
    }
  }

  #group(...name: readonly string[]): OrderedGrants | undefined {
    return this.#groups.get(join(...name));
  }

  /** In the order in which the grants were first made, from a sequence number on. */
  all(from = 0): Iterable<Grant> {
    return this.#all.from(from);
  }

  ofPrincipal(principal: string): Iterable<Grant> {
    return this.#group('principal', principal)?.from(0) ?? [];
  }

  /** What a principal holds on a resource, under whichever condition. */
  *held(principal: string, resource: GrantResource): Iterable<Grant> {
    const unconditional = this.get(principal, resource);
    if (unconditional) yield unconditional;
    const key = resourceKey(resource);
    yield* this.#group('conditional', principal, key)?.from(0) ?? [];
  }

  /** What anybody holds on a resource. */
  on(resource: GrantResource, from = 0): Iterable<Grant> {
    return this.#group('on', resourceKey(resource))?.from(from) ?? [];
  }

  ofKind(kind: GrantResource['kind'], from = 0): Iterable<Grant> {
    return this.#group('kind', kind)?.from(from) ?? [];
  }

  /** What a principal holds on a database, its tables and their filters. */
  inside(principal: string, database: string): Iterable<Grant> {
    return this.#group('inside', principal, database)?.from(0) ?? [];
  }

  /** What a principal holds on the data cells filters of a table. */
  filters(principal: string, database: string, table: string): Iterable<Grant> {
    return this.#group('filters', principal, database, table)?.from(0) ?? [];
  }

  /** What anybody holds on the data cells filters of a table. */
  filtersOf(database: string, table: string, from = 0): Iterable<Grant> {
    return this.#group('filtersOf', database, table)?.from(from) ?? [];
  }

  /** What a principal holds on an LF-Tag, by whichever values. */
  onTag(principal: string, key: string): Iterable<Grant> {
    return this.#group('tag', principal, key)?.from(0) ?? [];
  }

  /** What anybody holds on an LF-Tag, by whichever values. */
  onTagKey(key: string, from = 0): Iterable<Grant> {
    return this.#group('tagKey', key)?.from(from) ?? [];
  }

  /** A principal's grants by tag expressions. */
  policies(principal: string): Iterable<Grant> {
    return this.#group('policies', principal)?.from(0) ?? [];
  }
}
