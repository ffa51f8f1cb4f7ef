import type {
  AccessScope,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  anIntent,
  aPort,
  roleArn,
} from '../__testUtils__/builders';
import { NO_ACCESS } from '../lake/access';
import { ALL_COLUMNS } from '../lake/columns';
import { ObservedPort } from './ObservedPort';
import { PlanningConfig, planAccess } from './planAccess';

/** All tables in the keys of resources. */
const ALL_TABLES = 'ALL_TABLES';

const CONSUMER = '111122223333';
const PRODUCER = '444455556666';

const location = {
  catalogId: ACCOUNT,
  accountId: ACCOUNT,
  region: REGION,
  database: DATABASE,
};

const seen: ObservedPort = {
  tables: ['orders', 'customers'].map(name => ({
    name,
    columns: COLUMNS,
    partitionKeys: [],
    held: NO_ACCESS,
    unrestricted: false,
  })),
  heldOnAllTables: NO_ACCESS,
  consumer: { databases: [] },
};

const apart: PlanningConfig = { accounts: [], iamAllowedPrincipals: 'refuse' };
const together: PlanningConfig = {
  ...apart,
  organization: { accounts: [ACCOUNT, CONSUMER] },
};

/** A step in few letters: what it calls, where, and what it waits for. */
function inShort(step: PlanStep, steps: PlanStep[]): string {
  const where = step.accountId === ACCOUNT ? 'owner' : 'consumer';
  const needs = step.needs.map(id => steps.findIndex(one => one.id === id) + 1);
  return `${step.call.operation} in ${where}${
    needs.length > 0 ? ` after ${needs.join(', ')}` : ''
  }`;
}

const shortPlan = (
  principal: string,
  scope: Partial<AccessScope>,
  config: PlanningConfig,
) => {
  const { steps } = planAccess(
    anIntent({ principal, scope, port: aPort(['orders', 'customers']) }),
    location,
    seen,
    config,
  );
  return steps.map(step => inShort(step, steps));
};

const SCOPES = {
  table: {
    scope: { tables: [{ table: 'orders' }] },
    grants: ['GrantPermissions in OWNER'],
  },
  columns: {
    scope: { tables: [{ table: 'orders', columns: ['amount'] }] },
    grants: ['GrantPermissions in OWNER'],
  },
  'two tables': {
    scope: { tables: [{ table: 'orders' }, { table: 'customers' }] },
    grants: ['BatchGrantPermissions in OWNER'],
  },
  rows: {
    scope: { tables: [{ table: 'orders', rowFilter: "amount = '1'" }] },
    grants: [
      'CreateDataCellsFilter in owner',
      'GrantPermissions in OWNER after 1',
    ],
  },
  'all tables': {
    scope: { tables: [], allTables: true },
    grants: ['GrantPermissions in OWNER'],
  },
  tags: {
    scope: {
      tables: [],
      tagExpression: [{ key: 'class', values: ['open'] }],
    },
    grants: ['BatchGrantPermissions in OWNER'],
  },
};

const PRINCIPALS = {
  'role of the same account': roleArn('analyst'),
  'role of another account': roleArn('analyst', CONSUMER),
  'SAML group of another account': `arn:aws:iam::${CONSUMER}:saml-provider/okta:group/g`,
  'whole account': CONSUMER,
  'organizational unit': `arn:aws:organizations::${PRODUCER}:ou/o-abc/ou-abc-def`,
};
type PrincipalName = keyof typeof PRINCIPALS;

/** What follows the grants by the owner, of which the last has number n. */
function rest(
  principal: PrincipalName,
  n: number,
  inOrganization: boolean,
  again: string,
): string[] {
  const accept = inOrganization
    ? []
    : [`AcceptResourceShareInvitation in consumer after ${n}`];
  const ready = n + accept.length;
  switch (principal) {
    case 'role of another account':
      return [
        ...accept,
        // A link needs nothing, so that ending a grant waits for no link.
        'CreateDatabase in consumer',
        `GrantPermissions in consumer after ${ready + 1}`,
      ];
    case 'SAML group of another account':
      return [
        ...accept,
        `${again} in consumer after ${ready}`,
        'CreateDatabase in consumer',
        `GrantPermissions in consumer after ${ready + 2}`,
      ];
    case 'whole account':
      return accept;
    default:
      return [];
  }
}

