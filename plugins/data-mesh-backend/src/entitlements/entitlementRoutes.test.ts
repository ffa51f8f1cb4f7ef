import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeSystemError } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  ANA,
  ANALYSTS_ROLE,
  aRequest,
  EVE,
  OMAR,
  ORDERS,
  STELLA,
} from '../testing/meshFixture';
import { startMesh, type Mesh } from '../testing/startMesh';

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'the HTTP API of entitlements and grants on %s',
  databaseId => {
    let mesh: Mesh;

    beforeEach(async () => {
      mesh = await startMesh({ knex: await databases.migrated(databaseId) });
    });

    afterEach(() => mesh.stop());

    /** What ana asked for and omar has approved. */
    const approved = async (): Promise<string> => {
      const asked = await mesh.as(ANA).post('/v1/requests', aRequest());
      const { id, version } = asked.body.items[0];
      const decided = await mesh
        .as(OMAR)
        .post(
          `/v1/requests/${id}/decisions`,
          { decision: 'approve' },
          { 'if-match': String(version) },
        );
      return decided.body.entitlementId;
    };

    /** Waits for the worker, as an open page does. */
    const reached = async (
      id: string,
      state: EntitlementDetail['state'],
    ): Promise<EntitlementDetail> => {
      for (;;) {
        const { body } = await mesh.as(OMAR).get(`/v1/entitlements/${id}`);
        if (body.state === state) return body;
        await new Promise(resolve => setImmediate(resolve));
      }
    };

    it('walks from approval over the list and the grants to revocation', async () => {
      const id = await approved();
      const active = await reached(id, 'active');
      expect(active).toMatchObject({
        principal: { id: ANALYSTS_ROLE },
        approvedBy: [OMAR],
        actions: ['revoke', 'reapply', 'narrow'],
        steps: [{ state: 'done', outcome: 'applied and verified' }],
      });

      // Eve belongs to the group whose role holds it.
      const mine = await mesh.as(EVE).get('/v1/entitlements?view=mine');
      expect(mine.body.items).toMatchObject([{ id, state: 'active' }]);
      const others = await mesh.as(STELLA).get('/v1/entitlements?view=mine');
      expect(others.body).toEqual({ items: [] });
      const filtered = await mesh
        .as(OMAR)
        .get('/v1/entitlements?state=revoked&state=failed&limit=10');
      expect(filtered.body).toEqual({ items: [] });

      const grants = await mesh
        .as(OMAR)
        .get('/v1/products/default/orders/grants');
      expect(grants.status).toBe(200);
      expect(grants.body).toMatchObject({
        productRef: ORDERS,
        missing: [],
        errors: [],
        items: [
          {
            port: 'lake',
            grant: { principal: { id: ANALYSTS_ROLE } },
            because: {
              kind: 'entitlement',
              entitlementId: id,
              requesterRef: ANA,
              approvedBy: [OMAR],
            },
          },
        ],
      });

      const preview = await mesh
        .as(OMAR)
        .get(`/v1/entitlements/${id}/revocation`);
      expect(preview.body).toEqual({
        keeps: [],
        removes: [
          { words: { text: 'Reading of `sales.orders.amount`' } },
          { words: { text: 'Reading of `sales.orders.order_id`' } },
        ],
      });

      const revoking = await mesh
        .as(OMAR)
        .post(
          `/v1/entitlements/${id}/revoke`,
          { reason: 'No longer needed' },
          { 'if-match': String(active.version) },
        );
      expect(revoking.status).toBe(202);
      expect(await reached(id, 'revoked')).toMatchObject({
        endReason: 'No longer needed',
        endedBy: OMAR,
      });
      const after = await mesh
        .as(OMAR)
        .get('/v1/products/default/orders/grants');
      expect(after.body.items).toEqual([]);
      expect(await mesh.trail()).toContainEqual({
        eventId: 'entitlement-revoking',
        meta: expect.objectContaining({
          actorRef: OMAR,
          subject: `entitlement:${id}`,
        }),
      });
    });

    it('retries what failed, and hands back', async () => {
      mesh.provisioner.failNext(
        'apply',
        new FakeSystemError('AccessDenied', 'permanent'),
      );
      const id = await approved();
      const failed = await reached(id, 'failed');
      expect(failed.error).toMatchObject({ code: 'AccessDenied' });

      const retried = await mesh.as(ANA).post(
        `/v1/entitlements/${id}/retry`,
        {},
        {
          'if-match': String(failed.version),
        },
      );
      expect(retried.status).toBe(202);
      const active = await reached(id, 'active');

      const handedBack = await mesh.as(ANA).post(
        `/v1/entitlements/${id}/relinquish`,
        {},
        {
          'if-match': `"${active.version}"`,
        },
      );
      expect(handedBack.status).toBe(202);
      await reached(id, 'revoked');
    });

    it.each([
      ['no version', { reason: 'x' }, {}, 400, /If-Match|if-match/],
      [
        'a version that is none',
        { reason: 'x' },
        { 'if-match': 'latest' },
        400,
        /If-Match is 'latest', expected the version/,
      ],
      ['no reason', {}, { 'if-match': '2' }, 400, /reason/],
      ['an empty reason', { reason: '' }, { 'if-match': '2' }, 400, /reason/],
      [
        'a reason of spaces',
        { reason: '  ' },
        { 'if-match': '2' },
        400,
        /^reason: is empty/,
      ],
      [
        'an unknown property',
        { reason: 'x', force: true },
        { 'if-match': '2' },
        400,
        /force|additional/,
      ],
      [
        'an old version',
        { reason: 'x' },
        { 'if-match': '1' },
        409,
        /it is active now \(version 2/,
      ],
    ])(
      'refuses to revoke with %s and changes nothing',
      async (_, body, headers, status, message) => {
        const id = await approved();
        await reached(id, 'active');
        const refused = await mesh
          .as(OMAR)
          .post(
            `/v1/entitlements/${id}/revoke`,
            body,
            headers as { [name: string]: string },
          );
        expect(refused.status).toBe(status);
        expect(refused.body.error.message).toMatch(message);
        expect(await reached(id, 'active')).toMatchObject({ version: 2 });
      },
    );

    it.each([
      ['GET', '/v1/entitlements/nope', 404],
      ['GET', '/v1/entitlements/nope/revocation', 404],
      ['GET', '/v1/entitlements?cursor=nonsense', 400],
      ['GET', '/v1/entitlements?limit=1000', 400],
      ['GET', '/v1/entitlements?state=lost', 400],
      ['GET', '/v1/products/default/none/grants', 404],
    ])('answers %s %s with %d', async (_, path, status) => {
      const answer = await mesh.as(ANA).get(path);
      expect(answer.status).toBe(status);
      expect(answer.body.error.message).toBeTruthy();
    });

    it('refuses who is neither owner nor holder', async () => {
      const id = await approved();
      await reached(id, 'active');
      const refused = await mesh
        .as(STELLA)
        .post(
          `/v1/entitlements/${id}/revoke`,
          { reason: 'x' },
          { 'if-match': '2' },
        );
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(
        /cannot be revoked by user:default\/stella/,
      );
    });
  },
);
