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
export const GIL = 'user:default/gil';
export const ZOE = 'user:default/zoe';

export const ANALYSTS_ROLE = 'fake:analysts';
export const ANA_ROLE = 'fake:ana';
export const OMAR_ROLE = 'fake:omar';
export const SALES_ROLE = 'fake:sales';
export const ZOE_ROLE = 'fake:zoe';

/** Where products come from that nobody but their owners can write. */
export const PRODUCTS_LOCATION =
  'url:https://github.com/acme/mesh/blob/main/products.yaml';

export const ORDERS = 'dataproduct:default/orders';

/** Groups with their members, and the parents of groups that have one. */
export interface TestPeople {
  memberships: { [group: string]: string[] };
  parents?: { [group: string]: string };
  /** Which roles users and groups act as, beside those of the others. */
  principals?: { [entity: string]: string };
}

export const thePeople: TestPeople = {
  memberships: {
    analysts: ['ana', 'eve'],
    sales: ['omar', 'olga'],
    stewards: ['stella'],
    'sales-domain': ['dora'],
    governance: ['gil'],
  },
};

const principals: { [entity: string]: string } = {
  analysts: ANALYSTS_ROLE,
  sales: SALES_ROLE,
  ana: ANA_ROLE,
  omar: OMAR_ROLE,
  zoe: ZOE_ROLE,
};

function annotationsOf(name: string, people: TestPeople) {
  const principal = people.principals?.[name] ?? principals[name];
  return principal
    ? { annotations: { 'lakemesh.io/principals': principal } }
    : {};
}

const userRefOf = (name: string) => `user:default/${name}`;
const groupRefOf = (name: string) => `group:default/${name}`;

const related = (type: string, targetRefs: string[]) =>
  targetRefs.map(targetRef => ({ type, targetRef }));

/** With the relations that the catalog makes of its fields, as all here. */
function aGroup(name: string, people: TestPeople): Entity {
  const { memberships, parents = {} } = people;
  const children = Object.keys(parents).filter(key => parents[key] === name);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', ...annotationsOf(name, people) },
    spec: {
      type: 'team',
      ...(parents[name] && { parent: parents[name] }),
      children,
    },
    relations: [
      ...related('hasMember', memberships[name].map(userRefOf)),
      ...related('parentOf', children.map(groupRefOf)),
      ...related('childOf', parents[name] ? [groupRefOf(parents[name])] : []),
    ],
  };
}

function aUser(name: string, people: TestPeople): Entity {
  const { memberships } = people;
  const memberOf = Object.keys(memberships).filter(group =>
    memberships[group].includes(name),
  );
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', ...annotationsOf(name, people) },
    spec: { memberOf },
    relations: related('memberOf', memberOf.map(groupRefOf)),
  };
}

/** A product of the sales domain, owned by the group sales. */
export function aProduct(
  change: {
    name?: string;
    spec?: Partial<DataProductEntity['spec']>;
    /** Location that it was registered from; default: the trusted one. */
    origin?: string;
  } = {},
): DataProductEntity {
  return {
    apiVersion: DATA_PRODUCT_API_VERSION,
    kind: 'DataProduct',
    metadata: {
      name: change.name ?? 'orders',
      namespace: 'default',
      title: 'Sales orders',
      annotations: {
        'backstage.io/managed-by-origin-location':
          change.origin ?? PRODUCTS_LOCATION,
      },
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

/** The ports of {@link aProduct}, in another database. */
export const portsIn = (database: string) =>
  aProduct().spec.outputPorts.map(port => ({
    ...port,
    location: { ...port.location, database },
  }));

/** The catalog of the tests. */
export function theMesh(
  products: DataProductEntity[] = [aProduct()],
  domainAnnotations?: { [name: string]: string },
  people: TestPeople = thePeople,
): Entity[] {
  const { memberships } = people;
  return [
    ...products.map(product => ({
      ...product,
      relations: [
        ...related('ownedBy', [product.spec.owner]),
        ...related('partOf', [`domain:default/${product.spec.domain}`]),
      ],
    })),
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: {
        name: 'sales',
        namespace: 'default',
        ...(domainAnnotations && { annotations: domainAnnotations }),
      },
      spec: { owner: 'group:default/sales-domain' },
      relations: related('ownedBy', ['group:default/sales-domain']),
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'dashboard', namespace: 'default' },
      spec: { type: 'service', lifecycle: 'production', owner: 'analysts' },
    },
    ...Object.keys(memberships).map(name => aGroup(name, people)),
    ...[...new Set(Object.values(memberships).flat())].map(name =>
      aUser(name, people),
    ),
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
