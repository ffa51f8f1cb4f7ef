import type { Entity } from '@backstage/catalog-model';
import type { LakeFormationEmulatorSeed } from '@lakemesh/lake-formation-emulator';
import { COMPANY } from './attackedCatalog';
import { COLUMNS, LAKE, REGION, aTable } from './useLakeMesh';

/** The attackers: they hold no place, and govern nothing. */
export const EVE = 'user:default/eve';
export const MALLORY = 'user:default/mallory';
/** Whom the attackers may register, and act as. */
export const PUPPET = 'user:default/puppet';
/** Those who do their work. */
export const ANA = 'user:default/ana';
export const JO = 'user:default/jo';
export const SUE = 'user:default/sue';

const roleOf = (name: string) => `arn:aws:iam::${LAKE}:role/${name}`;
export const ATTACKER_ROLE = roleOf('attacker');
/** The role that Ana's team reads orders by. */
export const ANALYST_ROLE = roleOf('analyst');

/**
 * How many tables there are that no product names: one for each plot of an
 * attack, so that what one plot left behind protects nothing from the next.
 */
export const BARE_TABLES = 12;

const numbered = (name: string) =>
  Array.from({ length: BARE_TABLES }, (_, index) => `${name}${index}`);

/** What the attackers were given a table of the sales domain for. */
export const OWN_TABLE = 'notes';

const TAGGED = { classification: 'internal', pii: 'false' };
/** Not in line with what its product says of it. */
const MISTAGGED = { classification: 'restricted', pii: 'true' };

/** Tables that others hold: of products, of none, of one that is gone. */
export const HELD = [
  ...['orders', 'items', OWN_TABLE, 'payroll', ...numbered('payroll')].map(
    table => ({ database: 'sales', table }),
  ),
  ...['people', ...numbered('people')].map(table => ({
    database: 'hr',
    table,
  })),
];

export const attackedLake: LakeFormationEmulatorSeed = {
  accounts: [
    {
      id: LAKE,
      regions: [REGION],
      roles: ['analyst', 'attacker'],
      policies: [
        {
          name: 'everything',
          roles: ['analyst', 'attacker'],
          document: {
            Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
          },
        },
      ],
      settings: { allowFullTableExternalDataAccess: true },
      locations: [{ arn: 'arn:aws:s3:::lake' }],
      lfTags: [
        {
          key: 'classification',
          values: ['public', 'internal', 'confidential', 'restricted'],
        },
        { key: 'pii', values: ['false', 'true'] },
      ],
      databases: ['sales', 'hr'].map(name => ({
        name,
        tables: HELD.filter(({ database }) => database === name).map(
          ({ table }) => ({
            ...aTable(table),
            lfTags: ['orders', OWN_TABLE].includes(table) ? MISTAGGED : TAGGED,
          }),
        ),
      })),
    },
  ],
};

const aPerson = (name: string, group: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name },
  spec: { memberOf: [group] },
});

export const aTeam = (name: string, principals?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name,
    ...(principals && {
      annotations: { 'lakemesh.io/principals': principals },
    }),
  },
  spec: { type: 'team', children: [] },
});

const aDomain = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: {
    name,
    annotations: {
      'lakemesh.io/lf-tags':
        'classification=public|internal|confidential|restricted,pii=false|true',
    },
  },
  spec: { owner },
});

export const aPort = (tables: readonly string[], database = 'sales') => ({
  name: 'lake',
  type: 'lake-formation',
  location: { catalogId: LAKE, region: REGION, database },
  tables: tables.map(name => ({
    name,
    columns: COLUMNS.map(column => ({ name: column, type: 'string' })),
  })),
});

/** A product of the owners with one table. */
export const theProduct = (
  name: string,
  table: string,
  spec: Entity['spec'] = {},
  database = 'sales',
): Entity => ({
  apiVersion: 'lakemesh.io/v1alpha1',
  kind: 'DataProduct',
  metadata: { name },
  spec: {
    type: 'source-aligned',
    lifecycle: 'active',
    version: '1.0.0',
    owner: 'group:default/owners',
    domain: 'sales',
    classification: 'internal',
    outputPorts: [aPort([table], database)],
    ...spec,
  },
});

/** What the attackers own: the holder of its place has accepted it. */
export const ownProduct = (spec: Entity['spec'] = {}): Entity =>
  theProduct(OWN_TABLE, OWN_TABLE, {
    owner: 'group:default/attackers',
    domain: 'lab',
    ...spec,
  });

/** Published once, and taken out of the catalog before it begins. */
export const VACATED = 'dataproduct:default/vacated';

export const company: Entity[] = [
  aTeam('owners'),
  aTeam('analysts', ANALYST_ROLE),
  aTeam('hr-team'),
  aTeam('sales-heads'),
  aTeam('stewards'),
  aTeam('governors'),
  aPerson('jo', 'owners'),
  aPerson('ana', 'analysts'),
  aPerson('hal', 'hr-team'),
  aPerson('sue', 'sales-heads'),
  aPerson('stella', 'stewards'),
  aPerson('gil', 'governors'),
  aPerson('eve', 'attackers'),
  aPerson('mallory', 'attackers'),
  aDomain('sales', 'sales-heads'),
  aDomain('hr', 'hr-team'),
  // The attackers' own domain, which holds nothing.
  aDomain('lab', 'attackers'),
  theProduct('orders', 'orders'),
  theProduct('vacated', 'items'),
];

const dataMesh = {
  governance: ['group:default/governors'],
  trustedLocations: [COMPANY],
  domains: [
    {
      domain: 'sales',
      teams: ['owners'],
      holds: [{ catalogId: LAKE, region: REGION, database: 'sales' }],
    },
    {
      domain: 'hr',
      // A team that nobody has: whoever took its name would own products of hr.
      teams: ['retired-team'],
      holds: [{ catalogId: LAKE, region: REGION, database: 'hr' }],
    },
  ],
  policy: {
    stewards: ['group:default/stewards'],
    fallbackApprovers: ['group:default/gone-team'],
    autoApprove: { publicData: true, sameDomain: true },
  },
};

export const companyConfig = (endpoint: string) => ({
  backend: { baseUrl: 'http://localhost:7007' },
  aws: {
    accounts: [
      { accountId: LAKE, accessKeyId: LAKE, secretAccessKey: 'not-verified' },
    ],
  },
  dataMesh: {
    ...dataMesh,
    lakeFormation: {
      endpoint,
      accounts: [{ accountId: LAKE }],
      pace: { requestsPerSecond: 1_000 },
      vending: {},
    },
    worker: { pollSeconds: 0.1 },
  },
});
