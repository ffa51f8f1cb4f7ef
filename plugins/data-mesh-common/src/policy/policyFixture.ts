import type { DataProductEntity } from '../model';
import type { PolicyFacts } from './types';

/** Facts for tests: an analyst asks for orders of the sales domain. */
export function theFacts(
  change: Partial<PolicyFacts> & {
    spec?: Partial<DataProductEntity['spec']>;
  } = {},
): PolicyFacts {
  const { spec, ...facts } = change;
  const product: DataProductEntity = {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: { name: 'orders', namespace: 'default' },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1',
      owner: 'sales',
      domain: 'sales',
      outputPorts: [
        {
          name: 'lake',
          type: 'fake',
          location: {},
          tables: [
            {
              name: 'orders',
              columns: [
                { name: 'order_id', type: 'bigint' },
                { name: 'amount', type: 'double' },
              ],
            },
            {
              name: 'customers',
              columns: [
                { name: 'customer_id', type: 'bigint' },
                { name: 'email', type: 'string', pii: true },
                { name: 'phone', type: 'string', pii: true },
              ],
            },
          ],
        },
      ],
      ...spec,
    },
  };
  return {
    kind: 'new',
    product,
    productRef: 'dataproduct:default/orders',
    ownerRef: 'group:default/sales',
    domainRef: 'domain:default/sales',
    domainOwnerRef: 'group:default/sales-domain',
    port: product.spec.outputPorts[0],
    scope: { level: 'read', tables: [{ table: 'orders' }] },
    requesterRef: 'user:default/ana',
    requesterOwnershipRefs: ['user:default/ana', 'group:default/analysts'],
    principal: { id: 'fake:a', kind: 'other', name: 'a' },
    purpose: 'analytics',
    durationDays: 30,
    ...facts,
  };
}
