import { setImmediate } from 'node:timers/promises';
import {
  createBackendModule,
  createServiceFactory,
  type BackstageCredentials,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  metricsServiceRef,
  type MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  notificationService,
  type NotificationService,
} from '@backstage/plugin-notifications-node';
import {
  signalsServiceRef,
  type SignalPayload,
} from '@backstage/plugin-signals-node';
import {
  approvalPoliciesExtensionPoint,
  provisionersExtensionPoint,
  type ApprovalPolicy,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  settledTopic,
  type DataProductEntity,
  type NewDecision,
  type NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import { createDataMeshPlugin } from '../plugin';
import type { Timers } from '../provisioning';
import { FakeProvisioner } from './FakeProvisioner';
import { PRODUCTS_LOCATION, theMesh, type TestPeople } from './meshFixture';

type Notification = Parameters<NotificationService['send']>[0];

const isSettled = ({ topic }: Notification['payload']) =>
  topic === settledTopic;

/** As the catalog gives it to everything that is in it. */
function withUid(entity: Entity): Entity {
  const uid = `uid of ${stringifyEntityRef(entity)}`;
  return entity.kind === 'DataProduct'
    ? { ...entity, metadata: { uid, ...entity.metadata } }
    : entity;
}

/** A running backend plugin with a fake system, catalog and people. */
export async function startMesh(options: {
  knex: Knex;
  products?: DataProductEntity[];
  policy?: JsonObject;
  policies?: ApprovalPolicy[];
  /** What the permission policy answers; without it all is allowed. */
  permissions?: Partial<PermissionsService>;
  now?: () => Date;
  timers?: Timers;
  provisioner?: FakeProvisioner;
  /** Annotations of the domain of all products. */
  domainAnnotations?: { [name: string]: string };
  /** What config says that domains hold; without it, sales holds all. */
  domains?: JsonObject[];
  worker?: JsonObject;
  /** Default: everybody of `thePeople`. */
  people?: TestPeople;
  /** What the catalog has beside products, people and their domain. */
  entities?: Entity[];
  /** More of the section `dataMesh` of config. */
  config?: JsonObject;
  /** Where metrics go. */
  metrics?: MetricsService;
  /** Prints all that is logged on the console. */
  logs?: boolean;
}) {
  const provisioner = options.provisioner ?? new FakeProvisioner();
  const { metrics } = options;
  let { products, people } = options;
  let change = (entities: Entity[]) => entities;
  const catalogOfNow = () =>
    catalogServiceMock({
      entities: change([
        ...theMesh(products, options.domainAnnotations, people).map(withUid),
        ...(options.entities ?? []),
      ]),
    });
  let catalog = catalogOfNow();
  const catalogCalls: string[] = [];
  const notifications: Notification[] = [];
  const signals: SignalPayload[] = [];
  const audits: Array<{ eventId: string; outcome: 'success' | 'fail' }> = [];
  const forwarded: Array<{ eventId: string; meta: JsonObject }> = [];
  const auditor = mockServices.auditor.mock({
    createEvent: async ({ eventId, meta }) => ({
      success: async () => {
        if (meta?.sequence === undefined) {
          audits.push({ eventId, outcome: 'success' });
        } else {
          forwarded.push({ eventId, meta });
        }
      },
      fail: async () => {
        audits.push({ eventId, outcome: 'fail' });
      },
    }),
  });
  const scheduled = new Map<string, (signal: AbortSignal) => unknown>();
  const scheduler = mockServices.scheduler.mock({
    scheduleTask: async task => {
      scheduled.set(task.id, signal => task.fn(signal));
    },
  });
  const backend = await startTestBackend({
    features: [
      createDataMeshPlugin({
        now: options.now,
        timers: options.timers,
        validateResponses: true,
      }),
      createBackendModule({
        pluginId: 'data-mesh',
        moduleId: 'fake',
        register(env) {
          env.registerInit({
            deps: {
              provisioners: provisionersExtensionPoint,
              policies: approvalPoliciesExtensionPoint,
            },
            async init({ provisioners, policies }) {
              provisioners.addProvisioner(provisioner);
              options.policies?.forEach(one => policies.addApprovalPolicy(one));
            },
          });
        },
      }),
      mockServices.database.factory({ knex: options.knex }),
      ...(metrics
        ? [
            createServiceFactory({
              service: metricsServiceRef,
              deps: {},
              factory: () => metrics,
            }),
          ]
        : []),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async notification => {
            notifications.push(notification);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signals.push(signal);
          },
        }),
      }),
      catalogServiceMock.mock({
        getEntityByRef: (...args) => {
          catalogCalls.push('getEntityByRef');
          return catalog.getEntityByRef(...args);
        },
        getEntitiesByRefs: (...args) => {
          catalogCalls.push('getEntitiesByRefs');
          return catalog.getEntitiesByRefs(...args);
        },
        getEntities: (...args) => {
          catalogCalls.push('getEntities');
          return catalog.getEntities(...args);
        },
        getEntityFacets: (...args) => {
          catalogCalls.push('getEntityFacets');
          return catalog.getEntityFacets(...args);
        },
        queryEntities: (...args) => {
          catalogCalls.push('queryEntities');
          return catalog.queryEntities(...args);
        },
        streamEntities: (...args) => {
          catalogCalls.push('streamEntities');
          return catalog.streamEntities(...args);
        },
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:7007' },
          dataMesh: {
            domains: options.domains ?? [
              {
                domain: 'sales',
                teams: ['sales'],
                holds: [{ system: 'fake', catalogId: 'fake' }],
              },
            ],
            policy: {
              stewards: ['group:default/stewards'],
              ...options.policy,
            },
            governance: ['group:default/governance'],
            // No rule approves what anybody may have written.
            ...(options.policy?.autoApprove && {
              trustedLocations: [PRODUCTS_LOCATION],
            }),
            ...(options.worker && { worker: options.worker }),
            ...options.config,
          },
        },
      }),
      ...(options.logs
        ? [mockServices.rootLogger.factory({ level: 'debug' })]
        : []),
      auditor.factory,
      scheduler.factory,
      ...(options.permissions
        ? [mockServices.permissions.mock(options.permissions).factory]
        : []),
    ],
  });
  const { server } = backend;
  const base = '/api/data-mesh';
  const sent = async (
    count: number,
    isMeant: (notification: Notification) => boolean,
  ) => {
    while (notifications.filter(isMeant).length < count) await setImmediate();
    return notifications.filter(isMeant);
  };
  const client = (authorization: string) => ({
    get: (path: string) =>
      request(server).get(`${base}${path}`).set('authorization', authorization),
    post: (
      path: string,
      body: object,
      headers: { [name: string]: string } = {},
    ) =>
      request(server)
        .post(`${base}${path}`)
        .set('authorization', authorization)
        .set(headers)
        .send(body),
  });
  return {
    provisioner,
    /** Puts other products into the catalog. */
    setProducts: (changed: DataProductEntity[]) => {
      products = changed;
      catalog = catalogOfNow();
    },
    /** Puts other people into the catalog. */
    setPeople: (changed: TestPeople) => {
      people = changed;
      catalog = catalogOfNow();
    },
    /** Changes what else is in the catalog. */
    setCatalog: (changed: (entities: Entity[]) => Entity[]) => {
      change = changed;
      catalog = catalogOfNow();
    },
    /** What was asked of the catalog so far, one for each call. */
    catalogCalls,
    notifications,
    /**
     * Waits until as many notifications were sent as are expected: what happened
     * does not wait for them.
     *
     * @param title - only those whose title matches
     */
    told: (count: number, title = /^/) =>
      sent(
        count,
        ({ payload }) => !isSettled(payload) && title.test(payload.title),
      ),
    /** As `told`, of what asks nobody to do anything any more. */
    settled: (count: number, title = /^/) =>
      sent(
        count,
        ({ payload }) => isSettled(payload) && title.test(payload.title),
      ),
    signals,
    /** What the auditor was told of attempts. */
    audits,
    /** What the auditor has of the audit trail, all that happened included. */
    trail: async () => {
      await scheduled.get('data-mesh-audit-forward')?.(
        new AbortController().signal,
      );
      return forwarded;
    },
    knex: options.knex,
    server,
    /** Runs a task that the plugin has scheduled. */
    runTask: (id: string) => scheduled.get(id)?.(new AbortController().signal),
    stop: () => backend.stop(),
    as: (userRef: string) => client(mockCredentials.user.header(userRef)),
    service: () => client(mockCredentials.service.header()),
    anonymous: () => client(mockCredentials.none.header()),
  };
}

