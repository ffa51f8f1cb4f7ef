import { aTable } from '../../__testUtils__/EmulatedLake';
import {
  tableNames,
  roleArn,
  ACCOUNT,
  DATABASE,
  REGION,
} from '../../__testUtils__/builders';
import {
  EmulatedAccounts,
  startAccounts,
} from '../../__testUtils__/startAccounts';
import { GatheringWindow, TurnWindow } from '../../aws/GatheringWindow';
import { wantEntry } from '../../lake/wire';
import { PermissionWriter } from './PermissionWriter';

const OTHER = '111122223333';
const names = tableNames(45);
const grantee = { principalId: roleArn('analytics') };

const entriesOf = (tables: string[], catalogId = ACCOUNT) =>
  tables.map(table =>
    wantEntry(grantee, {
      resource: { kind: 'table', catalogId, database: DATABASE, table },
      access: { permissions: ['DESCRIBE'], select: { only: [] } },
    }),
  );
const inCatalog = (accountId: string) => ({
  accountId,
  region: REGION,
  catalogAccountId: accountId,
});

/** Lets nobody go. */
class ClosedDoor implements GatheringWindow {
  arrived(): void {}
  whenClosed(): void {}
}

describe('writing permissions', () => {
  let accounts: EmulatedAccounts;
  const writerBy = (openWindow: () => GatheringWindow) =>
    new PermissionWriter({ clients: accounts.clients, openWindow });

  beforeEach(async () => {
    const databases = [{ name: DATABASE, tables: names.map(n => aTable(n)) }];
    accounts = await startAccounts({
      accounts: [ACCOUNT, OTHER].map(id => ({
        id,
        regions: [REGION],
        databases,
      })),
    });
  });
  afterEach(() => accounts.stop());

  it('does not keep full batches waiting for others', async () => {
    await writerBy(() => new ClosedDoor()).grant({
      ...inCatalog(ACCOUNT),
      entries: entriesOf(names.slice(0, 40)),
    });
    expect(accounts.callsSince()).toEqual(
      Array(2).fill('BatchGrantPermissions'),
    );
  });

  it('fills what remains of one with what remains of another', async () => {
    const writer = writerBy(() => new TurnWindow());
    await Promise.all(
      [names.slice(0, 25), names.slice(25, 40)].map(tables =>
        writer.grant({ ...inCatalog(ACCOUNT), entries: entriesOf(tables) }),
      ),
    );
    // 15 of the second do not wait for the first, whose 20 go before its 5.
    expect(accounts.callsSince()).toEqual(
      Array(3).fill('BatchGrantPermissions'),
    );
    await Promise.all(
      [names.slice(0, 5), names.slice(5, 20)].map(tables =>
        writer.revoke({ ...inCatalog(ACCOUNT), entries: entriesOf(tables) }),
      ),
    );
    expect(accounts.callsSince()).toEqual(['BatchRevokePermissions']);
  });

  it('makes a call of its own for each catalog and direction', async () => {
    const writer = writerBy(() => new TurnWindow());
    await writer.grant({
      ...inCatalog(ACCOUNT),
      entries: entriesOf(names.slice(0, 2)),
    });
    accounts.callsSince();
    await Promise.all([
      writer.revoke({ ...inCatalog(ACCOUNT), entries: entriesOf(['t000']) }),
      writer.revoke({ ...inCatalog(ACCOUNT), entries: entriesOf(['t001']) }),
      writer.grant({ ...inCatalog(ACCOUNT), entries: entriesOf(['t002']) }),
      writer.grant({ ...inCatalog(ACCOUNT), entries: entriesOf(['t003']) }),
      writer.grant({
        ...inCatalog(OTHER),
        entries: entriesOf(['t000'], OTHER),
      }),
    ]);
    expect(accounts.callsSince().sort()).toEqual([
      'BatchGrantPermissions',
      'BatchRevokePermissions',
      'GrantPermissions',
    ]);
  });

  it('calls nobody where there is nothing to write', async () => {
    await writerBy(() => new ClosedDoor()).grant({
      ...inCatalog(ACCOUNT),
      entries: [],
    });
    expect(accounts.callsSince()).toEqual([]);
  });
});
