import { GetTableCommand } from '@aws-sdk/client-glue';
import { DeleteDataCellsFilterCommand } from '@aws-sdk/client-lakeformation';
import { createFilter } from '../../../__testUtils__/filters';
import {
  grant,
  listed,
  onFilter,
  revoke,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const remove = ({ lakeFormation }: TestClients, Name = 'large') =>
  lakeFormation.send(
    new DeleteDataCellsFilterCommand({
      DatabaseName: 'sales',
      TableName: 'orders',
      Name,
    }),
  );

describe('DeleteDataCellsFilter', () => {
  it('ends the access through it; grants on it stay and can be revoked', async () => {
    const emulator = await startTestEmulator();
    const { lakeFormation } = emulator.asAdmin;
    await createFilter(lakeFormation);
    await grant(lakeFormation, 'Analyst', onFilter('large'), ['SELECT']);
    const read = () =>
      emulator
        .asRole('Analyst')
        .glue.send(
          new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        );
    await read();
    await remove(emulator.asAdmin);
    expect((await refusalOf(read())).code).toBe('AccessDeniedException');
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on filter large of sales.orders',
    ]);
    await revoke(lakeFormation, 'Analyst', onFilter('large'), ['SELECT']);
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('is for administrators, holders of DROP and nobody else', async () => {
    const emulator = await startTestEmulator();
    const { lakeFormation } = emulator.asAdmin;
    await createFilter(lakeFormation);
    await grant(lakeFormation, 'Analyst', onFilter('large'), [
      'SELECT',
      'DESCRIBE',
    ]);
    expect(await refusalOf(remove(emulator.asRole('Analyst')))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await grant(lakeFormation, 'Engineer', onFilter('large'), ['DROP']);
    await remove(emulator.asRole('Engineer'));
    expect((await refusalOf(remove(emulator.asAdmin))).code).toBe(
      'EntityNotFoundException',
    );
  });

  it('needs all names', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    const { message } = await refusalOf(
      lakeFormation.send(new DeleteDataCellsFilterCommand({ Name: 'large' })),
    );
    expect(message).toContain('DatabaseName, TableName and Name');
  });
});
