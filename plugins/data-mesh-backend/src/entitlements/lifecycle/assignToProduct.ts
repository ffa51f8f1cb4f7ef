import type { Knex } from 'knex';
import type { LifecycleDeps } from './LifecycleDeps';
import type { ProductHeir } from './ProductHeir';
import { portOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { writeEntitlement } from './transitionEntitlement';

/**
 * Makes it belong to the product that succeeds its own. Its steps, its end and
 * what was approved stay as they are.
 */
export async function assignToProduct(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  successor: ProductHeir,
  actorRef: string,
): Promise<EntitlementRow> {
  const { productRef, port, ownerRef, domainRef } = successor;
  return writeEntitlement(
    deps,
    tx,
    row,
    {
      product_ref: productRef,
      product_title: successor.productTitle,
      product_owner_ref: ownerRef,
      domain_ref: domainRef,
      port,
      port_snapshot: JSON.stringify({ ...portOf(row), name: port }),
    },
    {
      actorRef,
      action: 'entitlement.moved',
      facts: {
        from: { productRef: row.product_ref, port: row.port },
        to: { productRef, port, ownerRef, domainRef },
      },
    },
  );
}
