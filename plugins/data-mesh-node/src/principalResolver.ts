import {
  BackstageCredentials,
  createExtensionPoint,
} from '@backstage/backend-plugin-api';

/**
 * A principal that a user or group may act as.
 *
 * @public
 */
export interface ResolvedPrincipal {
  /** As the system writes it, like an ARN. */
  id: string;
  /** Entity that leads to it: the user, or one of its groups. */
  via: string;
  /** Name of the account as people know it. */
  accountAlias?: string;
}

/**
 * Why the principals of an entity are not known.
 *
 * @public
 */
export interface PrincipalProblem {
  /** The user or group whose principals are not known. */
  via: string;
  /** What was found and what was expected. */
  reason: string;
}

/**
 * Maps Backstage users and groups to principals.
 *
 * @public
 */
export interface PrincipalResolver {
  /**
   * @param ownershipRefs - entity references of the user and its groups
   * @returns the principals these may act as, in the order to be offered
   */
  resolve(
    ownershipRefs: string[],
    options: { credentials: BackstageCredentials },
  ): Promise<ResolvedPrincipal[]>;

  /**
   * The other way round: the users and groups that lead to a principal, all of
   * them. It tells who benefits from access, so that nobody decides about access
   * that is theirs alone. A resolver without it leaves that unknown: then a user
   * of whom it is known that they may act as the principal does not decide,
   * unless somebody else is known to.
   *
   * @param principalId - as the system writes it
   * @returns full entity references
   */
  actorsOf?(principalId: string): Promise<string[]>;

  /**
   * Tells why principals are missing that somebody meant to be there, like an
   * annotation that cannot be read.
   *
   * @param ownershipRefs - entity references of the user and its groups
   */
  problems?(
    ownershipRefs: string[],
    options: { credentials: BackstageCredentials },
  ): Promise<PrincipalProblem[]>;
}

/**
 * Where modules replace how principals are found. The default reads the
 * annotation `lakemesh.io/principals` of users and groups.
 *
 * @public
 */
export interface PrincipalResolversExtensionPoint {
  /** Several resolvers add up. With at least one, the default falls away. */
  addPrincipalResolver(resolver: PrincipalResolver): void;
}

/**
 * Extension point for {@link PrincipalResolver}s.
 *
 * @public
 */
export const principalResolversExtensionPoint =
  createExtensionPoint<PrincipalResolversExtensionPoint>({
    id: 'data-mesh.principal-resolvers',
  });
