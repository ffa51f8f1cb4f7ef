import { GrantResource, resourceKey } from '../grants/Grant';

/** Whoever is held to Lake Formation's grants although IAM would do. */
export interface OptIn {
  readonly principal: string;
  readonly resource: GrantResource;
  readonly condition?: string;
  /** The order of listings. */
  readonly sequence: number;
  readonly lastModified: number;
  readonly updatedBy: string;
}

/** Where the opt-ins of a principal to a resource are kept. */
export const optInKey = (principal: string, resource: GrantResource) =>
  `${principal}\u0000${resourceKey(resource)}`;
