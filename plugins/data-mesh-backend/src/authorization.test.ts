import { readContract } from './schema/readContract';
import {
  noUsers,
  startAuthorizationWorld,
  users,
  type Actor,
  type AuthorizationWorld,
  type Mode,
  type Subject,
  type User,
} from './testing/authorizationWorld';
import { testDatabases } from './testing/databases';
import { aRequest } from './testing/meshFixture';

type Answer = Awaited<ReturnType<AuthorizationWorld['call']>>;
interface Call {
  path: string;
  body?: object;
  version?: number;
}

/** An operation of the contract, and who is let in. */
interface Row {
  /** What is called, about a product. */
  call(on: Subject, world: AuthorizationWorld): Call | Promise<Call>;
  /**
   * Whether the caller got what the operation is about. Without it: it was not
   * refused.
   */
  isLetIn?(answer: Answer, on: Subject): boolean;
  /** By mode: of users, those let in on their own product, and on a foreign one. */
  who: { [M in Mode]: [own: readonly User[], foreign: readonly User[]] };
}

const all = Object.keys(users) as User[];
const nobody: readonly User[] = [];
const governance: readonly User[] = ['governance'];
const watchers: readonly User[] = ['governance', 'auditor'];
const inCharge: readonly User[] = ['owner', 'domainOwner', ...watchers];
const readers = {
  request: ['requester', 'owner', 'approver', 'domainOwner', ...watchers],
  entitlement: [
    'requester',
    'holder',
    'owner',
    'approver',
    'domainOwner',
    ...watchers,
  ],
} as const;

/** Whatever policy says, nobody but these: the backend's own rule. */
const always = (
  own: readonly User[],
  foreign: readonly User[] = nobody,
): Row['who'] => ({
  allow: [own, foreign],
  policy: [own, foreign],
  deny: [nobody, nobody],
});
/** Needs no permission. */
const open = (own: readonly User[] = all, foreign = own): Row['who'] => ({
  allow: [own, foreign],
  policy: [own, foreign],
  deny: [own, foreign],
});
const requestReaders: Row['who'] = {
  allow: [all, all],
  // The steward approves personal data of any product.
  policy: [readers.request, ['approver', ...watchers]],
  deny: [nobody, nobody],
};
const entitlementReaders: Row['who'] = {
  allow: [all, all],
  // Stewards see who holds personal data.
  policy: [readers.entitlement, ['approver', ...watchers]],
  deny: [nobody, nobody],
};

/** For own principals; of others for governance, and owners on their product. */
const askers: Row['who'] = {
  allow: [['requester', 'holder', 'owner', 'governance'], governance],
  policy: [['requester', 'holder', 'governance'], governance],
  deny: [nobody, nobody],
};

const isRefused = ({ status }: Answer) => [401, 403, 404].includes(status);
const tells =
  (what: (on: Subject) => string) => (answer: Answer, on: Subject) =>
    answer.status === 200 && answer.text.includes(what(on));
const tellsStray = tells(({ name }) => `fake:stray-${name}`);
const isNot =
  (...words: RegExp[]) =>
  (answer: Answer) =>
    answer.status !== 401 &&
    ![/does not allow/, ...words].some(one => one.test(answer.words));

const ofRequest =
  (path: string, body?: object): Row['call'] =>
  async ({ requestId }, world) => ({
    path: `/v1/requests/${requestId}${path}`,
    body,
    ...(body && {
      version: await world.versionOf('access_requests', requestId),
    }),
  });
const ofEntitlement =
  (path: string, body?: object): Row['call'] =>
  async ({ entitlementId }, world) => ({
    path: `/v1/entitlements/${entitlementId}${path}`,
    body,
    ...(body && {
      version: await world.versionOf('entitlements', entitlementId),
    }),
  });
const stray = ({ name }: Subject) => `fake:stray-${name}`;
const databaseOf = ({ name }: Subject) =>
  name === 'orders' ? 'sales' : 'visits';

