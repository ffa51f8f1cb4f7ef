import {
  RAMClient,
  RejectResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
} from '@aws-sdk/client-ram';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { CONSUMER, EmulatedMesh } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();
const HOUR_MS = 3_600_000;
const analyst = roleArn('analyst', CONSUMER);
const intent = anIntent({ principal: analyst });

/** Grants, and stops before anything is accepted. */
async function granted(mesh: EmulatedMesh): Promise<PlanStep[]> {
  const plan = await mesh.entitlements.plan(intent);
  await mesh.entitlements.carryOut({ ...plan, steps: plan.steps.slice(0, 1) });
  return plan.steps.slice(1);
}

async function carryOutRest(mesh: EmulatedMesh, steps: PlanStep[]) {
  const plan = await mesh.entitlements.plan(intent);
  await mesh.entitlements.carryOut({ ...plan, steps });
}

const ramOf = (mesh: EmulatedMesh) =>
  new RAMClient({
    region: REGION,
    endpoint: mesh.emulator.url,
    credentials: { accessKeyId: CONSUMER, secretAccessKey: 'not-verified' },
  });

describe('an invitation to a share', () => {
  it('is accepted, once for what comes later in the same share', async () => {
    const mesh = await world.start();
    await mesh.entitlements.grant(intent);
    expect(mesh.callsSince()).toContain('AcceptResourceShareInvitation');
    await mesh.entitlements.grant(
      anIntent({ principal: analyst, tables: ['customers'] }),
    );
    expect(mesh.callsSince()).not.toContain('AcceptResourceShareInvitation');
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'customers')).toEqual(
      COLUMNS,
    );
  });

  it('is found by a provisioner that has not seen the grant', async () => {
    const mesh = await world.start();
    const [acceptance] = await granted(mesh);
    const successor = mesh.restarted();
    const observation = await successor.observe(acceptance);
    expect(observation.state).toBe('absent');
    await successor.apply(acceptance, { observation });
    expect((await successor.observe(acceptance)).state).toBe('present');
  });

  it('is cured by granting again where it is too old', async () => {
    const mesh = await world.start();
    const rest = await granted(mesh);
    mesh.emulator.clock.advance(13 * HOUR_MS);
    await carryOutRest(mesh, rest);
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
  });

  it('is cured by granting again where somebody has rejected it', async () => {
    const mesh = await world.start();
    const rest = await granted(mesh);
    const ram = ramOf(mesh);
    const { resourceShareInvitations: [invitation] = [] } = await ram.send(
      new GetResourceShareInvitationsCommand({}),
    );
    await ram.send(
      new RejectResourceShareInvitationCommand({
        resourceShareInvitationArn: invitation.resourceShareInvitationArn,
      }),
    );
    ram.destroy();
    await carryOutRest(mesh, rest);
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toEqual(
      COLUMNS,
    );
  });

  it('is cured too where granting again was cut off in the middle', async () => {
    const mesh = await world.start();
    const rest = await granted(mesh);
    mesh.emulator.clock.advance(13 * HOUR_MS);
    mesh.emulator.faults.add({
      operation: 'GrantPermissions',
      kind: 'reset',
      times: 3,
    });
    await expect(carryOutRest(mesh, rest)).rejects.toThrow();
    const successor = mesh.restarted();
    const observation = await successor.observe(rest[0]);
    await successor.apply(rest[0], { observation });
    expect((await successor.observe(rest[0])).state).toBe('present');
  });

  it('says what may be wrong where no share comes', async () => {
    const mesh = await world.start();
    const [acceptance] = await granted(mesh);
    mesh.emulator.faults.add({
      operation: 'GetResourceShareInvitations',
      kind: 'error',
      error: { code: 'AccessDeniedException', message: 'No.', status: 403 },
      times: 'always',
    });
    const observation = await mesh.provisioner.observe(acceptance);
    expect(observation.state).toBe('absent');
    await expect(
      mesh.provisioner.apply(acceptance, { observation }),
    ).rejects.toThrow('No.');
    // Ending needs nothing of that account's RAM.
    expect(
      mesh.provisioner.planUndo(acceptance, {
        observation,
        baseline: {},
        others: [],
      }),
    ).toEqual({ removes: [], keeps: [] });
  });

  it('is not looked for where nothing was granted yet', async () => {
    const mesh = await world.start();
    const { steps } = await mesh.entitlements.plan(intent);
    const acceptance = steps[1];
    expect(acceptance.needs).toEqual([steps[0].id]);
    expect((await mesh.provisioner.observe(acceptance)).state).toBe('absent');
    expect(mesh.callsSince()).not.toContain('GetResourceShareInvitations');
  });

  it('does not keep the end of an access waiting for the other account', async () => {
    const mesh = await world.start();
    const { live } = await mesh.entitlements.grant(intent);
    const acceptance = live.find(({ step }) => step.kind === 'acceptShare');
    expect(
      live.filter(({ step }) =>
        step.needs.includes(acceptance?.step.id ?? 'none'),
      ),
    ).toEqual([]);
    mesh.emulator.faults.add({
      service: 'ram',
      kind: 'error',
      error: {
        code: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
        status: 403,
      },
      times: 'always',
    });
    await mesh.entitlements.end(
      live.filter(({ step }) => step.accountId === ACCOUNT),
    );
    expect(await mesh.columnsSeenBy(analyst, DATABASE, 'orders')).toBe(
      'AccessDeniedException',
    );
    await mesh.entitlements.end(
      live.filter(({ step }) => step.accountId !== ACCOUNT),
    );
  });
});
