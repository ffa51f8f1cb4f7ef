import { GetDataCellsFilterCommand } from '@aws-sdk/client-lakeformation';
import { createFilter } from '../../../__testUtils__/filters';
import { grant, onFilter, onTable } from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { ACCOUNT, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const get = ({ lakeFormation }: TestClients, Name = 'large') =>
  lakeFormation.send(
    new GetDataCellsFilterCommand({
      TableCatalogId: ACCOUNT,
      DatabaseName: 'Sales',
      TableName: 'Orders',
      Name,
    }),
  );

describe('GetDataCellsFilter', () => {
  it('shows a filter to its creator, to holders of a permission on it, and to those who may grant the table', async () => {
    const emulator = await startTestEmulator({
      administrators: [roleArn('Steward')],
    });
    const { lakeFormation } = emulator.asRole('Steward');
    await createFilter(lakeFormation);
    await get(emulator.asRole('Steward'));
    for (const role of ['Analyst', 'Engineer'] as const) {
      expect(await refusalOf(get(emulator.asRole(role)))).toEqual(
        NOT_THERE_OR_NOT_ALLOWED,
      );
    }
    await grant(lakeFormation, 'Analyst', onFilter('large'), ['SELECT']);
    await grant(lakeFormation, 'Engineer', onTable(), ['SELECT'], ['SELECT']);
    for (const role of ['Analyst', 'Engineer'] as const) {
      const { DataCellsFilter } = await get(emulator.asRole(role));
      expect(DataCellsFilter).toMatchObject({ Name: 'large' });
    }
  });

  it('tells only those who see everything that one is missing', async () => {
    const emulator = await startTestEmulator();
    expect((await refusalOf(get(emulator.asAdmin, 'nope'))).code).toBe(
      'EntityNotFoundException',
    );
    expect(await refusalOf(get(emulator.asRole('Analyst'), 'nope'))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
  });
});
