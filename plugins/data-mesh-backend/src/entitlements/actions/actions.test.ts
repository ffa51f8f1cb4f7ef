import {
  entitlementActions,
  entitlementActors,
  type EntitlementAction,
  type EntitlementPhase,
  type EntitlementRelation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementRow } from '../../store/tables';
import { testDatabases } from '../../testing/databases';
import { InMemoryFakeSystem } from '../../testing/FakeSystem';
import {
  ANA,
  DORA,
  EVE,
  GIL,
  OMAR,
  ORDERS,
  aRequest,
} from '../../testing/meshFixture';
import { inForce, startMesh, type Mesh } from '../../testing/startMesh';
import { WideFakeProvisioner } from '../../testing/WideFakeProvisioner';

const databases = testDatabases();

const held = { level: 'read' as const, tables: [{ table: 'orders' }] };
const less = {
  level: 'read' as const,
  tables: [{ table: 'orders', columns: ['order_id'] }],
};
const more = {
  level: 'read' as const,
  tables: [{ table: 'orders' }, { table: 'customers' }],
};

/** A change as it stands in the row, as far as retrying one takes. */
const change = (row: EntitlementRow) =>
  JSON.stringify({
    kind: 'amend',
    scope: held,
    since: row.created_at,
    failedFrom: 'applying',
    port: JSON.parse(row.port_snapshot),
    identities: JSON.parse(row.identities),
    actorRef: ANA,
  });

/** What the row of an active entitlement has in each phase instead. */
const rowIn: {
  [P in EntitlementPhase]: (row: EntitlementRow) => Partial<EntitlementRow>;
} = {
  provisioning: () => ({
    state: 'provisioning',
    activated_at: null,
    expires_at: null,
  }),
  'provisioning-failed': () => ({
    state: 'failed',
    failed_from: 'provisioning',
    activated_at: null,
    expires_at: null,
  }),
  active: () => ({}),
  changing: row => ({ change_state: 'applying', change: change(row) }),
  'change-failed': row => ({ change_state: 'failed', change: change(row) }),
  reapplying: () => ({ state: 'provisioning' }),
  'reapplying-failed': () => ({
    state: 'failed',
    failed_from: 'provisioning',
  }),
  suspended: row => ({
    state: 'suspended',
    end_kind: 'suspended',
    suspension: JSON.stringify({
      reason: 'It reaches more',
      since: row.created_at,
      newlyReached: ['more'],
    }),
  }),
  revoking: () => ({ state: 'revoking', end_kind: 'revoked' }),
  'revoking-failed': () => ({
    state: 'failed',
    failed_from: 'revoking',
    end_kind: 'revoked',
  }),
  revoked: () => ({ state: 'revoked', end_kind: 'revoked' }),
  expired: () => ({ state: 'expired', end_kind: 'expired' }),
};

const phases = Object.keys(entitlementActions) as EntitlementPhase[];
const actions = Object.keys(entitlementActors) as EntitlementAction[];

/** What they are to the entitlement that Ana asked for as an analyst. */
const relations = new Map<string, EntitlementRelation[]>([
  [ANA, ['requester', 'holder']],
  [EVE, ['holder']],
  [OMAR, ['owner']],
  [GIL, ['governance']],
  [DORA, []],
]);

const isActor = (userRef: string, action: EntitlementAction) =>
  entitlementActors[action].some(relation =>
    relations.get(userRef)?.includes(relation),
  );

/** What is answered to somebody who takes the action: words and status. */
function answerTo(phase: EntitlementPhase, action: EntitlementAction) {
  const isAsked = action === 'renew' || action === 'amend';
  if (!entitlementActions[phase].includes(action)) {
    return ['refused', isAsked ? 400 : 409];
  }
  // The product is in the catalog.
  if (action === 'move') return [expect.stringMatching(/^Nothing succ/), 409];
  return ['', expect.any(Number)];
}

describe.each(databases.eachSupportedId())(
  'actions on an entitlement on %s',
  databaseId => {
    let mesh: Mesh;
    let active: EntitlementRow;

    beforeAll(async () => {
      mesh = await startMesh({
        knex: await databases.migrated(databaseId),
        provisioner: new WideFakeProvisioner(new InMemoryFakeSystem()),
      });
      const id = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest({ scope: held }),
      });
      const row = await mesh.knex('entitlements').where({ id }).first();
      active = { ...row, readiness_due_at: null };
      // Only one holds the same at a time.
      await mesh.knex('entitlement_steps').del();
      await mesh.knex('entitlements').del();
    });
    afterAll(() => mesh.stop());

    /** Does it with an entitlement in that phase, which holds nothing. */
    const act = async (
      userRef: string,
      phase: EntitlementPhase,
      action: EntitlementAction,
    ): Promise<{ status: number; why: string }> => {
      const id = `${phase} ${action} ${userRef}`.replace(/\W/g, '-');
      await mesh
        .knex('entitlements')
        .insert({ ...active, ...rowIn[phase](active), id });
      const as = mesh.as(userRef);
      const post = (path: string, body: object = {}) =>
        as.post(`/v1/entitlements/${id}/${path}`, body, {
          'if-match': String(active.version),
        });
      const ask = (kind: 'renew' | 'amend') =>
        as.post(
          '/v1/requests',
          aRequest({
            kind,
            entitlementId: id,
            scope: kind === 'amend' ? more : held,
            justification: 'x',
          }),
        );
      const calls: { [A in EntitlementAction]: () => ReturnType<typeof post> } =
        {
          revoke: () => post('revoke', { reason: 'x' }),
          relinquish: () => post('relinquish'),
          retry: () => post('retry'),
          reapply: () => post('reapply'),
          narrow: () => post('narrow', { reason: 'x', scope: less }),
          vend: () => post('credentials', { table: 'orders' }),
          'close-residue': () => post('residue', { reason: 'x' }),
          move: () => post('move', { productRef: ORDERS, port: 'lake' }),
          renew: () => ask('renew'),
          amend: () => ask('amend'),
        };
      const { status, body } = await calls[action]();
      await mesh.knex('access_requests').whereNot({ kind: 'new' }).del();
      await mesh.knex('entitlements').where({ id }).del();
      return { status, why: body.error?.message ?? '' };
    };

    it.each(phases)('are refused where it is %s by its table', async phase => {
      for (const action of actions) {
        const userRef = [ANA, OMAR, GIL].find(one => isActor(one, action));
        const { status, why } = await act(userRef ?? '', phase, action);
        const said = /it is .*, (where|which)|only access that is in/.test(why)
          ? 'refused'
          : why;
        expect([action, said, status]).toEqual([
          action,
          ...answerTo(phase, action),
        ]);
      }
    });

    it.each([...relations.keys()])('are for %s by its table', async userRef => {
      for (const action of actions) {
        const phase = entitlementActions.active.includes(action)
          ? 'active'
          : 'revoking-failed';
        const { status, why } = await act(userRef, phase, action);
        const isRefused =
          status === 403 || /no entitlement '.*' that you asked for/.test(why);
        expect({ action, isRefused, why }).toEqual({
          action,
          isRefused: !isActor(userRef, action),
          why,
        });
      }
    });
  },
);
