import type { AccessScope } from '../client/types.generated';
import type { DataProductEntity, OutputPort } from '../model';
import { scopeForm } from '../plan';
import type { TableAddress } from '../place';
import {
  protectReach,
  protectionIndex,
  type ProtectingPort,
} from './protectReach';
import type { NamingPort, TableHolder } from './reach';
import type { PolicyFacts } from './types';

/** A table of the lake as a test says it. */
export interface LakeTable {
  database?: string;
  table: string;
  columns: string[];
  /** Which of them are reached; absent where all are. */
  reached?: string[];
}

const at = (table: string, database = 'sales'): TableAddress => ({
  system: 'fake',
  catalogId: 'fake',
  database,
  table,
});

/** A port whose facts protect tables, by the tables that it declares. */
export function aProtectingPort(
  naming: NamingPort,
  tables: OutputPort['tables'],
  change: {
    neverShared?: string[];
    classification?: ProtectingPort['facts']['classification'];
    database?: string;
  } = {},
): ProtectingPort {
  const { table: _, ...address } = at('', change.database);
  return {
    productRef: naming.productRef,
    port: naming.port,
    address,
    ...(naming.vouched && { vouched: true }),
    ...(naming.contested && { contested: true }),
    facts: {
      ownerRef: naming.ownerRef,
      domainRef: naming.domainRef,
      approvers: [...naming.approvers],
      system: 'fake',
      location: {},
      ...(change.classification && { classification: change.classification }),
      neverShared: change.neverShared ?? [],
      tags: [],
      tables: Object.fromEntries(
        tables.map(({ name, columns }) => [
          name,
          {
            columns: Object.fromEntries(
              columns.map(column => [
                column.name,
                {
                  type: column.type,
                  pii: column.pii ?? false,
                  ...(column.classification && {
                    classification: column.classification,
                  }),
                  tags: column.tags ?? [],
                },
              ]),
            ),
          },
        ]),
      ),
    },
  };
}

function tablesOf(scope: AccessScope, port: OutputPort): LakeTable[] {
  return port.tables
    .filter(
      ({ name }) =>
        scopeForm(scope) !== 'tables' ||
        scope.tables.some(({ table }) => table === name),
    )
    .map(({ name, columns }) => ({
      table: name,
      columns: columns.map(column => column.name),
      reached: scope.tables.find(({ table }) => table === name)?.columns,
    }));
}

/**
 * Facts for tests: an analyst asks for orders of the sales domain, which holds
 * all there is but what a test says.
 */
export function theFacts(
  change: Partial<PolicyFacts> & {
    spec?: Partial<DataProductEntity['spec']>;
    /** Other published ports. */
    others?: ProtectingPort[];
    /** What the scope reaches, where that is not what the port declares. */
    lake?: LakeTable[];
    incomplete?: string;
    contested?: boolean;
    /** Whether somebody stands behind what is published; default: yes. */
    vouched?: boolean;
    holderOf?: (address: TableAddress) => TableHolder | undefined;
    tagsHeld?: boolean;
  } = {},
): PolicyFacts {
  const {
    spec,
    others = [],
    lake,
    incomplete,
    contested,
    vouched = true,
    holderOf = () => ({ domainRef: 'domain:default/sales' }),
    tagsHeld = true,
    ...facts
  } = change;
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
          location: { database: 'sales' },
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
  const port = facts.port ?? product.spec.outputPorts[0];
  const scope: AccessScope = facts.scope ?? {
    level: 'read',
    tables: [{ table: 'orders' }],
  };
  const judgedPort: NamingPort = {
    productRef: 'dataproduct:default/orders',
    port: port.name,
    ownerRef: 'group:default/sales',
    approvers: spec?.access?.approvers ?? [],
    domainRef: 'domain:default/sales',
    ...(vouched && { vouched }),
    ...(contested && { contested }),
  };
  const own = aProtectingPort(judgedPort, port.tables, {
    neverShared: spec?.access?.neverShared,
    classification: spec?.classification,
  });
  const found = (lake ?? tablesOf(scope, port)).map(
    ({ database, table, columns, reached }) => ({
      address: at(table, database),
      columns: columns.map(name => ({ name })),
      ...(reached && { reached }),
    }),
  );
  return {
    kind: 'new',
    product,
    productRef: 'dataproduct:default/orders',
    ownerRef: 'group:default/sales',
    domainRef: 'domain:default/sales',
    domainOwnerRef: 'group:default/sales-domain',
    judgedPort,
    reach: {
      ...protectReach(
        { tables: found, incomplete },
        scope,
        protectionIndex([own, ...others]),
        holderOf,
      ),
      tagsHeld,
    },
    domainOwners: {
      'domain:default/sales':
        'domainOwnerRef' in facts
          ? facts.domainOwnerRef
          : 'group:default/sales-domain',
      'domain:default/hr': 'group:default/hr-domain',
    },
    governance: ['group:default/governance'],
    requesterRef: 'user:default/ana',
    requesterOwnershipRefs: ['user:default/ana', 'group:default/analysts'],
    principal: { id: 'fake:a', kind: 'other', name: 'a' },
    purpose: 'analytics',
    durationDays: 30,
    ...facts,
    port,
    scope,
  };
}
