import {
  DATA_PRODUCT_API_VERSION,
  type DataProductEntity,
  type NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Entity } from '@backstage/catalog-model';

/** People of the tests: who they are in and which roles they act as. */
export const ANA = 'user:default/ana';
export const OMAR = 'user:default/omar';
export const OLGA = 'user:default/olga';
export const STELLA = 'user:default/stella';
export const DORA = 'user:default/dora';
export const EVE = 'user:default/eve';

export const ANALYSTS_ROLE = 'fake:analysts';
export const ANA_ROLE = 'fake:ana';
export const OMAR_ROLE = 'fake:omar';
export const SALES_ROLE = 'fake:sales';

export const ORDERS = 'dataproduct:default/orders';

const memberships: { [group: string]: string[] } = {
  analysts: ['ana', 'eve'],
  sales: ['omar', 'olga'],
  stewards: ['stella'],
  'sales-domain': ['dora'],
};

const principals: { [entity: string]: string } = {
  analysts: ANALYSTS_ROLE,
  sales: SALES_ROLE,
  ana: ANA_ROLE,
  omar: OMAR_ROLE,
};

function annotationsOf(name: string) {
  return principals[name]
    ? { annotations: { 'lakemesh.io/principals': principals[name] } }
    : {};
}

function aGroup(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', ...annotationsOf(name) },
    spec: { type: 'team', children: [] },
    relations: memberships[name].map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

function aUser(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', ...annotationsOf(name) },
    spec: { memberOf: [] },
  };
}

/** The groups that a user belongs to, and the user. */
export function ownershipRefsOf(userRef: string): string[] {
  const name = userRef.split('/')[1];
  return [
    userRef,
    ...Object.keys(memberships)
      .filter(group => memberships[group].includes(name))
      .map(group => `group:default/${group}`),
  ];
}

/** A product of the sales domain, owned by the group sales. */
export function aProduct(
  change: {
    name?: string;
    spec?: Partial<DataProductEntity['spec']>;
  } = {},
): DataProductEntity {
  return {
    apiVersion: DATA_PRODUCT_API_VERSION,
    kind: 'DataProduct',
    metadata: {
      name: change.name ?? 'orders',
      namespace: 'default',
      title: 'Sales orders',
    },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1.2.0',
      owner: 'group:default/sales',
      domain: 'sales',
      outputPorts: [
        {
          name: 'lake',
          title: 'Tables in the lake',
          type: 'fake',
          version: '2',
          location: { database: 'sales' },
          tables: [
            {
              name: 'orders',
              columns: [
                { name: 'order_id', type: 'bigint' },
                { name: 'amount', type: 'decimal(10,2)' },
                { name: 'ordered_at', type: 'timestamp' },
              ],
            },
            {
              name: 'customers',
              columns: [
                { name: 'customer_id', type: 'bigint' },
                { name: 'email', type: 'string', pii: true },
              ],
            },
          ],
        },
      ],
      ...change.spec,
    },
  };
}

/** The catalog of the tests. */
export function theMesh(
  products: DataProductEntity[] = [aProduct()],
  domainAnnotations?: { [name: string]: string },
): Entity[] {
  return [
    ...products,
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: {
        name: 'sales',
        namespace: 'default',
        ...(domainAnnotations && { annotations: domainAnnotations }),
      },
      spec: { owner: 'group:default/sales-domain' },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'dashboard', namespace: 'default' },
      spec: { type: 'service', lifecycle: 'production', owner: 'analysts' },
    },
    ...Object.keys(memberships).map(aGroup),
    ...[...new Set(Object.values(memberships).flat())].map(aUser),
  ];
}

/** A request that is fine as it is. */
export function aRequest(change: Partial<NewRequest> = {}): NewRequest {
  return {
    productRef: ORDERS,
    port: 'lake',
    scope: {
      level: 'read',
      tables: [{ table: 'orders', columns: ['amount', 'order_id'] }],
    },
    principals: [ANALYSTS_ROLE],
    purpose: 'analytics',
    durationDays: 30,
    ...change,
  };
}
