import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  CreateRoleCommand,
  CreateRoleCommandInput,
  DeleteRoleCommand,
  GetRoleCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assumedRole } from '../../../__testUtils__/assumedRole';
import { grant, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const started = () => startTestEmulator({ roles: ['Analyst', 'Steward'] });

const create = (
  { iam }: TestClients,
  fields: Partial<CreateRoleCommandInput> = {},
) =>
  iam.send(
    new CreateRoleCommand({
      RoleName: 'Analyst',
      AssumeRolePolicyDocument: '{}',
      ...fields,
    }),
  );

const remove = ({ iam }: TestClients, RoleName = 'Analyst') =>
  iam.send(new DeleteRoleCommand({ RoleName }));

const roleOf = async ({ iam }: TestClients) =>
  (await iam.send(new GetRoleCommand({ RoleName: 'Analyst' }))).Role;

const readOrders = ({ glue }: TestClients) =>
  glue.send(new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }));

describe('roles', () => {
  it('that are created again have another id, and what was granted to the name', async () => {
    const emulator = await started();
    const { asAdmin } = emulator;
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']);
    const before = await roleOf(asAdmin);
    const session = await assumedRole(emulator, 'Analyst');
    await readOrders(session);

    await remove(asAdmin);
    expect(await refusalOf(roleOf(asAdmin))).toMatchObject({
      code: 'NoSuchEntityException',
    });
    expect(await refusalOf(assumedRole(emulator, 'Analyst'))).toMatchObject({
      code: 'AccessDenied',
    });
    expect(await refusalOf(readOrders(session))).toMatchObject({
      code: 'UnrecognizedClientException',
    });
    expect(
      await refusalOf(
        grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['DROP']),
      ),
    ).toMatchObject({ code: 'InvalidInputException' });

    emulator.clock.advance(60_000);
    await create(asAdmin);
    const after = await roleOf(asAdmin);
    expect(after?.Arn).toBe(before?.Arn);
    expect(after?.RoleId).not.toBe(before?.RoleId);
    expect(after?.CreateDate?.getTime()).toBeGreaterThan(
      before?.CreateDate?.getTime() ?? Infinity,
    );
    const again = await assumedRole(emulator, 'Analyst');
    await readOrders(again);
    const { UserId } = await again.sts.send(new GetCallerIdentityCommand({}));
    expect(UserId).toBe(`${after?.RoleId}:session`);
  });

  it('have a path, and one name however it is', async () => {
    const { asAdmin } = await started();
    const { Role } = await create(asAdmin, { RoleName: 'New', Path: '/team/' });
    expect(Role).toMatchObject({
      Path: '/team/',
      Arn: 'arn:aws:iam::111111111111:role/team/New',
    });
    expect(await refusalOf(create(asAdmin, { RoleName: 'New' }))).toMatchObject(
      { code: 'EntityAlreadyExistsException' },
    );
  });

  it('come back with a reset, and as they were with a snapshot', async () => {
    const emulator = await started();
    const { asAdmin } = emulator;
    const first = await roleOf(asAdmin);
    await remove(asAdmin);
    await create(asAdmin);
    const second = await roleOf(asAdmin);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    emulator.reset();
    expect((await roleOf(asAdmin))?.RoleId).toBe(first?.RoleId);
    emulator.restore(saved);
    expect((await roleOf(asAdmin))?.RoleId).toBe(second?.RoleId);
  });

  it('are refused where they are wrong, or where the seed lists none', async () => {
    const { asAdmin } = await started();
    expect(
      await refusalOf(create(asAdmin, { AssumeRolePolicyDocument: '{' })),
    ).toMatchObject({ code: 'MalformedPolicyDocumentException' });
    expect(await refusalOf(create(asAdmin, { RoleName: 'a b' }))).toMatchObject(
      { code: 'ValidationError' },
    );
    expect(await refusalOf(remove(asAdmin, 'Nobody'))).toMatchObject({
      code: 'NoSuchEntityException',
    });
  });

  it('can be deleted and created where the seed lists none', async () => {
    const { asAdmin } = await startTestEmulator();
    const first = await roleOf(asAdmin);
    await remove(asAdmin);
    expect(await refusalOf(remove(asAdmin))).toMatchObject({
      code: 'NoSuchEntityException',
    });
    await create(asAdmin, { Path: '/team/' });
    expect(await refusalOf(create(asAdmin))).toMatchObject({
      code: 'EntityAlreadyExistsException',
    });
    const second = await roleOf(asAdmin);
    expect(second?.Arn).toBe('arn:aws:iam::111111111111:role/team/Analyst');
    expect(second?.RoleId).not.toBe(first?.RoleId);
  });
});
