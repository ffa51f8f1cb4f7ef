import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { Caller } from '../identity/Caller';
import type { ReadFilter, ResourceAuthorizer } from '../permissions';

/**
 * What of one kind of record (requests, entitlements) a caller may read.
 * Whatever tells of a record beside its own list asks here first, so that no
 * place tells more than another.
 */
export class RecordSight<TResource> {
  readonly #authorizer: Pick<
    ResourceAuthorizer<TResource>,
    'judge' | 'readFilter'
  >;
  readonly #permission: ResourcePermission;

  constructor(options: {
    authorizer: Pick<ResourceAuthorizer<TResource>, 'judge' | 'readFilter'>;
    permission: ResourcePermission;
  }) {
    this.#authorizer = options.authorizer;
    this.#permission = options.permission;
  }

  /** To go into the query of a list, by `toWhere`. */
  filter(caller: Caller): Promise<ReadFilter> {
    return this.#authorizer.readFilter(this.#permission, caller);
  }

  /** Asked once; then tells of each record whether the caller may read it. */
  judge(caller: Caller): Promise<(resource: TResource) => boolean> {
    return this.#authorizer.judge(this.#permission, caller);
  }
}
