import { testDatabases } from '../../testing/databases';
import {
  anApproval,
  ProvisioningWorld,
  type Replica,
} from '../../testing/provisioningFixture';

const databases = testDatabases();

const productRef = 'dataproduct:default/orders';
const ANA = 'user:default/ana';

describe.each(databases.eachSupportedId())('lists on %s', databaseId => {
  let world: ProvisioningWorld;
  let replica: Replica;

  const anActive = async (approval: Parameters<typeof anApproval>[0] = {}) => {
    world.clock.advance({ seconds: 1 });
    const id = await world.approve(replica, anApproval(approval));
    await replica.runUntilIdle();
    return id;
  };

  const idsOf = async (
    filter: Partial<Parameters<Replica['reader']['list']>[0]>,
  ) => {
    const page = await replica.reader.list(
      { readable: 'all', ...filter },
      { limit: 50 },
    );
    return page.items.map(item => item.id);
  };

  beforeEach(async () => {
    world = await ProvisioningWorld.on(await databases.migrated(databaseId));
    replica = world.replica();
  });

  it('show what is asked for by me or held by a principal of mine, newest first', async () => {
    const asked = await anActive({ principal: 'fake:elsewhere' });
    const held = await anActive({ requesterRef: 'user:default/cleo' });
    const other = await anActive({
      principal: 'fake:others',
      requesterRef: 'user:default/cleo',
    });

    const holder = { userRef: ANA, principals: ['fake:analyst'] };
    expect(await idsOf({ holder })).toEqual([held, asked]);
    expect(await idsOf({})).toEqual([other, held, asked]);
    expect(await idsOf({ principal: 'fake:analyst' })).toEqual([held]);
    expect(await idsOf({ productRef })).toHaveLength(3);
    expect(await idsOf({ productRef: 'dataproduct:default/none' })).toEqual([]);
    expect(await idsOf({ states: ['revoked', 'expired'] })).toEqual([]);
    expect(await idsOf({ states: ['active', 'failed'] })).toHaveLength(3);
  });

  it('show only what may be read', async () => {
    const own = await anActive();
    const foreign = await anActive({
      requesterRef: 'user:default/cleo',
      domainRef: undefined,
    });
    const mine = { fact: 'requesterRef' as const, values: [ANA] };
    const inSales = {
      fact: 'domainRef' as const,
      values: ['domain:default/sales'],
    };

    expect(await idsOf({ readable: mine })).toEqual([own]);
    expect(await idsOf({ readable: { not: mine } })).toEqual([foreign]);
    // A row without a domain is not in the domain, and neither is it hidden.
    expect(await idsOf({ readable: { not: inSales } })).toEqual([foreign]);
    expect(await idsOf({ readable: 'none' })).toEqual([]);
  });

  it('lose and repeat no line over pages, also within one instant', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      if (index % 3 === 0) world.clock.advance({ seconds: 1 });
      ids.push(await world.approve(replica));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await replica.reader.list(
        { readable: 'all' },
        { limit: 2, cursor },
      );
      seen.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
    } while (cursor);

    expect([...seen].sort()).toEqual([...ids].sort());
    await expect(
      replica.reader.list(
        { readable: 'all' },
        { limit: 2, cursor: 'nonsense' },
      ),
    ).rejects.toThrow(/^cursor: /);
  });

  it('tell requests and products what is live', async () => {
    const short = await anActive({ durationDays: 5 });
    const long = await anActive({ durationDays: 50 });
    await anActive({
      principal: 'fake:other',
      requesterRef: 'user:default/cleo',
    });
    const live = () =>
      replica.reader.findLive({
        productRef,
        port: 'lake',
        principals: ['fake:analyst'],
      });

    expect((await live()).map(one => one.id)).toEqual([short, long]);
    expect(
      await replica.reader.usage({ userRef: ANA, principals: [] }),
    ).toMatchObject([
      {
        productRef,
        consumers: 2,
        myEntitlement: { id: long, state: 'active' },
      },
    ]);
    expect(await replica.reader.statesOf([short, 'nope'])).toEqual(
      new Map([[short, 'active']]),
    );

    world.clock.advance({ days: 6 });
    await replica.expire();
    await replica.runUntilIdle();
    expect((await live()).map(one => one.id)).toEqual([long]);
  });
});
