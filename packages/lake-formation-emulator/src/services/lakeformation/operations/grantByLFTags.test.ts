import { GetDatabasesCommand, GetTableCommand } from '@aws-sdk/client-glue';
import { Permission } from '@aws-sdk/client-lakeformation';
import {
  grant,
  listed,
  onPolicy,
  onTable,
  onTag,
  revoke,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { aDatabase, aTable } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

/** `sales.orders` with `email` overriding what it inherits. */
const start = () =>
  startTestEmulator({
    lfTags: [
      { key: 'team', values: ['a', 'b'] },
      { key: 'sensitivity', values: ['public', 'pii'] },
    ],
    databases: [
      aDatabase({
        lfTags: { team: 'a', sensitivity: 'public' },
        tables: [
          aTable({
            columns: [
              { name: 'order_id', type: 'bigint' },
              { name: 'email', type: 'string', lfTags: { sensitivity: 'pii' } },
            ],
          }),
        ],
      }),
    ],
  });

async function columns({ glue }: TestClients) {
  const { Table } = await glue.send(
    new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
  );
  return Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);
}

async function databases({ glue }: TestClients) {
  const { DatabaseList } = await glue.send(new GetDatabasesCommand({}));
  return DatabaseList?.map(({ Name }) => Name);
}

const PUBLIC = onPolicy('TABLE', { sensitivity: ['public'] });

describe('grants by tag policies', () => {
  it('reach exactly the columns that match', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', PUBLIC, ['SELECT']);
    expect(await columns(emulator.asRole('Analyst'))).toEqual(['order_id']);
    await grant(
      lakeFormation,
      'Engineer',
      onPolicy('TABLE', { sensitivity: ['public', 'pii'], team: ['a'] }),
      ['SELECT'],
    );
    expect(await columns(emulator.asRole('Engineer'))).toEqual([
      'order_id',
      'email',
    ]);
    await grant(
      lakeFormation,
      'Steward',
      onPolicy('TABLE', { sensitivity: ['pii'], team: ['b'] }),
      ['SELECT'],
    );
    expect((await refusalOf(columns(emulator.asRole('Steward')))).code).toBe(
      'AccessDeniedException',
    );
  });

  it.each<[Permission]>([['ALTER'], ['DROP'], ['INSERT'], ['ALL']])(
    'shrink %s to DESCRIBE of the columns where only some match',
    async permission => {
      const emulator = await start();
      const { lakeFormation } = emulator.asAdmin;
      await grant(lakeFormation, 'Analyst', PUBLIC, [permission]);
      expect(await columns(emulator.asRole('Analyst'))).toEqual(['order_id']);
      expect(
        await refusalOf(
          grant(
            emulator.asRole('Analyst').lakeFormation,
            'Engineer',
            onTable(),
            ['SELECT'],
          ),
        ),
      ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    },
  );

  it('show databases by a DATABASE policy, not by a TABLE policy', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', PUBLIC, ['SELECT']);
    expect(await databases(emulator.asRole('Analyst'))).toEqual([]);
    await grant(
      lakeFormation,
      'Analyst',
      onPolicy('DATABASE', { team: ['a'] }),
      ['DESCRIBE'],
    );
    expect(await databases(emulator.asRole('Analyst'))).toEqual(['sales']);
  });

  it('are one entry for equal expressions, whatever their order', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    const one = onPolicy('TABLE', { team: ['b', 'a'], Sensitivity: ['PII'] });
    const same = onPolicy('TABLE', { sensitivity: ['pii'], team: ['a', 'b'] });
    await grant(lakeFormation, 'Analyst', one, ['SELECT'], ['SELECT']);
    await grant(lakeFormation, 'Analyst', same, ['DESCRIBE']);
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: DESCRIBE SELECT on tables where sensitivity=pii & team=a|b, may grant SELECT',
    ]);
    await revoke(lakeFormation, 'Analyst', same, ['SELECT', 'DESCRIBE']);
    expect(await listed(lakeFormation)).toEqual([]);
  });

  it('are written by administrators and by those who may grant with every tag', async () => {
    const emulator = await start();
    const admin = emulator.asAdmin.lakeFormation;
    const { lakeFormation } = emulator.asRole('Steward');
    const policy = onPolicy('TABLE', { sensitivity: ['public'], team: ['a'] });
    const attempt = () => grant(lakeFormation, 'Analyst', policy, ['SELECT']);
    await grant(admin, 'Steward', onTag('sensitivity', 'public'), [
      'GRANT_WITH_LF_TAG_EXPRESSION',
    ]);
    expect(await refusalOf(attempt())).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(admin, 'Steward', onTag('team', '*'), [
      'GRANT_WITH_LF_TAG_EXPRESSION',
    ]);
    await attempt();
    expect(await columns(emulator.asRole('Analyst'))).toEqual(['order_id']);
  });

  it('refuse what neither kind of resource knows, long expressions and two of them', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    const attempt = (...args: Parameters<typeof grant>) =>
      refusalOf(grant(...args));
    expect(
      await attempt(
        lakeFormation,
        'Analyst',
        onPolicy('DATABASE', { team: ['a'] }),
        ['SELECT'],
      ),
    ).toEqual(invalidInputWith('Permissions modification is invalid.'));
    expect(
      await attempt(
        lakeFormation,
        'Analyst',
        {
          LFTagPolicy: {
            ResourceType: 'TABLE',
            Expression: [{ TagKey: 'team', TagValues: ['a'] }],
            ExpressionName: 'ours',
          },
        },
        ['SELECT'],
      ),
    ).toEqual(
      invalidInputWith(
        'LF-Tag policy cannot have both an expression and the name of one.',
      ),
    );
    const long = { team: [...Array(90).keys()].map(i => `value-${i}`) };
    expect(
      (
        await attempt(lakeFormation, 'Analyst', onPolicy('TABLE', long), [
          'SELECT',
        ])
      ).message,
    ).toContain('up to 900 bytes');
  });
});

