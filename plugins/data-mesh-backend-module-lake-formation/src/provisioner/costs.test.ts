import type { SeedAccount } from '@lakemesh/lake-formation-emulator';
import {
  CONSUMER,
  ORGANIZATION,
  PRODUCER,
  UNIT,
} from '../__testUtils__/EmulatedMesh';
import {
  anIntent,
  aPort,
  roleArn,
  tableNames,
} from '../__testUtils__/builders';
import { useMesh } from '../__testUtils__/useMesh';

const world = useMesh();

/** Calls that change something, each name with how often it was called. */
function writesOf(calls: string[]): { [operation: string]: number } {
  const counted: { [operation: string]: number } = {};
  for (const name of calls) {
    if (/^(Get|List|Search|Describe)/.test(name)) continue;
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
}

const NAMES = tableNames(100);
const home = roleArn('analytics');
const away = roleArn('analytics', CONSUMER);
const saml = `arn:aws:iam::${CONSUMER}:saml-provider/okta:group/analysts`;
const unit = `arn:aws:organizations::${PRODUCER}:ou/${ORGANIZATION}/${UNIT}`;
const tagged: Partial<SeedAccount> = {
  lfTags: [{ key: 'class', values: ['open'] }],
};

const one = anIntent({ tables: ['t000'], principal: home });
const hundred = (principal: string) =>
  anIntent({ tables: NAMES, port: aPort(NAMES), principal });
const rows = anIntent({
  principal: home,
  tables: [{ table: 't000', rowFilter: "amount = '1'" }],
});
const byScope = (scope: Parameters<typeof anIntent>[0]) =>
  anIntent({ port: aPort(['t000']), principal: home, ...scope });
/** What Lake Formation gives the creator of a link goes with it. */
const LINK_GONE = { DeleteDatabase: 1 };

describe('the cheapest plan', () => {
  it.each([
    {
      name: 'one table in one account',
      intent: one,
      grant: { GrantPermissions: 1 },
      revoke: { RevokePermissions: 1 },
    },
    {
      name: 'columns in one account',
      intent: byScope({ tables: [{ table: 't000', columns: ['amount'] }] }),
      grant: { GrantPermissions: 1 },
      revoke: { RevokePermissions: 1 },
    },
    {
      name: 'rows in one account',
      intent: rows,
      grant: { CreateDataCellsFilter: 1, GrantPermissions: 1 },
      revoke: { DeleteDataCellsFilter: 1, RevokePermissions: 1 },
    },
    {
      name: 'a hundred tables in one account',
      intent: hundred(home),
      grant: { BatchGrantPermissions: 5 },
      revoke: { BatchRevokePermissions: 5 },
    },
    {
      name: 'a database in one account',
      intent: byScope({ scope: { tables: [], allTables: true } }),
      grant: { GrantPermissions: 1 },
      revoke: { RevokePermissions: 1 },
    },
    {
      name: 'a tag expression in one account',
      catalog: tagged,
      intent: byScope({
        scope: {
          tables: [],
          tagExpression: [{ key: 'class', values: ['open'] }],
        },
      }),
      grant: { BatchGrantPermissions: 1 },
      revoke: { BatchRevokePermissions: 1 },
    },
    {
      name: 'a hundred tables to a role of another account, same organization',
      organization: true,
      intent: hundred(away),
      grant: {
        BatchGrantPermissions: 5,
        CreateDatabase: 1,
        GrantPermissions: 1,
      },
      revoke: {
        BatchRevokePermissions: 5,
        RevokePermissions: 2,
        ...LINK_GONE,
      },
      // Without those for planning.
      atMost: { grant: 14, revoke: 15 },
    },
    {
      name: 'a hundred tables to a role outside of the organization',
      intent: hundred(away),
      grant: {
        BatchGrantPermissions: 5,
        AcceptResourceShareInvitation: 1,
        CreateDatabase: 1,
        GrantPermissions: 1,
      },
      revoke: {
        BatchRevokePermissions: 5,
        RevokePermissions: 2,
        ...LINK_GONE,
      },
      atMost: { grant: 17, revoke: 15 },
    },
    {
      name: 'a hundred tables to a SAML group of another account',
      organization: true,
      intent: hundred(saml),
      grant: {
        BatchGrantPermissions: 10,
        CreateDatabase: 1,
        GrantPermissions: 1,
      },
      revoke: {
        BatchRevokePermissions: 10,
        RevokePermissions: 2,
        ...LINK_GONE,
      },
    },
    {
      name: 'a hundred tables to an account',
      organization: true,
      intent: hundred(CONSUMER),
      grant: { BatchGrantPermissions: 5 },
      revoke: { BatchRevokePermissions: 5 },
    },
    {
      name: 'a hundred tables to an organizational unit',
      organization: true,
      intent: hundred(unit),
      grant: { BatchGrantPermissions: 5 },
      revoke: { BatchRevokePermissions: 5 },
    },
  ])(
    'of $name',
    async ({ intent, organization, catalog, grant, revoke, ...rest }) => {
      const { atMost = { grant: 30, revoke: 30 } } = rest;
      const mesh = await world.start({
        tables: NAMES,
        organization,
        ...(catalog && { catalog: { ...catalog } }),
      });
      const plan = await mesh.entitlements.plan(intent);
      const planning = mesh.callsSince();
      expect(writesOf(planning)).toEqual({});
      const live = await mesh.entitlements.carryOut(plan);
      const granting = mesh.callsSince();
      expect(writesOf(granting)).toEqual(grant);
      await mesh.entitlements.end(live);
      const revoking = mesh.callsSince();
      expect(writesOf(revoking)).toEqual(revoke);
      expect(planning.length).toBeLessThanOrEqual(5);
      expect(granting.length).toBeLessThanOrEqual(atMost.grant);
      expect(revoking.length).toBeLessThanOrEqual(atMost.revoke);
    },
  );

  it('writes nothing but the difference where a link, a filter or a share exists', async () => {
    const mesh = await world.start({ tables: NAMES });
    const grant = async (principal: string) => {
      mesh.callsSince();
      await mesh.entitlements.grant(
        anIntent({
          principal,
          tables: [{ table: 't000', rowFilter: "amount = '1'" }],
        }),
      );
      return writesOf(mesh.callsSince());
    };
    expect(await grant(away)).toEqual({
      CreateDataCellsFilter: 1,
      GrantPermissions: 2,
      AcceptResourceShareInvitation: 1,
      CreateDatabase: 1,
    });
    expect(await grant(roleArn('other', CONSUMER))).toEqual({
      GrantPermissions: 2,
      AcceptResourceShareInvitation: 1,
    });
  });

  it.each([
    {
      name: 'of one account',
      principal: home,
      organization: false,
      grant: 3,
      revoke: 3,
    },
    {
      // Beside what is granted each looks at the link and the right to see it:
      // one after another, by their locks.
      name: 'of another account, same organization',
      principal: away,
      organization: true,
      grant: 3 + 4 + 3 + 2 * 9,
      revoke: 3 + 3 + 5 + 2 * 9 + 3,
    },
    {
      name: 'outside of the organization',
      principal: away,
      organization: false,
      grant: 3 + 4 + 3 + 2 * 9 + 3 + 9,
      revoke: 3 + 3 + 5 + 2 * 9 + 3,
    },
  ])(
    'of ten entitlements to one table each for a role $name, put into effect together',
    async ({ principal, organization, ...atMost }) => {
      const names = tableNames(10);
      const mesh = await world.start({ tables: names, organization });
      const before = JSON.stringify(mesh.state());
      const plans = await Promise.all(
        names.map(table =>
          mesh.entitlements.plan(
            anIntent({ tables: [table], port: aPort(names), principal }),
          ),
        ),
      );
      mesh.callsSince();
      const outcomes = await mesh.entitlements.carryOutTogether(plans);
      const granting = mesh.callsSince();
      expect(outcomes.filter(({ error }) => error)).toEqual([]);
      expect(granting.length).toBeLessThanOrEqual(atMost.grant);
      expect(writesOf(granting)).toMatchObject({ BatchGrantPermissions: 1 });
      await mesh.entitlements.endTogether(outcomes.map(({ live }) => live));
      const revoking = mesh.callsSince();
      expect(revoking.length).toBeLessThanOrEqual(atMost.revoke);
      expect(writesOf(revoking)).toMatchObject({ BatchRevokePermissions: 1 });
      expect(JSON.stringify(mesh.state())).toBe(before);
    },
  );

  it('grants, for a wider scope, only what the narrower one lacks, and nothing blinks', async () => {
    const mesh = await world.start({ tables: NAMES, organization: true });
    const narrow = await mesh.entitlements.grant(
      anIntent({
        principal: away,
        tables: ['t000', 't001'],
        port: aPort(NAMES),
      }),
    );
    mesh.callsSince();
    const wide = await mesh.entitlements.grant(
      anIntent({
        principal: away,
        tables: ['t000', 't001', 't002'],
        port: aPort(NAMES),
      }),
    );
    expect(writesOf(mesh.callsSince())).toEqual({ GrantPermissions: 1 });
    // The link and the right to see it are the same steps.
    const ids = (plan: { steps: Array<{ id: string }> }) =>
      plan.steps.map(({ id }) => id);
    expect(ids(wide.plan).slice(1)).toEqual(ids(narrow.plan).slice(1));
    mesh.callsSince();
    await mesh.entitlements.end(narrow.live);
    expect(writesOf(mesh.callsSince())).toEqual({});
    await mesh.entitlements.end(wide.live);
  });
});
