import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  PutResourcePolicyCommandInput,
} from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const policy = (fields: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ram.amazonaws.com' },
        Action: 'glue:ShareResource',
        Resource: ['arn:aws:glue:eu-west-1:111111111111:catalog'],
        ...fields,
      },
    ],
  });

const put = (
  { glue }: TestClients,
  fields: Partial<PutResourcePolicyCommandInput> = {},
) =>
  glue.send(
    new PutResourcePolicyCommand({ PolicyInJson: policy(), ...fields }),
  );

const get = ({ glue }: TestClients) =>
  glue.send(new GetResourcePolicyCommand({}));

const remove = ({ glue }: TestClients, PolicyHashCondition?: string) =>
  glue.send(new DeleteResourcePolicyCommand({ PolicyHashCondition }));

const CONDITION_FAILED = { code: 'ConditionCheckFailureException' };

describe('the resource policy', () => {
  it('is set, shown and taken away', async () => {
    const emulator = await startTestEmulator();
    const { asAdmin } = emulator;
    expect(await refusalOf(get(asAdmin))).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Policy not found',
    });
    const { PolicyHash } = await put(asAdmin);
    emulator.clock.advance(60_000);
    await put(asAdmin, { PolicyInJson: policy({ Sid: 'changed' }) });
    const found = await get(asAdmin);
    expect(found.PolicyInJson).toBe(policy({ Sid: 'changed' }));
    expect(found.PolicyHash).not.toBe(PolicyHash);
    expect(found.UpdateTime?.getTime()).toBeGreaterThan(
      found.CreateTime?.getTime() ?? Infinity,
    );
    await remove(asAdmin);
    expect(await refusalOf(remove(asAdmin))).toMatchObject({
      code: 'EntityNotFoundException',
    });
  });

  it('is of one account in one region', async () => {
    const emulator = await startTestEmulator();
    await put(emulator.asAdmin);
    expect(await refusalOf(get(emulator.as('222222222222')))).toMatchObject({
      code: 'EntityNotFoundException',
    });
  });

  it('is only changed under the conditions that are named', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(
      await refusalOf(put(asAdmin, { PolicyExistsCondition: 'MUST_EXIST' })),
    ).toMatchObject(CONDITION_FAILED);
    const { PolicyHash } = await put(asAdmin, {
      PolicyExistsCondition: 'NOT_EXIST',
    });
    expect(
      await refusalOf(put(asAdmin, { PolicyExistsCondition: 'NOT_EXIST' })),
    ).toMatchObject(CONDITION_FAILED);
    expect(
      await refusalOf(put(asAdmin, { PolicyHashCondition: 'other' })),
    ).toMatchObject(CONDITION_FAILED);
    expect(await refusalOf(remove(asAdmin, 'other'))).toMatchObject(
      CONDITION_FAILED,
    );
    await put(asAdmin, { PolicyHashCondition: PolicyHash });
    await remove(asAdmin, PolicyHash);
  });

  it('comes with the seed, which refuses what Glue would', async () => {
    const { asAdmin } = await startTestEmulator({
      resourcePolicy: JSON.parse(policy()),
    });
    expect((await get(asAdmin)).PolicyInJson).toBe(policy());
    await expect(
      startTestEmulator({ resourcePolicy: { Statement: [{}] } }),
    ).rejects.toThrow(
      "The emulator's seed has a resourcePolicy that Glue would refuse, account 111111111111: Statement 1 of the policy must have the Effect Allow or Deny.",
    );
  });

  it('stays with a snapshot', async () => {
    const emulator = await startTestEmulator();
    await put(emulator.asAdmin);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.reset();
    emulator.restore(saved);
    expect((await get(emulator.asAdmin)).PolicyInJson).toBe(policy());
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'not valid JSON'],
    ['no statement', '{}', 'not valid JSON with a Statement'],
    ['no principal', policy({ Principal: undefined }), 'must have a Principal'],
    [
      'another effect',
      policy({ Effect: 'Maybe' }),
      'must have the Effect Allow or Deny',
    ],
    [
      'resources of another account',
      policy({ Resource: 'arn:aws:glue:eu-west-1:222222222222:catalog' }),
      'must have Resources of arn:aws:glue:eu-west-1:111111111111:*, found arn:aws:glue:eu-west-1:222222222222:catalog',
    ],
  ])('is refused with %s', async (_, PolicyInJson, message) => {
    const { asAdmin } = await startTestEmulator();
    expect(await refusalOf(put(asAdmin, { PolicyInJson }))).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining(message),
    });
  });
});