/** Reads, and writes that change nothing or what no other row looks at. */
const table: { [operationId: string]: Row } = {
  getMe: { call: () => ({ path: '/v1/me' }), who: open() },
  listProductUsage: { call: () => ({ path: '/v1/products' }), who: open() },
  // Of what the catalog shows.
  findProducts: { call: () => ({ path: '/v1/products/search' }), who: open() },
  // To each their own of it.
  getProductOverview: {
    call: ({ name }) => ({ path: `/v1/products/default/${name}` }),
    isLetIn: tells(on => on.entitlementId),
    who: always(['requester', 'holder']),
  },
  getProductGrants: {
    call: ({ name }) => ({ path: `/v1/products/default/${name}/grants` }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  // Told of a product that has vanished, as far as the catalog shows the other.
  listSuccessors: {
    call: ({ name }) => ({ path: `/v1/products/default/${name}/successors` }),
    who: open(),
  },
  getProductTags: {
    call: ({ name }) => ({ path: `/v1/products/default/${name}/tags` }),
    // By the permission to see grants, or by ownership alone.
    who: { ...always(all, all), deny: [['owner'], nobody] },
  },
  listRequests: {
    call: () => ({ path: '/v1/requests' }),
    isLetIn: tells(on => on.requestId),
    who: requestReaders,
  },
  getRequest: { call: ofRequest(''), who: requestReaders },
  countRequests: { call: () => ({ path: '/v1/requests/counts' }), who: open() },
  previewRequest: {
    call: ({ productRef, principal }) => ({
      path: '/v1/requests/preview',
      body: aRequest({ productRef, principals: [principal] }),
    }),
    isLetIn: tells(on => on.entitlementId),
    who: askers,
  },
  listEntitlements: {
    call: () => ({ path: '/v1/entitlements' }),
    isLetIn: tells(on => on.entitlementId),
    who: entitlementReaders,
  },
  getEntitlement: { call: ofEntitlement(''), who: entitlementReaders },
  previewRevocation: {
    call: ofEntitlement('/revocation'),
    who: entitlementReaders,
  },
  getReadiness: { call: ofEntitlement('/readiness'), who: entitlementReaders },
  getUsage: { call: ofEntitlement('/usage'), who: entitlementReaders },
  vendCredentials: {
    call: ofEntitlement('/credentials', { table: 'orders' }),
    // Who may is told that the fake lake gives none.
    isLetIn: isNot(/used to get credentials by/, /permission/),
    who: always(['requester', 'holder']),
  },
  listGrants: {
    call: () => ({ path: '/v1/grants' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  exportGrants: {
    call: () => ({ path: '/v1/grants/export' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  summarizeGrants: {
    call: () => ({ path: '/v1/grants/summary?by=principal' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  explainGrant: {
    call: ({ grantId }) => ({ path: `/v1/grants/${grantId}/explanation` }),
    who: always(inCharge, watchers),
  },
  whoCanAccess: {
    call: on => ({
      path: `/v1/access/who?catalogId=1&region=eu&table=orders&database=${databaseOf(
        on,
      )}`,
    }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  whatCanAccess: {
    call: on => ({ path: `/v1/access/what?principal=${stray(on)}` }),
    isLetIn: tells(on => `${databaseOf(on)}.orders`),
    who: always(inCharge, watchers),
  },
  findAccessSubjects: {
    call: () => ({ path: '/v1/access/subjects?q=stray-' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  exportWhoCanAccess: {
    call: on => ({
      path: `/v1/access/who/export?catalogId=1&region=eu&table=orders&database=${databaseOf(
        on,
      )}`,
    }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  exportWhatCanAccess: {
    call: on => ({ path: `/v1/access/what/export?principal=${stray(on)}` }),
    isLetIn: tells(on => `${databaseOf(on)}.orders`),
    who: always(inCharge, watchers),
  },
  exportDrift: {
    call: () => ({ path: '/v1/drift/export' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  listDrift: {
    call: () => ({ path: '/v1/drift' }),
    isLetIn: tellsStray,
    who: always(inCharge, watchers),
  },
  resolveDrift: {
    call: ({ driftId }) => ({
      path: '/v1/drift/resolutions',
      body: { ids: [driftId], action: 'adopt', reason: 'Fine', dryRun: true },
    }),
    isLetIn: tells(() => '"ok":true'),
    // The owner of the table publishes it, and nobody else does.
    who: always(['owner', 'governance'], governance),
  },
  reconcile: {
    call: ({ entitlementId }) => ({
      path: '/v1/reconciliations',
      body: { entitlementId, dryRun: true },
    }),
    who: {
      ...always(['requester', 'holder', 'owner', 'governance'], governance),
    },
  },
  applyProductTags: {
    call: ({ name }) => ({
      path: `/v1/products/default/${name}/tags`,
      body: { dryRun: true },
    }),
    isLetIn: isNot(/owner|governance|permission/),
    who: {
      ...always(['owner', 'governance'], governance),
      // By ownership alone.
      deny: [['owner'], nobody],
    },
  },
  listScans: { call: () => ({ path: '/v1/scans' }), who: always(all, all) },
  startScan: {
    call: () => ({ path: '/v1/scans', body: {} }),
    who: always(governance, governance),
  },
  releaseScan: {
    call: () => ({ path: '/v1/scans/none/release', body: { reason: 'x' } }),
    isLetIn: ({ status }) => status === 404,
    who: always(governance, governance),
  },
  getDoctor: {
    call: () => ({ path: '/v1/doctor' }),
    isLetIn: tells(on => `tape-${databaseOf(on)}`),
    who: always(inCharge, watchers),
  },
  listAuditEvents: {
    call: () => ({ path: '/v1/audit' }),
    who: always(watchers, watchers),
  },
  exportAuditEvents: {
    call: () => ({ path: '/v1/audit/export' }),
    who: always(watchers, watchers),
  },
  countAuditEvents: {
    call: () => ({ path: '/v1/audit/counts' }),
    who: always(watchers, watchers),
  },
  getAuditState: {
    call: () => ({ path: '/v1/audit/state' }),
    who: always(watchers, watchers),
  },
  startAuditCheck: {
    call: () => ({ path: '/v1/audit/checks', body: {} }),
    who: always(watchers, watchers),
  },
  verifyAudit: {
    call: () => ({ path: '/v1/audit/verification' }),
    who: always(watchers, watchers),
  },
  listAuditCheckpoints: {
    call: () => ({ path: '/v1/audit/checkpoints' }),
    who: always(watchers, watchers),
  },
  listPlaces: { call: () => ({ path: '/v1/places' }), who: open() },
  commentRequest: {
    call: ofRequest('/comments', { text: 'Hello' }),
    who: requestReaders,
  },
  createRequests: {
    call: ({ productRef, principal }) => ({
      path: '/v1/requests',
      body: aRequest({ productRef, principals: [principal] }),
    }),
    // There is one already, which only who may ask is told.
    isLetIn: ({ status }) => status === 201 || status === 409,
    who: askers,
  },
  reviseRequest: {
    call: ofRequest('/revisions', {
      scope: { level: 'read', tables: [{ table: 'customers' }] },
      purpose: 'analytics',
      durationDays: 3,
    }),
    who: always(['requester']),
  },
  decideRequest: {
    call: ofRequest('/decisions', { decision: 'approve' }),
    // Not the steward, whose stage comes later, nor governance.
    who: always(['owner']),
  },
  undoDecision: {
    call: ofRequest('/decisions/undo', {}),
    // Nobody has decided, which who may read the request is told.
    who: requestReaders,
  },
  withdrawRequest: {
    call: ofRequest('/withdraw', {}),
    who: always(['requester']),
  },
  retryEntitlement: {
    call: ofEntitlement('/retry', {}),
    who: always(['requester', 'owner', 'governance'], governance),
  },
  reapplyEntitlement: {
    call: ofEntitlement('/reapply', {}),
    who: always(['requester', 'holder', 'owner', 'governance'], governance),
  },
  narrowEntitlement: {
    call: ofEntitlement('/narrow', {
      reason: 'Less',
      scope: {
        level: 'read',
        tables: [{ table: 'orders', columns: ['amount'] }],
      },
    }),
    who: always(['requester', 'holder', 'owner', 'governance'], governance),
  },
  closeResidue: {
    call: ofEntitlement('/residue', { reason: 'Gone' }),
    who: always(['owner', 'governance'], governance),
  },
  moveEntitlement: {
    // The product is there; who else may, where it is not, has tests of its own.
    call: ofEntitlement('/move', {
      productRef: 'dataproduct:default/other',
      port: 'lake',
    }),
    who: always(governance, governance),
  },
  relinquishEntitlement: {
    call: ofEntitlement('/relinquish', {}),
    who: always(['requester', 'holder']),
  },
  revokeEntitlement: {
    call: ofEntitlement('/revoke', { reason: 'Over' }),
    who: always(['owner', 'governance'], governance),
  },
};

const place = { system: 'fake', catalogId: 'fake', database: 'sales' };
const reason = 'Why not';

/**
 * Operations of which users are let in is proved by tests of their own, with the
 * claims, places, publications and names that they are about. Here: that nobody
 * else is. A new operation belongs in the table above.
 */
const provedElsewhere: { [operationId: string]: Call } = {
  handOverPlace: {
    path: '/v1/places/none/hand-over',
    body: { toDomainRef: 'domain:default/sales', reason },
  },
  giveBackPlace: { path: '/v1/places/none/give-back', body: { reason } },
  listClaims: { path: '/v1/claims' },
  createClaim: {
    path: '/v1/claims',
    body: { domainRef: 'domain:default/sales', place, reason },
  },
  previewClaim: {
    path: '/v1/claims/preview',
    body: { domainRef: 'domain:default/sales' },
  },
  getClaim: { path: '/v1/claims/none' },
  decideClaim: {
    path: '/v1/claims/none/decisions',
    body: { decision: 'accept' },
    version: 1,
  },
  reviseClaim: {
    path: '/v1/claims/none/revisions',
    body: { place, reason },
    version: 1,
  },
  withdrawClaim: { path: '/v1/claims/none/withdraw', body: {}, version: 1 },
  listPublications: { path: '/v1/publications' },
  getPublication: { path: '/v1/publications/none' },
  decidePublication: {
    path: '/v1/publications/none/decisions',
    body: { accept: [], sendBack: [] },
    version: 1,
  },
  findName: { path: '/v1/names?ref=group:default/sales' },
  acceptName: {
    path: '/v1/names/accept',
    body: { ref: 'group:default/sales', reason },
  },
};

const spec = readContract();

const operations = Object.entries(spec.paths).flatMap(([path, item]) =>
  Object.values(item).map(operation => ({
    path,
    operationId: operation.operationId,
  })),
);

it('says of every operation of the contract who is let in', () => {
  expect(
    [...Object.keys(table), ...Object.keys(provedElsewhere)].sort(),
  ).toEqual(operations.map(one => one.operationId).sort());
});

const databases = testDatabases(['SQLITE_3']);

describe.each<Mode>(['allow', 'policy', 'deny'])('with the policy %s', mode => {
  let world: AuthorizationWorld;

  beforeAll(async () => {
    world = await startAuthorizationWorld(await databases.migrated('SQLITE_3'));
    world.mode = mode;
  });
  afterAll(() => world?.mesh.stop());

  const letIn = async (row: Row, on: Subject, actors: readonly Actor[]) => {
    const found: Actor[] = [];
    for (const actor of actors) {
      const answer = await world.call(actor, await row.call(on, world));
      const isIn = row.isLetIn ?? (one => !isRefused(one));
      if (isIn(answer, on)) found.push(actor);
    }
    return found.sort();
  };

  it.each(Object.entries(table))('%s lets in', async (_, row) => {
    const [own, foreign] = row.who[mode];
    // Who is let in comes last: what they change refuses nobody by the way.
    for (const [on, wanted] of [
      [world.own, own],
      [world.foreign, foreign],
    ] as const) {
      const others = all.filter(actor => !wanted.includes(actor));
      expect({
        on: on.name,
        letIn: await letIn(row, on, [...noUsers, ...others, ...wanted]),
      }).toEqual({ on: on.name, letIn: [...wanted].sort() });
    }
  });

  it.each(Object.entries(provedElsewhere))(
    '%s lets in users only',
    async (_, call) => {
      const statuses = [];
      for (const actor of noUsers) {
        statuses.push((await world.call(actor, call)).status);
      }
      expect(statuses).toEqual([401, 403, 401]);
    },
  );
});
