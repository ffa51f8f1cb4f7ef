import { DeleteTableCommand } from '@aws-sdk/client-glue';
import {
  grant,
  listed,
  onAllColumnsBut,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
  revoke,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import {
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

/** The doubled words are AWS's. */
const notHeld = (permissions: string) =>
  invalidInputWith(
    `No permissions revoked. Grantee does not does not have:[${permissions}]`,
  );

describe('RevokePermissions', () => {
  it('takes away what it names and leaves the rest', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(
      lakeFormation,
      'Analyst',
      onTable(),
      ['SELECT', 'DESCRIBE', 'INSERT'],
      ['DESCRIBE', 'INSERT'],
    );
    await revoke(lakeFormation, 'Analyst', onTable(), ['SELECT', 'INSERT']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders, may grant DESCRIBE',
    ]);
  });

  it('takes the grant option alone', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['DROP'], ['DROP']);
    await grant(
      lakeFormation,
      'Engineer',
      onColumns('amount'),
      ['SELECT'],
      ['SELECT'],
    );
    await revoke(lakeFormation, 'Analyst', onTable(), [], ['DROP']);
    await revoke(
      lakeFormation,
      'Engineer',
      onColumns('amount'),
      [],
      ['SELECT'],
    );

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DROP on table sales.orders',
      'Engineer: SELECT on columns of sales.orders: amount',
    ]);
  });

  it('leaves the others when ALL goes', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onDatabase(), ['ALL', 'DESCRIBE']);
    await revoke(lakeFormation, 'Analyst', onDatabase(), ['ALL']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE on database sales',
    ]);
  });

  it('takes some of the columns, then the rest', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(
      lakeFormation,
      'Analyst',
      onColumns('order_id', 'email', 'amount'),
      ['SELECT'],
    );
    await revoke(lakeFormation, 'Analyst', onColumns('email'), ['SELECT']);
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on columns of sales.orders: order_id, amount',
    ]);

    await revoke(lakeFormation, 'Analyst', onColumns('order_id', 'amount'), [
      'SELECT',
    ]);
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('takes columns out of "all but"', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onAllColumnsBut('email'), ['SELECT']);
    await revoke(lakeFormation, 'Analyst', onColumns('amount'), ['SELECT']);

    expect(await listed(lakeFormation)).toEqual([
      'Analyst: SELECT on all columns of sales.orders but email, amount',
    ]);
  });

  it('takes SELECT on all tables by the line that is listed for it', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onAllTables(), ['SELECT']);
    await revoke(
      lakeFormation,
      'Analyst',
      {
        TableWithColumns: {
          DatabaseName: 'sales',
          Name: 'ALL_TABLES',
          ColumnWildcard: {},
        },
      },
      ['SELECT'],
    );

    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('revokes all or nothing, and says what is not held', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['DESCRIBE']);

    expect(
      await refusalOf(
        revoke(lakeFormation, 'Analyst', onTable(), [
          'DESCRIBE',
          'ALTER',
          'DROP',
        ]),
      ),
    ).toEqual(notHeld('ALTER, DROP'));
    expect(
      await refusalOf(
        revoke(lakeFormation, 'Analyst', onTable(), ['DESCRIBE'], ['DESCRIBE']),
      ),
    ).toEqual(notHeld('DESCRIBE'));
    expect(
      await refusalOf(revoke(lakeFormation, 'Engineer', onDatabase(), ['ALL'])),
    ).toEqual(notHeld('ALL'));
    expect(
      await refusalOf(
        revoke(lakeFormation, 'Analyst', onColumns('email'), ['SELECT']),
      ),
    ).toEqual(notHeld('SELECT'));
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE on table sales.orders',
    ]);
  });

  it('does not cut columns out of SELECT beside other permissions', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTable(), ['SELECT', 'DESCRIBE']);

    expect(
      await refusalOf(
        revoke(lakeFormation, 'Analyst', onColumns('email'), ['SELECT']),
      ),
    ).toEqual(invalidInputWith('Permissions modification is invalid.'));
  });

  it('knows IAM_ALLOWED_PRINCIPALS as EVERYONE too', async () => {
    const { lakeFormation } = (
      await startTestEmulator({
        databases: [
          aDatabase({
            iamAllowedPrincipals: true,
            tables: [aTable({ iamAllowedPrincipals: true })],
          }),
        ],
      })
    ).asAdmin;
    await revoke(lakeFormation, 'EVERYONE', onTable(), ['ALL']);
    await revoke(lakeFormation, 'IAM_ALLOWED_PRINCIPALS', onDatabase(), [
      'ALL',
    ]);

    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('works on a table that is gone, for grants outlive it', async () => {
    const { asAdmin } = await startTestEmulator();
    await grant(asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']);
    await grant(
      asAdmin.lakeFormation,
      'arn:aws:iam::111111111111:root',
      onTable(),
      ['DROP'],
    );
    await asAdmin.glue.send(
      new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
    );
    expect(await listed(asAdmin.lakeFormation)).toEqual([
      'Analyst: SELECT on all columns of sales.orders',
      'arn:aws:iam::111111111111:root: DROP on table sales.orders',
    ]);

    await revoke(asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']);
    expect(
      (
        await refusalOf(
          revoke(asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']),
        )
      ).code,
    ).toBe('EntityNotFoundException');
  });

  it('lets a holder with the grant option revoke, and nobody else', async () => {
    const emulator = await startTestEmulator({
      grants: [
        {
          principal: roleArn('Engineer'),
          resource: { database: 'sales', table: 'orders' },
          permissions: ['SELECT'],
          grantOption: true,
        },
        {
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders' },
          permissions: ['SELECT'],
        },
      ],
    });
    const attempt = (role: 'Analyst' | 'Engineer') =>
      revoke(emulator.asRole(role).lakeFormation, 'Analyst', onTable(), [
        'SELECT',
      ]);

    expect(await refusalOf(attempt('Analyst'))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await attempt('Engineer');
    expect(await listed(emulator.asAdmin.lakeFormation)).toEqual([
      'Engineer: SELECT on all columns of sales.orders, may grant SELECT',
    ]);
  });

  it('refuses the catalog of another account, where nothing is shared', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    expect(
      await refusalOf(
        revoke(
          lakeFormation,
          'Analyst',
          { Database: { Name: 'sales', CatalogId: OTHER_ACCOUNT } },
          ['DESCRIBE'],
        ),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });
});
