/** Provisioning and scanning on a database, with access that is in force. */
import { resolve } from 'node:path';
import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  DataProductEntity,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { DatabaseAuditLog } from '../plugins/data-mesh-backend/src/audit/DatabaseAuditLog';
import { createProvisioning } from '../plugins/data-mesh-backend/src/compose/createProvisioning';
import { createScanning } from '../plugins/data-mesh-backend/src/compose/createScanning';
import { defaultScanConfig } from '../plugins/data-mesh-backend/src/config/scanConfig';
import {
  MeshEvents,
  type ScanOutcome,
} from '../plugins/data-mesh-backend/src/events';
import {
  Governance,
  ProductPowers,
} from '../plugins/data-mesh-backend/src/people';
import { PlaceBook } from '../plugins/data-mesh-backend/src/places';
import { ProvisionerRegistry } from '../plugins/data-mesh-backend/src/provisioners/ProvisionerRegistry';
import { grantsOfProduct } from '../plugins/data-mesh-backend/src/scans/grantsOfProduct';
import { seesAll } from '../plugins/data-mesh-backend/src/sight';
import type { FakeProvisioner } from '../plugins/data-mesh-backend/src/testing/FakeProvisioner';

const PRODUCT = 'dataproduct:default/orders';

const logger: LoggerService = {
  error: (message, meta) => console.error(message, meta),
  warn: (message, meta) => console.warn(message, meta),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

const permissions = {
  authorize: async (asked: unknown[]) =>
    asked.map(() => ({ result: AuthorizeResult.ALLOW })),
  authorizeConditional: async (asked: unknown[]) =>
    asked.map(() => ({ result: AuthorizeResult.ALLOW })),
} as PermissionsService;

/** What one approval gives. */
interface Given {
  principal: string;
  table: string;
}

export async function scannedMesh(
  knex: Knex,
  options: {
    provisioner: FakeProvisioner;
    port: OutputPort;
    given: readonly Given[];
  },
) {
  const { provisioner, port, given } = options;
  await knex.migrate.latest({
    directory: resolve(__dirname, '../plugins/data-mesh-backend/migrations'),
  });
  const provisioners = new ProvisionerRegistry();
  provisioners.addProvisioner(provisioner);
  // A minute for each look, so that one scan is later than the other.
  let now = Date.parse('2026-11-25T00:00:00.000Z');
  const clock = () => new Date(now);
  const audit = new DatabaseAuditLog({ db: knex, now: clock });
  const authorizer = {
    isAllowed: async () => true,
    require: async () => {},
    readFilter: async () => 'all' as const,
  };
  const events = new MeshEvents({ logger });
  const provisioning = createProvisioning({
    knex,
    logger,
    audit,
    provisioners,
    events,
    access: {
      authorizer,
      permissions,
      products: {
        findProduct: async () => undefined,
        homesOf: async () => new Map(),
      },
      principals: { availableTo: async () => [], mayUse: async () => false },
      governance: new Governance([]),
    },
    requests: { aboutEntitlement: async () => [] },
    clock,
  });
  const outcomes: ScanOutcome[] = [];
  events.on('scanEnded', outcome => {
    outcomes.push(outcome);
  });
  const scanning = createScanning({
    knex,
    logger,
    audit,
    provisioners,
    catalog: {
      products: async () => [
        {
          productRef: PRODUCT,
          title: 'Orders',
          ports: [port],
        },
      ],
      findProduct: async () => ({
        entity: { spec: { outputPorts: [port] } } as DataProductEntity,
        productRef: PRODUCT,
        title: 'Orders',
        ownerRef: 'group:default/sales',
        domainRef: 'domain:default/sales',
      }),
      actingAs: async () => [],
      visible: async () => [],
      principalAnnotations: async () => [],
    },
    searchPeople: async () => [],
    credentials: async () => mockCredentials.service(),
    people: { membersOf: async () => new Map(), refsOf: async ref => [ref] },
    principals: {
      availableTo: async () => [],
      describe: ({ id }) => ({ id, kind: 'other', name: id }),
    },
    permissions,
    authorizer,
    entitlements: provisioning.entitlements,
    store: provisioning.reader,
    move: provisioning.move,
    events,
    powers: new ProductPowers({
      governance: new Governance([]),
      catalog: { homesOf: async () => new Map() },
    }),
    places: { book: async () => new PlaceBook([], []) },
    tablePowers: {
      over: async () => () => ({ revoke: false, adopt: false }),
    },
    sight: { of: async () => seesAll },
    config: { ...defaultScanConfig, checksPerScan: 50 },
    clock,
  });
  for (const [n, { principal: name, table }] of given.entries()) {
    const principal = { id: `fake:${name}`, kind: 'other', name } as const;
    const scope = { level: 'read' as const, tables: [{ table }] };
    await knex.transaction(tx =>
      provisioning.intake.create(tx, {
        requestId: `request-${n}`,
        requesterRef: 'user:default/ana',
        principal,
        productRef: PRODUCT,
        productTitle: 'Orders',
        productOwnerRef: 'group:default/sales',
        port,
        scope,
        purpose: 'reporting',
        durationDays: 30,
        approvedBy: ['user:default/omar'],
        identities: {},
        plan: provisioner.plan({
          port,
          scope,
          principal,
        }),
      }),
    );
  }
  const at = clock().toISOString();
  await knex('entitlements').update({
    state: 'active',
    health: 'ok',
    activated_at: at,
  });
  await knex('entitlement_steps').update({
    state: 'done',
    baseline: '{"columns":[]}',
    finished_at: at,
  });
  return {
    scan: async () => {
      now += 60_000;
      await scanning.scanner.pass();
      return outcomes[outcomes.length - 1];
    },
    /** What the tab Access shows. */
    grants: async () => {
      now += 60_000;
      const caller = {
        userRef: 'user:default/omar',
        ownershipRefs: ['user:default/omar'],
        credentials: mockCredentials.user('user:default/omar'),
      };
      return grantsOfProduct(scanning.productGrants, caller, PRODUCT);
    },
  };
}
