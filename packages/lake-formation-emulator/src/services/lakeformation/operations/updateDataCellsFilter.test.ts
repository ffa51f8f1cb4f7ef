import {
  DataCellsFilter,
  GetDataCellsFilterCommand,
  UpdateDataCellsFilterCommand,
} from '@aws-sdk/client-lakeformation';
import { aFilter, createFilter } from '../../../__testUtils__/filters';
import { refusalOf } from '../../../__testUtils__/refusal';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const update = (
  { lakeFormation }: TestClients,
  fields: Partial<DataCellsFilter>,
) =>
  lakeFormation.send(
    new UpdateDataCellsFilterCommand({ TableData: aFilter(fields) }),
  );

describe('UpdateDataCellsFilter', () => {
  it('replaces rows and columns and gives a new version', async () => {
    const { asAdmin } = await startTestEmulator();
    await createFilter(asAdmin.lakeFormation, {
      ColumnNames: ['email'],
      ColumnWildcard: undefined,
    });
    const change = { RowFilter: { FilterExpression: 'amount > 5' } };
    await update(asAdmin, { ...change, VersionId: '1' });
    const get = () =>
      asAdmin.lakeFormation.send(
        new GetDataCellsFilterCommand(aFilter() as Required<DataCellsFilter>),
      );
    expect((await get()).DataCellsFilter).toEqual({
      ...aFilter(change),
      VersionId: '2',
    });
    await update(asAdmin, change);
    expect((await get()).DataCellsFilter?.VersionId).toBe('3');
  });

  it('refuses a version that is not the last, changing nothing', async () => {
    const { asAdmin } = await startTestEmulator();
    await createFilter(asAdmin.lakeFormation);
    await update(asAdmin, { VersionId: '1' });
    expect((await refusalOf(update(asAdmin, { VersionId: '1' }))).code).toBe(
      'ConcurrentModificationException',
    );
  });

  it('refuses what is not there and what does not fit', async () => {
    const { asAdmin } = await startTestEmulator();
    expect((await refusalOf(update(asAdmin, {}))).code).toBe(
      'EntityNotFoundException',
    );
    await createFilter(asAdmin.lakeFormation);
    expect(
      (
        await refusalOf(
          update(asAdmin, { RowFilter: { FilterExpression: 'nope = 1' } }),
        )
      ).message,
    ).toContain("the table has no column 'nope'");
  });
});