describe('grants on LF-Tags', () => {
  it('list the values on which the same is held together', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    await grant(lakeFormation, 'Analyst', onTag('Team', 'B'), ['ASSOCIATE']);
    await grant(
      lakeFormation,
      'Analyst',
      onTag('team', 'a'),
      ['ASSOCIATE'],
      [],
    );
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: ASSOCIATE on tag team=a|b',
    ]);
    await revoke(lakeFormation, 'Analyst', onTag('team', 'b'), ['ASSOCIATE']);
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: ASSOCIATE on tag team=a',
    ]);
    expect(
      await refusalOf(
        revoke(lakeFormation, 'Analyst', onTag('team', 'a', 'b'), [
          'ASSOCIATE',
        ]),
      ),
    ).toMatchObject({ code: 'InvalidInputException' });
    expect(await listed(lakeFormation)).toEqual([
      'Analyst: ASSOCIATE on tag team=a',
    ]);
  });

  it('are passed on by holders with the grant option, for their values', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asRole('Engineer');
    await grant(
      emulator.asAdmin.lakeFormation,
      'Engineer',
      onTag('team', 'a'),
      ['ASSOCIATE'],
      ['ASSOCIATE'],
    );
    await grant(lakeFormation, 'Analyst', onTag('team', 'a'), ['ASSOCIATE']);
    for (const values of [['b'], ['a', 'b'], ['*']]) {
      expect(
        await refusalOf(
          grant(lakeFormation, 'Analyst', onTag('team', ...values), [
            'ASSOCIATE',
          ]),
        ),
      ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    }
  });

  it('refuse SELECT and unknown values', async () => {
    const { lakeFormation } = (await start()).asAdmin;
    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onTag('team', 'a'), ['SELECT']),
      ),
    ).toEqual(invalidInputWith('Permissions modification is invalid.'));
    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onTag('team', 'z'), ['DESCRIBE']),
      ),
    ).toMatchObject({ message: 'Tag or tag value does not exist.' });
  });
});