export type Mesh = Awaited<ReturnType<typeof startMesh>>;

/** Asks and hands back the one request that was made. */
export async function asked(
  mesh: Mesh,
  userRef: string,
  body: NewRequest,
): Promise<{ id: string; version: number }> {
  const { body: created, status } = await mesh
    .as(userRef)
    .post('/v1/requests', body);
  if (status !== 201) throw new Error(created.error.message);
  return created.items[0];
}

/** Decides a request at the version that was seen. */
export function decided(
  mesh: Mesh,
  userRef: string,
  seen: { id: string; version: number },
  decision: NewDecision,
) {
  return mesh.as(userRef).post(`/v1/requests/${seen.id}/decisions`, decision, {
    'if-match': String(seen.version),
  });
}

/** An entitlement that one asked for and another approved, in force. */
export async function inForce(
  mesh: Mesh,
  options: { requester: string; approver: string; body: NewRequest },
): Promise<string> {
  const { requester, approver } = options;
  const made = await asked(mesh, requester, options.body);
  const { body } = await decided(mesh, approver, made, {
    decision: 'approve',
  });
  for (;;) {
    const row = await mesh
      .knex('entitlements')
      .where({ id: body.entitlementId })
      .first();
    if (row?.state === 'active') return row.id;
    if (!row || row.state === 'failed') throw new Error(JSON.stringify(body));
    await setImmediate();
  }
}

/** A permission policy that answers by permission and user. */
export function deciding(
  decide: (permission: Permission, userRef: string) => PolicyDecision,
): Partial<PermissionsService> {
  const all = async (
    questions: Array<{ permission: Permission }>,
    options: { credentials: BackstageCredentials },
  ) => {
    const { userEntityRef } = options.credentials.principal as {
      userEntityRef: string;
    };
    return questions.map(({ permission }) => decide(permission, userEntityRef));
  };
  return {
    authorize: all as PermissionsService['authorize'],
    authorizeConditional: all as PermissionsService['authorizeConditional'],
  };
}
