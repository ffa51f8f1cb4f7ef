import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import type { Caller } from '../identity/Caller';
import type { ResourceFilter } from './resources';
import type { ReadFilter } from './toWhere';

/**
 * Asks the permission policy about one type of resource. Conditions are
 * applied here, on what is loaded already or in the query of a list.
 */
export class ResourceAuthorizer<TResource> {
  readonly #permissions: PermissionsService;
  readonly #ruleset: () => PermissionRuleset<TResource, ResourceFilter>;

  /**
   * @param options.ruleset - asked for at each decision: the rules are
   *   registered after the services that use them are made
   */
  constructor(options: {
    permissions: PermissionsService;
    ruleset: () => PermissionRuleset<TResource, ResourceFilter>;
  }) {
    this.#permissions = options.permissions;
    this.#ruleset = options.ruleset;
  }

  async isAllowed(
    permission: ResourcePermission,
    resource: TResource,
    caller: Caller,
  ): Promise<boolean> {
    const decision = await this.#decide(permission, caller);
    return createConditionAuthorizer(this.#ruleset())(decision, resource);
  }

  /** Tells of each resource whether the permission is given. One decision. */
  async judge(
    permission: ResourcePermission,
    caller: Caller,
  ): Promise<(resource: TResource) => boolean> {
    const decision = await this.#decide(permission, caller);
    const isAllowed = createConditionAuthorizer(this.#ruleset());
    return resource => isAllowed(decision, resource);
  }

  /** @throws NotAllowedError naming the permission */
  async require(
    permission: ResourcePermission,
    resource: TResource,
    caller: Caller,
  ): Promise<void> {
    if (!(await this.isAllowed(permission, resource, caller))) {
      throw new NotAllowedError(
        `The permission ${permission.name} is not given to ${caller.userRef} here`,
      );
    }
  }

  /** What of a list the caller may see, to go into the query by `toWhere`. */
  async readFilter(
    permission: ResourcePermission,
    caller: Caller,
  ): Promise<ReadFilter> {
    const decision = await this.#decide(permission, caller);
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      const toCriteria = createConditionTransformer<ResourceFilter>(
        this.#ruleset(),
      );
      return toCriteria(decision.conditions);
    }
    return decision.result === AuthorizeResult.ALLOW ? 'all' : 'none';
  }

  async #decide(
    permission: ResourcePermission,
    caller: Caller,
  ): Promise<PolicyDecision> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller.credentials },
    );
    return decision;
  }
}
