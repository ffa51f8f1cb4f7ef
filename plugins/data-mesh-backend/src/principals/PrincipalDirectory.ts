import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AvailablePrincipal,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  PrincipalResolver,
  ResolvedPrincipal,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { AccountAliases } from '../config/readAccountAliases';
import type { Caller } from '../identity/Caller';
import type { ProvisionerRegistry } from '../provisioning/ProvisionerRegistry';

/** Which principals stand behind users and groups. */
export class PrincipalDirectory {
  readonly #resolvers: readonly PrincipalResolver[];
  readonly #provisioners: ProvisionerRegistry;
  readonly #aliases: AccountAliases;

  constructor(options: {
    resolvers: readonly PrincipalResolver[];
    provisioners: ProvisionerRegistry;
    aliases: AccountAliases;
  }) {
    this.#resolvers = options.resolvers;
    this.#provisioners = options.provisioners;
    this.#aliases = options.aliases;
  }

  /** What the caller may act as, each once, in the order to be offered. */
  async availableTo(
    caller: Pick<Caller, 'ownershipRefs' | 'credentials'>,
  ): Promise<ResolvedPrincipal[]> {
    return this.#resolve([...caller.ownershipRefs], caller.credentials);
  }

  /** Whether the user itself, not one of its groups, leads to the principal. */
  async isOnlyOf(principalId: string, caller: Caller): Promise<boolean> {
    const all = await this.#resolve(
      [...caller.ownershipRefs],
      caller.credentials,
      { eachOnce: false },
    );
    const ways = all.filter(one => one.id === principalId);
    return ways.length > 0 && ways.every(one => one.via === caller.userRef);
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
    for (const provisioner of this.#provisioners.list()) {
      const principal = provisioner.readPrincipal(one.id);
      if (principal) return this.named(principal, one.accountAlias);
    }
    return { id: one.id, kind: 'other', name: one.id };
  }

  async #resolve(
    ownershipRefs: string[],
    credentials: BackstageCredentials,
    options = { eachOnce: true },
  ): Promise<ResolvedPrincipal[]> {
    const found = await Promise.all(
      this.#resolvers.map(one => one.resolve(ownershipRefs, { credentials })),
    );
    const all = found.flat();
    if (!options.eachOnce) return all;
    const seen = new Set<string>();
    return all.filter(({ id }) => !seen.has(id) && seen.add(id));
  }
}
