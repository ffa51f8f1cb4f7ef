import { Grant, GrantResource, resourceKey } from './Grant';

/** All grants of one catalog: one entry per principal and resource. */
export class GrantBook {
  readonly #grants = new Map<string, Grant>();
  readonly #byPrincipal = new Map<string, Map<string, Grant>>();

  constructor(grants: Iterable<Grant> = []) {
    for (const grant of grants) {
      this.put(grant);
    }
  }

  get(principal: string, resource: GrantResource): Grant | undefined {
    return this.#byPrincipal.get(principal)?.get(resourceKey(resource));
  }

  /** Adds or replaces; an entry that is replaced keeps its place in listings. */
  put(grant: Grant): void {
    const key = resourceKey(grant.resource);
    this.#grants.set(`${grant.principal}\u0000${key}`, grant);
    const own = this.#byPrincipal.get(grant.principal) ?? new Map();
    own.set(key, grant);
    this.#byPrincipal.set(grant.principal, own);
  }

  delete(principal: string, resource: GrantResource): void {
    const key = resourceKey(resource);
    this.#grants.delete(`${principal}\u0000${key}`);
    this.#byPrincipal.get(principal)?.delete(key);
  }

  ofPrincipal(principal: string): Iterable<Grant> {
    return this.#byPrincipal.get(principal)?.values() ?? [];
  }

  /** In the order in which the grants were first made. */
  all(): Iterable<Grant> {
    return this.#grants.values();
  }
}
