import { GetEffectivePermissionsForPathCommand } from '@aws-sdk/client-lakeformation';
import { spoken } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const atPath = async ({ lakeFormation }: TestClients, ResourceArn: string) =>
  (
    await lakeFormation.send(
      new GetEffectivePermissionsForPathCommand({ ResourceArn }),
    )
  ).Permissions?.map(spoken);

const twoTables = () =>
  startTestEmulator({
    databases: [
      aDatabase({
        locationUri: 's3://lake/sales/',
        tables: [
          aTable(),
          aTable({ name: 'refunds', location: 's3://lake/sales/refunds' }),
        ],
      }),
    ],
    grants: [
      {
        principal: roleArn('Analyst'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['SELECT'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales', table: 'refunds' },
        permissions: ['INSERT'],
      },
      {
        principal: roleArn('Steward'),
        resource: { database: 'sales', table: '*' },
        permissions: ['DESCRIBE'],
      },
      {
        principal: roleArn('Steward'),
        resource: { database: 'sales' },
        permissions: ['ALTER'],
      },
    ],
  });

describe('GetEffectivePermissionsForPath', () => {
  it('lists the grants on tables and databases at the path', async () => {
    const { asAdmin } = await twoTables();
    expect(await atPath(asAdmin, 'arn:aws:s3:::lake/sales/orders')).toEqual([
      'Analyst: SELECT on all columns of sales.orders',
      'Steward: DESCRIBE on table sales.ALL_TABLES',
    ]);
    expect(await atPath(asAdmin, 'arn:aws:s3:::lake/sales')).toEqual([
      'Analyst: SELECT on all columns of sales.orders',
      'Engineer: INSERT on table sales.refunds',
      'Steward: DESCRIBE on table sales.ALL_TABLES',
      'Steward: ALTER on database sales',
    ]);
    expect(await atPath(asAdmin, 'arn:aws:s3:::lake/sal')).toEqual([]);
  });

  it('shows others only what they hold themselves', async () => {
    const emulator = await twoTables();
    expect(
      await atPath(emulator.asRole('Analyst'), 'arn:aws:s3:::lake/sales'),
    ).toEqual(['Analyst: SELECT on all columns of sales.orders']);
  });

  it('refuses what is no path in S3', async () => {
    const { asAdmin } = await twoTables();
    expect((await refusalOf(atPath(asAdmin, 's3://lake'))).code).toBe(
      'InvalidInputException',
    );
  });
});
