import { setImmediate } from 'node:timers/promises';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createDataMeshPolicy } from '@lakemesh/backstage-plugin-permission-backend-module-data-mesh';
import type { Knex } from 'knex';
import request from 'supertest';
import { InMemoryFakeSystem } from './FakeSystem';
import {
  ANA,
  ANALYSTS_ROLE,
  DORA,
  EVE,
  GIL,
  OMAR,
  STELLA,
  ZOE,
  ZOE_ROLE,
  aProduct,
  aRequest,
  theMesh,
  thePeople,
  type TestPeople,
} from './meshFixture';
import { asked, decided, startMesh, type Mesh } from './startMesh';

const OTTO = 'user:default/otto';

/** Who stands how to the product `orders`, and to nothing else. */
export const users = {
  other: 'user:default/ulf',
  requester: ANA,
  holder: EVE,
  owner: OMAR,
  approver: STELLA,
  domainOwner: DORA,
  governance: GIL,
  auditor: 'user:default/aude',
} as const;
export type User = keyof typeof users;
/** Callers that are no user, or not by a token that may do anything. */
export const noUsers = ['nobody', 'service', 'limited'] as const;
export type Actor = User | (typeof noUsers)[number];

/** How permissions are decided. */
export type Mode = 'allow' | 'policy' | 'deny';

const people: TestPeople = {
  ...thePeople,
  memberships: {
    ...thePeople.memberships,
    others: ['otto'],
    visitors: ['zoe', 'ulf'],
    auditors: ['aude'],
  },
};

/** What a call may be about: a product with its records. */
export interface Subject {
  name: string;
  productRef: string;
  /** Who asked, for which principal. */
  principal: string;
  requestId: string;
  entitlementId: string;
  grantId: string;
  driftId: string;
}

export interface AuthorizationWorld {
  mesh: Mesh;
  own: Subject;
  foreign: Subject;
  mode: Mode;
  call(
    actor: Actor,
    call: { path: string; body?: object; version?: number },
  ): Promise<{ status: number; text: string; words: string }>;
  versionOf(
    table: 'access_requests' | 'entitlements',
    id: string,
  ): Promise<number>;
}

const policyConfig = {
  governance: ['group:default/governance'],
  auditors: ['group:default/auditors'],
  policy: { stewards: ['group:default/stewards'] },
};

const heldBy = (domain: string, team: string, database: string) => ({
  domain,
  teams: [team],
  holds: [{ system: 'fake', catalogId: 'fake', database }],
});

/** Two products of two teams, each with a request, an access and a stray grant. */
export async function startAuthorizationWorld(
  knex: Knex,
): Promise<AuthorizationWorld> {
  const [port] = aProduct().spec.outputPorts;
  const portsIn = (database: string) => [
    { ...port, location: { database } },
    { ...port, name: `tape-${database}`, type: 'tape' },
  ];
  const products = [
    aProduct({ spec: { outputPorts: portsIn('sales') } }),
    aProduct({
      name: 'visits',
      spec: {
        owner: 'group:default/others',
        domain: 'logistics',
        outputPorts: portsIn('visits'),
      },
    }),
  ];
  const policy = createDataMeshPolicy({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: theMesh(products, undefined, people),
    }),
    config: mockServices.rootConfig({ data: { dataMesh: policyConfig } }),
  });
  const world = { mode: 'allow' as Mode };
  const decideAll = async (
    questions: Array<{
      permission: Parameters<typeof policy.decide>[0]['permission'];
    }>,
    { credentials }: { credentials: unknown },
  ): Promise<PolicyDecision[]> =>
    Promise.all(
      questions.map(async ({ permission }) => {
        if (world.mode === 'allow') return { result: AuthorizeResult.ALLOW };
        if (world.mode === 'deny') return { result: AuthorizeResult.DENY };
        const user = {
          credentials,
          info: { userEntityRef: '', ownershipEntityRefs: [] },
        } as unknown as Parameters<typeof policy.decide>[1];
        return (
          (await policy.decide({ permission }, user)) ?? {
            result: AuthorizeResult.DENY,
          }
        );
      }),
    );
  const mesh = await startMesh({
    knex,
    products,
    people,
    config: { auditors: policyConfig.auditors },
    domains: [
      heldBy('sales', 'sales', 'sales'),
      heldBy('logistics', 'others', 'visits'),
    ],
    permissions: {
      authorize: decideAll as never,
      authorizeConditional: decideAll as never,
    },
  });
  const { system } = mesh.provisioner;
  if (!(system instanceof InMemoryFakeSystem)) throw new Error('Not in memory');

  const anAccess = async (
    name: string,
    by: { requester: string; principal: string; owner: string },
  ): Promise<Omit<Subject, 'grantId' | 'driftId'>> => {
    const productRef = `dataproduct:default/${name}`;
    const common = { productRef, principals: [by.principal] };
    const approved = await asked(mesh, by.requester, aRequest(common));
    const { body } = await decided(mesh, by.owner, approved, {
      decision: 'approve',
    });
    const { entitlementId } = body;
    for (;;) {
      const found = await mesh
        .as(by.requester)
        .get(`/v1/entitlements/${entitlementId}`);
      if (found.body.state === 'active') break;
      await setImmediate();
    }
    const pending = await asked(
      mesh,
      by.requester,
      aRequest({
        ...common,
        scope: { level: 'read', tables: [{ table: 'customers' }] },
        justification: 'Churn model',
      }),
    );
    return {
      name,
      productRef,
      principal: by.principal,
      requestId: pending.id,
      entitlementId,
    };
  };
  const own = await anAccess('orders', {
    requester: ANA,
    principal: ANALYSTS_ROLE,
    owner: OMAR,
  });
  const foreign = await anAccess('visits', {
    requester: ZOE,
    principal: ZOE_ROLE,
    owner: OTTO,
  });
  system.give('fake:stray-orders', 'sales.orders', ['order_id']);
  system.give('fake:stray-visits', 'visits.orders', ['order_id']);
  await mesh.runTask('data-mesh-scan');
  const strayOf = async ({ name }: { name: string }) => {
    const grants = await mesh
      .as(GIL)
      .get(`/v1/grants?principal=fake:stray-${name}`);
    const drift = await mesh
      .as(GIL)
      .get(`/v1/drift?productRef=dataproduct:default/${name}`);
    return {
      grantId: grants.body.items[0].id,
      driftId: drift.body.items[0].id,
    };
  };

  return Object.assign(world, {
    mesh,
    own: { ...own, ...(await strayOf(own)) },
    foreign: { ...foreign, ...(await strayOf(foreign)) },
    async call(
      actor: Actor,
      {
        path,
        body,
        version,
      }: { path: string; body?: object; version?: number },
    ) {
      const url = `/api/data-mesh${path}`;
      const call = body
        ? request(mesh.server).post(url).send(body)
        : request(mesh.server).get(url);
      if (version !== undefined) call.set('if-match', String(version));
      if (actor === 'limited') {
        call.set(
          'authorization',
          `Bearer ${mockCredentials.limitedUser.token(OMAR)}`,
        );
      } else if (actor === 'service') {
        call.set('authorization', mockCredentials.service.header());
      } else if (actor === 'nobody') {
        call.set('authorization', mockCredentials.none.header());
      } else {
        call.set('authorization', mockCredentials.user.header(users[actor]));
      }
      const { status, text, body: answer } = await call;
      return { status, text, words: answer?.error?.message ?? '' };
    },
    async versionOf(table: 'access_requests' | 'entitlements', id: string) {
      const row = await knex(table).where({ id }).first('version');
      return Number(row.version);
    },
  });
}
