import { NotImplementedError } from '@backstage/errors';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import {
  DataMeshClient,
  type DataMeshApi,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Looks } from './looks';
import { createRouter } from './router';
import { readContract } from './schema/readContract';

interface Operation {
  method: string;
  path: string;
  operationId: string;
}

/** A schema of the contract, as far as bounds are looked for. */
interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: { [name: string]: Schema };
  additionalProperties?: unknown;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

/** What an operation takes. */
interface RequestSide {
  operationId: string;
  parameters?: Array<{ $ref?: string; name?: string; schema?: Schema }>;
  requestBody?: { content: { [type: string]: { schema: Schema } } };
}

const spec = readContract();

const operations: Operation[] = Object.entries(spec.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: operation.operationId,
    })),
);

/** Arguments with which each method of the client makes its call. */
const calls: { [M in keyof DataMeshApi]: Parameters<DataMeshApi[M]> } = {
  getMe: [],
  listProductUsage: [],
  findProducts: [{ limit: 1 }],
  getProductOverview: ['dataproduct:default/x'],
  getProductGrants: ['dataproduct:default/x'],
  listSuccessors: ['dataproduct:default/x'],
  getProductTags: ['dataproduct:default/x'],
  applyProductTags: ['dataproduct:default/x', { dryRun: true }],
  listRequests: [{ limit: 1 }],
  countRequests: [],
  previewRequest: [{ productRef: 'dataproduct:default/x' }],
  createRequests: [
    {
      productRef: 'dataproduct:default/x',
      port: 'x',
      scope: { level: 'read', tables: [{ table: 'x' }] },
      principals: ['x'],
      purpose: 'x',
      durationDays: 1,
    },
    { idempotencyKey: 'key-0001' },
  ],
  getRequest: ['x'],
  decideRequest: ['x', 1, { decision: 'approve' }],
  undoDecision: ['x'],
  reviseRequest: [
    'x',
    1,
    {
      scope: { level: 'read', tables: [{ table: 'x' }] },
      purpose: 'x',
      durationDays: 1,
    },
  ],
  commentRequest: ['x', 'x'],
  withdrawRequest: ['x', 1],
  listPlaces: [{ domainRef: 'domain:default/x' }],
  handOverPlace: ['x', { toDomainRef: 'domain:default/x', reason: 'x' }],
  giveBackPlace: ['x', { reason: 'x', dryRun: true }],
  listClaims: [{ view: 'toDecide' }],
  previewClaim: [{ domainRef: 'domain:default/x' }],
  createClaim: [
    {
      domainRef: 'domain:default/x',
      place: { system: 'x', catalogId: 'x' },
      reason: 'x',
    },
    { idempotencyKey: 'key-0001' },
  ],
  getClaim: ['x'],
  decideClaim: ['x', 1, { decision: 'accept' }],
  reviseClaim: [
    'x',
    1,
    { place: { system: 'x', catalogId: 'x' }, reason: 'x' },
  ],
  withdrawClaim: ['x', 1],
  listPublications: [{ view: 'toDecide', limit: 1 }],
  getPublication: ['x'],
  decidePublication: ['x', 1, { accept: ['x'], sendBack: [] }],
  listEntitlements: [{ state: ['active', 'failed'] }],
  getEntitlement: ['x'],
  previewRevocation: ['x'],
  revokeEntitlement: ['x', 1, 'x'],
  relinquishEntitlement: ['x', 1],
  retryEntitlement: ['x', 1],
  reapplyEntitlement: ['x', 1],
  narrowEntitlement: [
    'x',
    1,
    { reason: 'x', scope: { level: 'read', tables: [], allTables: true } },
  ],
  closeResidue: ['x', 1, 'x'],
  moveEntitlement: ['x', 1, { productRef: 'dataproduct:default/x', port: 'x' }],
  getReadiness: ['x'],
  getUsage: ['x'],
  vendCredentials: ['x', { table: 'x', durationSeconds: 900 }],
  getDoctor: [],
  findName: ['group:default/x'],
  acceptName: [{ ref: 'group:default/x', reason: 'x' }],
  listGrants: [{ because: ['unexplained', 'adopted'], q: 'x', limit: 1 }],
  exportGrants: ['csv', { database: 'x' }],
  summarizeGrants: [{ by: 'principal' }],
  explainGrant: ['1'],
  listDrift: [{ kind: ['missing'], productRef: 'dataproduct:default/x' }],
  exportDrift: ['csv', { kind: ['missing'] }],
  resolveDrift: [{ ids: ['1'], action: 'adopt', reason: 'x', dryRun: true }],
  reconcile: [{ everything: true, dryRun: true, perMinute: 10 }],
  listScans: [],
  startScan: [{ targetId: 'x' }],
  releaseScan: ['x', 'x'],
  whoCanAccess: [
    { catalogId: 'x', region: 'x', database: 'x', table: 'x', column: 'x' },
  ],
  whatCanAccess: [{ principal: 'arn:aws:iam::123456789012:role/x' }],
  findAccessSubjects: ['x'],
  exportWhoCanAccess: [
    'csv',
    { catalogId: 'x', region: 'x', database: 'x', table: 'x' },
  ],
  exportWhatCanAccess: [
    'json',
    { principal: 'arn:aws:iam::123456789012:role/x' },
  ],
  listAuditEvents: [{ subject: 'request:x' }],
  exportAuditEvents: [
    'ndjson',
    { productRef: 'dataproduct:default/x', from: '2026-11-01T00:00:00Z' },
  ],
  countAuditEvents: [{ q: 'x', kind: ['request'] }],
  getAuditState: [],
  startAuditCheck: [],
  verifyAudit: [],
  listAuditCheckpoints: [{ limit: 1 }],
};

function pathOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function operationOf(method: string, path: string): Operation | undefined {
  return (
    // `/v1/requests/counts` before `/v1/requests/{id}`.
    operations.find(one => one.method === method && one.path === path) ??
    operations.find(one => one.method === method && pathOf(one.path).test(path))
  );
}

/** The answer of who calls, in place of what the routes do. */
class RouteReachedError extends NotImplementedError {}

/** The router over parts of which only who calls is ever asked. */
function theRouter() {
  const parts = {
    callers: {
      callerOf: async () => {
        throw new RouteReachedError();
      },
    },
    looks: new Looks(),
    provisioning: {},
    scanning: {},
  };
  return createRouter(parts as unknown as Parameters<typeof createRouter>[0]);
}

/**
 * A request that passes the contract and finds its route asks who calls; that
 * is where it ends.
 */
function theApp() {
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    res
      .status(error instanceof RouteReachedError ? 418 : 400)
      .json({ message: error.message });
  };
  return express().use(theRouter()).use(onError);
}

/** Calls each method of the client with what `fetch` makes of the call. */
async function callAll(
  fetch: (url: URL, init: RequestInit) => Promise<void>,
): Promise<string[]> {
  const client = new DataMeshClient({
    discoveryApi: { getBaseUrl: async () => 'http://localhost' },
    fetchApi: {
      fetch: async (url, init = {}) => {
        await fetch(new URL(String(url)), init);
        return new Response('{}', { status: 200 });
      },
    },
  });
  for (const [method, args] of Object.entries(calls)) {
    const call = client[method as keyof DataMeshApi] as (
      ...all: unknown[]
    ) => Promise<unknown>;
    await call.apply(client, args);
  }
  return Object.keys(calls);
}

describe('the contract', () => {
  it('has a method of the client for each operation, and none besides', async () => {
    const made: string[] = [];
    const called = await callAll(async ({ pathname }, { method = 'GET' }) => {
      const operation = operationOf(method, pathname);
      made.push(operation?.operationId ?? `${method} ${pathname}`);
    });
    expect(made).toEqual(called);
    expect(made.sort()).toEqual(operations.map(one => one.operationId).sort());
  });

  it('has a route for each operation, which takes what the client sends', async () => {
    const app = theApp();
    const reached: string[] = [];
    await callAll(async ({ pathname, search }, init) => {
      const send = request(app);
      const call =
        init.method === 'POST'
          ? send.post(pathname + search)
          : send.get(pathname + search);
      const { status, body } = await call
        .set((init.headers ?? {}) as { [name: string]: string })
        .send(init.body ? JSON.parse(String(init.body)) : undefined);
      const id = operationOf(init.method ?? 'GET', pathname)?.operationId;
      reached.push(status === 418 ? `${id}` : `${id}: ${body.message}`);
    });
    expect(reached.sort()).toEqual(
      operations.map(one => one.operationId).sort(),
    );
  });

  it('bounds every text and list that a request may have', () => {
    const { components } = spec as unknown as {
      components: { [part: string]: { [name: string]: Schema } };
    };
    const unbounded: string[] = [];
    const walk = (
      schema: Schema,
      at: string,
      seen: readonly string[],
    ): void => {
      if (schema.$ref) {
        const [part, name] = schema.$ref.split('/').slice(-2);
        if (!seen.includes(name)) {
          walk(components[part][name], `${at}(${name})`, [...seen, name]);
        }
        return;
      }
      if (schema.type === 'string' && !schema.enum && !schema.maxLength) {
        unbounded.push(`${at}: a text without maxLength`);
      }
      if (schema.type === 'array' && !schema.maxItems) {
        unbounded.push(`${at}: a list without maxItems`);
      }
      if (schema.additionalProperties === true) {
        unbounded.push(`${at}: an object with any properties`);
      }
      if (schema.items) walk(schema.items, `${at}[]`, seen);
      for (const [name, inner] of Object.entries(schema.properties ?? {})) {
        walk(inner, `${at}.${name}`, seen);
      }
      for (const inner of [
        ...(schema.allOf ?? []),
        ...(schema.oneOf ?? []),
        ...(schema.anyOf ?? []),
      ]) {
        walk(inner, at, seen);
      }
    };
    for (const item of Object.values(spec.paths)) {
      for (const operation of Object.values(item) as RequestSide[]) {
        const { operationId } = operation;
        for (const found of operation.parameters ?? []) {
          const parameter = found.$ref
            ? (components.parameters[
                String(found.$ref.split('/').pop())
              ] as typeof found)
            : found;
          walk(parameter.schema ?? {}, `${operationId} ${parameter.name}`, []);
        }
        for (const { schema } of Object.values(
          operation.requestBody?.content ?? {},
        )) {
          walk(schema, operationId, []);
        }
      }
    }
    expect(unbounded).toEqual([]);
  });

  it('has no route that is not in it', () => {
    const routes = theRouter().stack.flatMap(({ route }) => {
      const methods = (route as { methods?: object } | undefined)?.methods;
      return Object.keys(methods ?? {}).map(
        method => `${method.toUpperCase()} ${route?.path}`,
      );
    });
    const expected = operations.map(
      one => `${one.method} ${one.path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    expect(routes.sort()).toEqual(expected.sort());
  });
});