const cases = (Object.keys(PRINCIPALS) as PrincipalName[]).flatMap(principal =>
  Object.entries(SCOPES).flatMap(([name, { scope, grants }]) =>
    [true, false].map(inOrganization => ({
      principal,
      name,
      scope,
      grants,
      inOrganization,
    })),
  ),
);

it.each(cases)(
  'plans $name for a $principal (one organization: $inOrganization)',
  ({ principal, scope, grants, inOrganization }) => {
    const owner = grants.map(one => one.replace('OWNER', 'owner'));
    const [again] = (grants.at(-1) ?? '').split(' ');
    expect(
      shortPlan(
        PRINCIPALS[principal],
        scope,
        inOrganization ? together : apart,
      ),
    ).toEqual([
      ...owner,
      ...rest(principal, owner.length, inOrganization, again),
    ]);
  },
);

describe('hybrid access mode', () => {
  const all = { permissions: ['ALL'], select: ALL_COLUMNS };
  const key = (table: string) => `${ACCOUNT}:${DATABASE}.${table}`;
  /** What is registered so, and what IAM_ALLOWED_PRINCIPALS holds. */
  const observed = (
    hybrid: string[],
    open: string[],
    more: Partial<ObservedPort> = {},
  ): ObservedPort => ({
    ...seen,
    hybrid: hybrid.map(key),
    open: Object.fromEntries(open.map(table => [key(table), all])),
    ...more,
  });
  const both = ['orders', 'customers'];
  const own = roleArn('analyst');
  const theirs = roleArn('analyst', CONSUMER);

  it.each([
    {
      what: 'one open table',
      principal: own,
      scope: SCOPES.table.scope,
      port: observed(both, both),
      optsIn: ['orders by analyst'],
    },
    {
      what: 'two open tables across accounts',
      principal: theirs,
      scope: SCOPES['two tables'].scope,
      port: observed(both, both),
      optsIn: ['customers by analyst', 'orders by analyst'],
    },
    {
      what: 'the only open one of two',
      principal: own,
      scope: SCOPES['two tables'].scope,
      port: observed(both, ['customers']),
      optsIn: ['customers by analyst'],
    },
    {
      what: 'the only hybrid one of two',
      principal: own,
      scope: SCOPES['two tables'].scope,
      port: observed(['orders'], both),
      optsIn: ['orders by analyst'],
    },
    {
      what: 'a table that is open with all of its database',
      principal: own,
      scope: SCOPES.table.scope,
      port: observed(both, [ALL_TABLES]),
      optsIn: ['orders by analyst'],
    },
    {
      what: 'the table of a filter',
      principal: own,
      scope: SCOPES.rows.scope,
      port: observed(both, both),
      optsIn: ['orders by analyst'],
    },
    {
      what: 'all tables',
      principal: own,
      scope: SCOPES['all tables'].scope,
      port: observed([ALL_TABLES], []),
      optsIn: ['all tables by analyst'],
    },
    {
      what: 'all tables across accounts',
      principal: theirs,
      scope: SCOPES['all tables'].scope,
      port: observed([ALL_TABLES], []),
      optsIn: ['database by analyst', 'all tables by analyst'],
    },
    {
      what: 'a table for a group that its account passes it on to',
      principal: PRINCIPALS['SAML group of another account'],
      scope: SCOPES.table.scope,
      port: observed(both, both),
      optsIn: [`orders by ${CONSUMER}`],
    },
    {
      what: 'nothing that is closed',
      principal: own,
      scope: SCOPES['two tables'].scope,
      port: observed(both, []),
      optsIn: [],
    },
    {
      what: 'nothing that is open elsewhere',
      principal: own,
      scope: SCOPES['two tables'].scope,
      port: observed([], both),
      optsIn: [],
    },
    {
      what: 'nothing by tags',
      principal: own,
      scope: SCOPES.tags.scope,
      port: observed(both, both),
      optsIn: [],
    },
  ])('opts in to $what', ({ principal, scope, port, optsIn }) => {
    const { steps } = planAccess(
      anIntent({ principal, scope, port: aPort(both) }),
      location,
      port,
      together,
    );
    const nameOf = ({ Database, Table }: Record<string, { Name?: string }>) =>
      Database ? 'database' : Table.Name ?? 'all tables';
    const planned = steps.filter(({ kind }) => kind === 'optIn');
    expect(
      planned.map(({ call }) => {
        const input = call.input as {
          Resource: Record<string, { Name?: string }>;
          Principal: { DataLakePrincipalIdentifier: string };
        };
        const who = input.Principal.DataLakePrincipalIdentifier;
        return `${nameOf(input.Resource)} by ${who.split('/').at(-1)}`;
      }),
    ).toEqual(optsIn);
    // Never before the grant it is held to, and undone before it.
    const granted = steps.findIndex(({ kind }) => kind === 'grantPermissions');
    for (const step of planned) {
      expect(step.needs).toEqual([steps[granted].id]);
      expect(steps.indexOf(step)).toBeGreaterThan(granted);
      expect(step.undo?.call?.input).toEqual(step.call.input);
    }
  });

  it('says which opt-ins are there already', () => {
    const { steps } = planAccess(
      anIntent({ principal: own, port: aPort(both) }),
      location,
      observed(both, both, { optedIn: [key('orders')] }),
      together,
    );
    expect(steps.map(({ kind, done }) => [kind, done])).toEqual([
      ['grantPermissions', undefined],
      ['optIn', true],
    ]);
  });

  it('closes across accounts what an old cross-account version holds open', () => {
    const { steps } = planAccess(
      anIntent({ principal: theirs, port: aPort(both) }),
      location,
      observed(both, both, { crossAccountVersion: 3 }),
      { ...together, iamAllowedPrincipals: 'revoke' },
    );
    expect(steps.map(({ kind }) => kind)).toEqual([
      'restrictAccess',
      'grantPermissions',
      'resourceLink',
      'grantPermissions',
    ]);
  });
});

