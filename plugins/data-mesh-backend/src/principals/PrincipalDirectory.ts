import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AvailablePrincipal,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  PrincipalProblem,
  PrincipalResolver,
  ResolvedPrincipal,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import type { People } from '../people';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';

/** A user, who need not be the one that calls. */
interface Actor extends Pick<Caller, 'userRef' | 'ownershipRefs'> {
  /** The user's, or those of the plugin itself. */
  credentials: BackstageCredentials;
}

const isUser = (ref: string) => ref.startsWith('user:');

/** Which principals stand behind users and groups. */
export class PrincipalDirectory {
  readonly #resolvers: readonly PrincipalResolver[];
  readonly #people: Pick<People, 'membersOf'>;
  readonly #provisioners: ProvisionerRegistry;
  readonly #aliases: AccountAliases;
  readonly #vouching: (vias: string[]) => Promise<readonly string[]>;

  constructor(options: {
    resolvers: readonly PrincipalResolver[];
    people: Pick<People, 'membersOf'>;
    provisioners: ProvisionerRegistry;
    aliases: AccountAliases;
    /**
     * Those of the entities whose word counts also for access that others were
     * given. Default: of all, as where no catalog says who acts as what.
     */
    vouching?: (vias: string[]) => Promise<readonly string[]>;
  }) {
    this.#resolvers = options.resolvers;
    this.#people = options.people;
    this.#provisioners = options.provisioners;
    this.#aliases = options.aliases;
    this.#vouching = options.vouching ?? (async vias => vias);
  }

  /** What the caller may act as, each once, in the order to be offered. */
  async availableTo(
    caller: Pick<Actor, 'ownershipRefs' | 'credentials'>,
  ): Promise<ResolvedPrincipal[]> {
    return this.#resolve([...caller.ownershipRefs], caller.credentials);
  }

  /**
   * Whether the caller may use access that a principal was given. To name the
   * principal is not enough, where anybody may write the names: the caller acts
   * as it through the entity that the access was asked through, or through one
   * that is vouched for.
   *
   * @param givenVia - the entity that the access was asked through
   */
  async mayUse(
    caller: Caller,
    principalId: string,
    givenVia: string | undefined,
  ): Promise<boolean> {
    const found = await this.#all(
      [...caller.ownershipRefs],
      caller.credentials,
    );
    const vias = found.flatMap(({ id, via }) =>
      id === principalId ? [via] : [],
    );
    return (
      vias.some(via => via === givenVia) ||
      (vias.length > 0 && (await this.#vouching(vias)).length > 0)
    );
  }

  /**
   * The users who are known to stand behind a principal, through whatever of
   * them leads to it.
   *
   * @param via - an entity that is known to lead to it
   */
  async usersBehind(
    principalId: string,
    via?: string,
  ): Promise<ReadonlySet<string>> {
    const actors = await Promise.all(
      this.#resolvers.map(resolver => resolver.actorsOf?.(principalId) ?? []),
    );
    // Where all resolvers say who leads to it, that is what holds now.
    const isWhole = this.#resolvers.every(resolver => resolver.actorsOf);
    const refs = [...actors.flat(), ...(via && !isWhole ? [via] : [])];
    const members = await this.#people.membersOf(refs);
    return new Set(
      refs.flatMap(ref => members.get(ref) ?? (isUser(ref) ? [ref] : [])),
    );
  }

  /**
   * Whether the caller is the only user who is known to stand behind the
   * principal: as itself, or as the only member of all groups that lead to it.
   *
   * @param via - an entity that is known to lead to it
   */
  async isOnlyOf(
    principalId: string,
    caller: Actor,
    via?: string,
  ): Promise<boolean> {
    const users = new Set(await this.usersBehind(principalId, via));
    if (!users.has(caller.userRef)) {
      const own = await this.availableTo(caller);
      if (!own.some(principal => principal.id === principalId)) return false;
      users.add(caller.userRef);
    }
    return users.size === 1;
  }

  /** The caller's principals as the API shows them. */
  async listFor(caller: Caller): Promise<AvailablePrincipal[]> {
    const resolved = await this.availableTo(caller);
    return resolved.map(one => ({
      principal: this.describe(one),
      via: one.via,
    }));
  }

  /** Puts the name of its account to a principal. */
  named(principal: Principal, accountAlias?: string): Principal {
    const alias =
      accountAlias ??
      (principal.accountId && this.#aliases.get(principal.accountId));
    return alias ? { ...principal, accountAlias: alias } : principal;
  }

  /** Reads a principal by the first provisioner that knows its kind. */
  describe(one: Pick<ResolvedPrincipal, 'id' | 'accountAlias'>): Principal {
    const principal = this.#provisioners.readPrincipal(one.id);
    return principal
      ? this.named(principal, one.accountAlias)
      : { id: one.id, kind: 'other', name: one.id };
  }

  /** Why principals of the caller are missing, as far as that is known. */
  async problemsFor(caller: Caller): Promise<PrincipalProblem[]> {
    const { credentials, ownershipRefs } = caller;
    const found = await Promise.all(
      this.#resolvers.map(
        async one =>
          (await one.problems?.([...ownershipRefs], { credentials })) ?? [],
      ),
    );
    return found.flat();
  }

  async #all(
    ownershipRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<ResolvedPrincipal[]> {
    const found = await Promise.all(
      this.#resolvers.map(one => one.resolve(ownershipRefs, { credentials })),
    );
    return found.flat();
  }

  async #resolve(
    ownershipRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<ResolvedPrincipal[]> {
    const all = await this.#all(ownershipRefs, credentials);
    const seen = new Set<string>();
    return all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }
}
