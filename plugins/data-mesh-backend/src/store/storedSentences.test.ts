import type {
  Plan,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { testDatabases } from '../testing/databases';
import { ANA, OMAR, aRequest } from '../testing/meshFixture';
import {
  asked,
  decided,
  inForce,
  startMesh,
  type Mesh,
} from '../testing/startMesh';

const databases = testDatabases();

// What versions wrote before sentences had codes.
const oldStep = ({ undo, ...step }: PlanStep) => ({
  ...step,
  words: step.words.text,
  ...(undo && { undo: { ...undo, words: undo.words.text } }),
});
const oldPlan = ({ steps, ...plan }: Plan) => ({
  ...plan,
  steps: steps.map(oldStep),
  warnings: ['The table has no description'],
  removes: [{ words: 'Reading of `sales.orders` (note)', call: steps[0].call }],
  keeps: [
    {
      words: 'Reading of `sales.orders` (id)',
      because: 'somebody else granted it',
      call: steps[0].call,
    },
  ],
});
const OLD_POLICY = {
  stages: [
    {
      name: 'owner',
      approvers: ['group:default/sales'],
      because: 'the owner decides about the product',
    },
  ],
  refusals: [{ field: 'durationDays', reason: 'At most 90 days' }],
  maxDurationDays: 90,
  autoApproved: false,
};
const OLD_RESIDUE = {
  reason: 'The account is closed',
  closedBy: 'user:default/gil',
  at: '2026-11-20T08:00:00.000Z',
  words: ['Reading of `sales.orders` (amount, id) by `analysts`'],
};

describe.each(databases.eachSupportedId())(
  'sentences that older versions stored as texts, on %s',
  databaseId => {
    let mesh: Mesh;
    const start = async () => {
      mesh = await startMesh({ knex: await databases.migrated(databaseId) });
    };
    afterEach(() => mesh.stop());

    it('are read in requests, which can be decided as they were shown', async () => {
      await start();
      const request = await asked(mesh, ANA, aRequest());
      const row = () => mesh.knex('access_requests').where({ id: request.id });
      const stored = await row().first();
      const plan: Plan = JSON.parse(stored.plan);
      const judged = JSON.parse(stored.judgement);
      await row().update({
        plan: JSON.stringify(oldPlan(plan)),
        policy: JSON.stringify(OLD_POLICY),
        judgement: JSON.stringify({
          ...judged,
          differences: [{ kind: 'product', words: 'The owner was another' }],
        }),
      });
      const { status, body } = await mesh
        .as(OMAR)
        .get(`/v1/requests/${request.id}`);
      expect(status).toBe(200);
      expect(body.plan).toMatchObject({
        steps: [
          {
            words: { text: plan.steps[0].words.text },
            undo: { words: { text: plan.steps[0].undo?.words.text } },
          },
        ],
        warnings: [{ text: 'The table has no description' }],
        removes: [{ words: { text: 'Reading of `sales.orders` (note)' } }],
        keeps: [
          {
            words: { text: 'Reading of `sales.orders` (id)' },
            because: { text: 'somebody else granted it' },
          },
        ],
      });
      expect(body.policy).toMatchObject({
        stages: [{ because: { text: OLD_POLICY.stages[0].because } }],
        refusals: [{ reason: { text: 'At most 90 days' } }],
      });
      expect(body.differences).toMatchObject([
        { words: { text: 'The owner was another' } },
      ]);
      const approved = await decided(mesh, OMAR, body, { decision: 'approve' });
      expect(approved.status).toBe(200);
      expect(approved.body.state).toBe('approved');
    });

    it('are read in the steps and the residue of entitlements', async () => {
      await start();
      const id = await inForce(mesh, {
        requester: ANA,
        approver: OMAR,
        body: aRequest(),
      });
      const rows = () =>
        mesh.knex('entitlement_steps').where({ entitlement_id: id });
      const step: PlanStep = JSON.parse((await rows().first()).step);
      await rows().update({ step: JSON.stringify(oldStep(step)) });
      await mesh
        .knex('entitlements')
        .where({ id })
        .update({ residue: JSON.stringify(OLD_RESIDUE) });
      const { status, body } = await mesh.as(ANA).get(`/v1/entitlements/${id}`);
      expect(status).toBe(200);
      expect(body.steps).toHaveLength(1);
      expect(body.steps[0].step.words).toEqual({ text: step.words.text });
      expect(body.steps[0].step.undo.words).toEqual({
        text: step.undo?.words.text,
      });
      expect(body.residue.words).toEqual([{ text: OLD_RESIDUE.words[0] }]);
    });
  },
);
