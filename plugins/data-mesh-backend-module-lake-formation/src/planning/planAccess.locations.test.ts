import { CONSUMER } from '../__testUtils__/EmulatedMesh';
import {
  ACCOUNT,
  DATABASE,
  REGION,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { NO_ACCESS } from '../lake/access';
import { ObservedPort } from './ObservedPort';
import { PlanningConfig, planAccess } from './planAccess';

/** Access to the registered location of what is asked for to modify. */

const location = {
  catalogId: ACCOUNT,
  accountId: ACCOUNT,
  region: REGION,
  database: DATABASE,
};
const ARN = 'arn:aws:s3:::acme-lake';
const config: PlanningConfig = {
  accounts: [],
  iamAllowedPrincipals: 'refuse',
  organization: { accounts: [ACCOUNT, CONSUMER] },
};

const seen = (more: Partial<ObservedPort>): ObservedPort => ({
  tables: [],
  heldOnAllTables: NO_ACCESS,
  registersLocations: true,
  consumer: { databases: [] },
  ...more,
});

const plan = (
  scope: Parameters<typeof anIntent>[0],
  observed: Partial<ObservedPort>,
) => planAccess(anIntent(scope), location, seen(observed), config);

const allTables = (principal = roleArn('analyst')) => ({
  principal,
  scope: { level: 'modify' as const, tables: [], allTables: true },
});

interface Entry {
  Resource: object;
  Permissions: string[];
  PermissionsWithGrantOption?: string[];
}
const onLocation = ({ steps }: ReturnType<typeof plan>) =>
  steps
    .flatMap(({ call }) => (call.input.Entries ?? [call.input]) as Entry[])
    .filter(({ Resource }) => 'DataLocation' in (Resource ?? {}));

it('is granted beside all tables of a database that lies there, once', () => {
  const planned = plan(allTables(), { locations: [ARN] });
  expect(onLocation(planned)).toEqual([
    expect.objectContaining({
      Resource: { DataLocation: { CatalogId: ACCOUNT, ResourceArn: ARN } },
      Permissions: ['DATA_LOCATION_ACCESS'],
    }),
  ]);
  expect(planned.steps[0].words.text).toContain(
    `DATA_LOCATION_ACCESS on location \`${ARN}\``,
  );
  expect(planned.steps[0].undo?.words?.text).toContain('DATA_LOCATION_ACCESS');
  expect(planned.steps[0].shares).toContainEqual(
    expect.stringContaining(`:location:${ARN}:`),
  );
});

it('is granted with the grant option to the account that passes it on, and by that again', () => {
  const planned = plan(allTables(`${CONSUMER}:IAMPrincipals`), {
    locations: [ARN],
  });
  expect(
    onLocation(planned).map(one => one.PermissionsWithGrantOption ?? []),
  ).toEqual([['DATA_LOCATION_ACCESS'], []]);
});

it('is granted without the grant option to a role of another account', () => {
  const planned = plan(allTables(roleArn('analyst', CONSUMER)), {
    locations: [ARN],
  });
  expect(
    onLocation(planned).map(one => one.PermissionsWithGrantOption ?? []),
  ).toEqual([[]]);
});

const tagged = {
  scope: {
    level: 'modify' as const,
    tables: [],
    tagExpression: [{ key: 'class', values: ['open'] }],
  },
};

it.each([
  {
    name: 'tables that lie elsewhere than their database',
    asked: allTables(),
    observed: { locations: [ARN] },
    says: /This plan grants it at `arn:aws:s3:::acme-lake`, where database `sales` is\. Request tables stored elsewhere by name/,
  },
  {
    name: 'a database that lies nowhere registered',
    asked: allTables(),
    observed: {},
    says: /Database `sales` names no registered location, so this plan grants none/,
  },
  {
    name: 'LF-Tags',
    asked: tagged,
    observed: { tagged: { tables: [], more: false } },
    says: /Where the tables with these LF-Tags are is not known in advance, so this plan grants none/,
  },
])(
  'cannot be known of $name, and the plan says so',
  ({ asked, observed, says }) => {
    expect(
      plan(asked, observed).warnings.map(({ text }) => text),
    ).toContainEqual(expect.stringMatching(says));
  },
);

it.each([
  {
    name: 'nothing is registered',
    asked: allTables(),
    registersLocations: false,
  },
  {
    name: 'tables are only appended to: INSERT does not ask for it',
    asked: {
      scope: { level: 'append' as const, tables: [], allTables: true },
    },
    registersLocations: true,
  },
])('is no matter where $name', ({ asked, registersLocations }) => {
  const planned = plan(asked, { registersLocations });
  expect(onLocation(planned)).toEqual([]);
  expect(planned.warnings.map(({ text }) => text).join()).not.toContain(
    'DATA_LOCATION_ACCESS',
  );
});