it.each([
  {
    where: 'of its own account',
    principal: roleArn('a'),
    topology: 'single-account',
  },
  {
    where: 'of another account',
    principal: roleArn('a', CONSUMER),
    topology: 'peer-to-peer',
  },
  {
    where: 'of another account, with the data of a third',
    principal: roleArn('a', CONSUMER),
    dataAccountId: PRODUCER,
    topology: 'central-governance',
  },
  {
    where: 'of the account with the data',
    principal: roleArn('a', PRODUCER),
    dataAccountId: PRODUCER,
    topology: 'central-governance',
  },
  {
    where: 'of the catalog, with the data elsewhere',
    principal: roleArn('a'),
    dataAccountId: PRODUCER,
    topology: 'single-account',
  },
])(
  'takes a role $where for $topology',
  ({ principal, dataAccountId, topology }) => {
    expect(
      planAccess(
        anIntent({ principal }),
        { ...location, ...(dataAccountId && { dataAccountId }) },
        seen,
        together,
      ).topology,
    ).toBe(topology);
  },
);

it('names a nested catalog in grants, links and shares', () => {
  const catalogId = `${ACCOUNT}:s3tablescatalog/bucket`;
  const { steps } = planAccess(
    anIntent({ principal: roleArn('a', CONSUMER) }),
    { ...location, catalogId },
    seen,
    apart,
  );
  expect(steps.map(({ call }) => call.input)).toMatchObject([
    { CatalogId: ACCOUNT, Resource: { Table: { CatalogId: catalogId } } },
    { shareOf: { grants: [{ catalogId, tables: ['orders'] }] } },
    {
      CatalogId: CONSUMER,
      DatabaseInput: { TargetDatabase: { CatalogId: catalogId } },
    },
    { CatalogId: CONSUMER, Resource: { Database: { Name: DATABASE } } },
  ]);
});

it('is plain data, with ids and keys that are the same in every plan', () => {
  const plan = () =>
    planAccess(
      anIntent({
        principal: PRINCIPALS['SAML group of another account'],
        tables: [{ table: 'orders', rowFilter: "amount = '1'" }],
      }),
      location,
      seen,
      apart,
    );
  const { steps } = plan();
  expect(JSON.parse(JSON.stringify(steps))).toEqual(steps);
  expect(plan().steps).toEqual(steps);
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
});
