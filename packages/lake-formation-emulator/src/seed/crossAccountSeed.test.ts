import { GetTableCommand } from '@aws-sdk/client-glue';
import {
  READER,
  WRITER,
  columnsSeen,
  invitationsOf,
} from '../__testUtils__/crossAccount';
import { grant } from '../__testUtils__/permissions';
import { refusalOf } from '../__testUtils__/refusal';
import { ACCOUNT, OTHER_ACCOUNT, anAccount } from '../__testUtils__/seeds';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { LakeFormationEmulatorSeed } from './SeedAccount';
import { readSeed } from './readSeed';

const ORDERS = { database: 'sales', table: 'orders' };

/** One account shares with another, which has links and passes on. */
const SEED: LakeFormationEmulatorSeed = {
  accounts: [
    {
      id: OTHER_ACCOUNT,
      keys: [
        { accessKeyId: 'Reader', principal: READER },
        { accessKeyId: 'Writer', principal: WRITER },
      ],
      databases: [
        {
          name: 'sales_link',
          target: { catalogId: ACCOUNT, database: 'Sales' },
        },
        {
          name: 'mart',
          tables: [
            {
              name: 'orders_link',
              columns: [],
              target: { catalogId: ACCOUNT, ...ORDERS },
            },
          ],
        },
      ],
      grants: [
        {
          principal: READER,
          catalogId: ACCOUNT,
          resource: { ...ORDERS, columns: ['amount'] },
          permissions: ['SELECT'],
        },
        ...[{ database: 'sales_link' }, { database: 'mart', table: '*' }].map(
          resource => ({
            principal: READER,
            resource,
            permissions: ['DESCRIBE'],
          }),
        ),
      ],
    },
    anAccount({
      grants: [
        {
          principal: OTHER_ACCOUNT,
          resource: ORDERS,
          permissions: ['SELECT'],
          grantOption: true,
          accepted: true,
        },
        { principal: WRITER, resource: ORDERS, permissions: ['SELECT'] },
      ],
    }),
  ],
};

describe('a seed of several accounts', () => {
  it('shares, accepts, passes on and links', async () => {
    const emulator = await startTestEmulator({}, { seed: SEED });
    const reader = emulator.as('Reader');
    for (const [DatabaseName, Name] of [
      ['sales_link', 'orders'],
      ['mart', 'orders_link'],
    ]) {
      const { Table } = await reader.glue.send(
        new GetTableCommand({ DatabaseName, Name }),
      );
      expect(Table?.StorageDescriptor?.Columns).toEqual([
        { Name: 'amount', Type: 'decimal(10,2)' },
      ]);
    }
    // What is not accepted waits.
    expect(await refusalOf(columnsSeen(emulator.as('Writer')))).toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(
      (await invitationsOf(emulator.as(OTHER_ACCOUNT).ram)).map(
        ({ status }) => status,
      ),
    ).toEqual(['ACCEPTED', 'PENDING']);
  });

  it('comes back from a snapshot with its shares and links', async () => {
    const emulator = await startTestEmulator(
      {},
      {
        seed: {
          ...SEED,
          organizations: [
            { id: 'o-mesh', managementAccount: ACCOUNT, accounts: [] },
          ],
        },
      },
    );
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    const reader = emulator.as('Reader');
    emulator.restore(saved);
    expect(emulator.snapshot()).toEqual(saved);
    expect(await columnsSeen(reader)).toEqual(['amount']);
    await grant(
      emulator.as(ACCOUNT).lakeFormation,
      OTHER_ACCOUNT,
      { Database: { Name: 'sales' } },
      ['DESCRIBE'],
    );
    // It joined the share that was there.
    expect(await invitationsOf(emulator.as(OTHER_ACCOUNT).ram)).toHaveLength(2);
  });

  it('refuses a snapshot whose shares are none, and says where', async () => {
    const emulator = await startTestEmulator({}, { seed: SEED });
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    const broken = (change: (copy: typeof saved) => void) => {
      const copy = structuredClone(saved);
      change(copy);
      return () => emulator.restore(copy);
    };
    expect(
      broken(copy => {
        copy.shares[0].status = 'OPEN';
      }),
    ).toThrow(
      'The snapshot is wrong at shares[0].status: expected one of ACTIVE, DELETED, found "OPEN"',
    );
    expect(
      broken(copy => {
        copy.invitations[1].receiver = 'somebody';
      }),
    ).toThrow('The snapshot is wrong at invitations[1].receiver');
    expect(
      broken(copy => {
        delete copy.accounts[0].catalogs[0].databases[0].target.database;
      }),
    ).toThrow(
      'The snapshot is wrong at accounts[0].catalogs[0].databases[0].target.database',
    );
    expect(
      broken(copy => {
        delete copy.accounts[0].catalogs[0].passedOn[0].grants[0].principal;
      }),
    ).toThrow('passedOn[0].grants[0].principal');
  });

  it.each<[string, unknown, string]>([
    [
      'an organization that is none',
      { accounts: [], organizations: [{ id: 'mesh' }] },
      'wrong at organizations[0].id: expected an id that begins with o-, found "mesh"',
    ],
    [
      'an account in two units',
      {
        accounts: [],
        organizations: [
          {
            id: 'o-mesh',
            managementAccount: ACCOUNT,
            units: [
              { id: 'ou-a', accounts: [OTHER_ACCOUNT] },
              {
                id: 'ou-b',
                units: [{ id: 'ou-c', accounts: [OTHER_ACCOUNT] }],
              },
            ],
          },
        ],
      },
      'wrong at organizations: expected each account to be a member in one place, found "222222222222"',
    ],
    [
      'a link with tables of its own',
      {
        accounts: [
          {
            id: ACCOUNT,
            databases: [
              {
                name: 'a',
                target: { catalogId: OTHER_ACCOUNT, database: 'b' },
                tables: [{ name: 't', columns: [] }],
              },
            ],
          },
        ],
      },
      'wrong at accounts[0].databases[0].tables: expected no tables of a link, found 1',
    ],
    [
      'a link to nobody',
      {
        accounts: [
          {
            id: ACCOUNT,
            databases: [
              { name: 'a', target: { catalogId: 'sales', database: 'b' } },
            ],
          },
        ],
      },
      'wrong at accounts[0].databases[0].target.catalogId: expected an account id of twelve digits, or one with a path, found "sales"',
    ],
  ])('is refused with %s', (_, seed, message) => {
    expect(() => readSeed(seed)).toThrow(message);
  });
});
