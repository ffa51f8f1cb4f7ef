import type { ProductUsage } from '../client/types.generated';

/**
 * How somebody stands to a product: has access, has asked, or neither.
 *
 * @public
 */
export type Standing = 'have' | 'requested' | 'none';

/**
 * Reads the caller's standing from the use of a product.
 *
 * @public
 */
export function standingOf(usage: ProductUsage | undefined): Standing {
  if (usage?.myEntitlement) return 'have';
  return usage?.myRequest ? 'requested' : 'none';
}
