import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';

/** The Backstage user behind an HTTP request or an action. */
export interface Caller {
  readonly userRef: string;
  /**
   * The user, its groups, and their ancestors where child groups count, by the
   * catalog as it is now. Full references.
   */
  readonly ownershipRefs: readonly string[];
  readonly credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/** Actor reference of what the plugin does by itself: expiry, the worker. */
export const SYSTEM_ACTOR = 'plugin:data-mesh';
