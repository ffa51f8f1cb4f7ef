import { GetResourceShareAssociationsCommand } from '@aws-sdk/client-ram';
import {
  READER,
  acceptAll,
  anOrganization,
  startCrossAccount,
} from '../../../__testUtils__/crossAccount';
import {
  grant,
  onAllTables,
  onDatabase,
  onTable,
  revoke,
} from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT } from '../../../__testUtils__/seeds';
import { startShared } from '../../../__testUtils__/shares';
import { TestClients } from '../../../__testUtils__/startTestEmulator';

const associations = async (
  { ram }: TestClients,
  associationType: 'PRINCIPAL' | 'RESOURCE',
  input: object = {},
) =>
  (
    await ram.send(
      new GetResourceShareAssociationsCommand({ associationType, ...input }),
    )
  ).resourceShareAssociations ?? [];

const entities = async (...input: Parameters<typeof associations>) =>
  (await associations(...input)).map(({ associatedEntity = '' }) =>
    associatedEntity.replace(`arn:aws:glue:eu-west-1:${ACCOUNT}:`, ''),
  );

describe('GetResourceShareAssociations', () => {
  it('tells whether a principal has arrived', async () => {
    const { owner, consumer } = await startShared({ accepted: false });
    expect(await associations(owner, 'PRINCIPAL')).toMatchObject([
      { associatedEntity: READER, status: 'ASSOCIATING', external: true },
    ]);
    await acceptAll(consumer.ram);
    expect(
      await associations(owner, 'PRINCIPAL', { principal: READER }),
    ).toMatchObject([{ status: 'ASSOCIATED' }]);
    expect(await associations(consumer, 'PRINCIPAL')).toEqual([]);
  });

  it('has members of an organization that shares at once', async () => {
    const { owner } = await startCrossAccount({
      organizations: [anOrganization()],
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await associations(owner, 'PRINCIPAL')).toMatchObject([
      { status: 'ASSOCIATED', external: false },
    ]);
  });

  it('has the resources that grants need, and no more', async () => {
    const { owner } = await startShared();
    await grant(owner.lakeFormation, READER, onAllTables(), ['DESCRIBE']);
    await grant(owner.lakeFormation, READER, onDatabase(), ['DESCRIBE']);
    expect(await entities(owner, 'RESOURCE')).toEqual([
      'catalog',
      'database/sales',
      'table/sales/orders',
      'table/sales/*',
    ]);
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await revoke(owner.lakeFormation, READER, onAllTables(), ['DESCRIBE']);
    expect(await entities(owner, 'RESOURCE')).toEqual([
      'catalog',
      'database/sales',
    ]);
    expect(
      await entities(owner, 'RESOURCE', {
        resourceArn: `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`,
      }),
    ).toEqual(['database/sales']);
  });

  it('has patterns instead of names by version 5', async () => {
    const { owner } = await startCrossAccount({
      owner: { settings: { crossAccountVersion: 5 } },
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await entities(owner, 'RESOURCE')).toEqual([
      'catalog',
      'database/*',
      'table/*/*',
    ]);
    expect(
      await entities(owner, 'RESOURCE', {
        resourceArn: `arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/orders`,
      }),
    ).toEqual([]);
  });

  it.each([
    [{ associationType: 'SOURCE' }],
    [{ associationType: 'PRINCIPAL', resourceArn: 'arn:aws:glue:x' }],
    [{ associationType: 'RESOURCE', principal: READER }],
    [{ associationType: 'ALL' }],
  ])('refuses %j', async input => {
    const { owner } = await startShared();
    expect(
      await refusalOf(
        owner.ram.send(new GetResourceShareAssociationsCommand(input as never)),
      ),
    ).toMatchObject({ code: 'InvalidParameterException' });
  });
});
