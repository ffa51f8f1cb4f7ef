import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { ANALYST_ROLE, ATTACKER_ROLE } from './attackedCompany';
import type { Chance } from './chance';
import { COLUMNS, LAKE, OUTSIDER, REGION } from './useLakeMesh';

/** Kinds that the attackers may register: of all, or only products. */
export type Reach = 'every kind' | 'products alone';

const OWNERS = [
  'group:default/attackers',
  'group:default/owners',
  'group:default/owners',
  'group:default/owners',
  'group:default/sales-heads',
  'group:default/retired-team',
  'user:default/jo',
  'user:default/eve',
  'user:default/puppet',
  'group:default/pals',
];
const DOMAINS = ['sales', 'sales', 'sales', 'hr', 'own'];
const APPROVERS = [
  undefined,
  undefined,
  ['user:default/eve'],
  ['group:default/attackers', 'group:default/owners'],
  ['group:default/pals'],
];
const TABLES = ['orders', 'items', 'payroll', 'payroll', 'people', 'PAYROLL'];

/** Mostly what would serve best; now and then something else. */
const mostly = <T>({ pick, upTo }: Chance, best: T, others: readonly T[]): T =>
  upTo(4) > 0 ? best : pick(others);

function aTable(chance: Chance) {
  const { pick, upTo } = chance;
  return {
    name: mostly(chance, 'payroll', TABLES),
    columns: COLUMNS.slice(0, mostly(chance, COLUMNS.length, [0, 2])).map(
      name => ({
        name,
        type: 'string',
        ...(upTo(30) === 0 && { pii: true }),
        ...(upTo(9) === 0 && {
          classification: pick(['public', 'restricted']),
        }),
      }),
    ),
  };
}

/** A product that names what others hold, in the name of whoever it may serve. */
function aProduct(chance: Chance): Entity {
  const { pick, upTo } = chance;
  const approvers = pick(APPROVERS);
  const first = aTable(chance);
  const second = aTable(chance);
  return {
    apiVersion: 'lakemesh.io/v1alpha1',
    kind: 'DataProduct',
    metadata: {
      name: mostly(chance, 'mine', ['other', 'vacated']),
      ...(upTo(4) === 0 && { tags: ['public', 'classification:public'] }),
    },
    spec: {
      type: 'source-aligned',
      lifecycle: 'active',
      version: '1.0.0',
      owner: mostly(chance, 'group:default/owners', OWNERS),
      domain: mostly(chance, 'sales', DOMAINS),
      classification: mostly(chance, 'public', ['internal', 'restricted']),
      ...(approvers && { access: { approvers } }),
      outputPorts: [
        {
          name: 'lake',
          type: 'lake-formation',
          location: {
            catalogId: mostly(chance, LAKE, [`${LAKE}:s3tablescatalog/x`]),
            region: REGION,
            database: mostly(chance, 'sales', ['SALES', 'hr']),
            ...(upTo(9) === 0 && { dataAccountId: OUTSIDER }),
          },
          tables:
            upTo(4) === 0 && second.name.toLowerCase() !== first.name
              ? [first, second]
              : [first],
        },
      ],
    },
  };
}

function principals({ pick }: Chance) {
  const named = pick([
    undefined,
    ANALYST_ROLE,
    ATTACKER_ROLE,
    ATTACKER_ROLE,
    `${ATTACKER_ROLE},${ANALYST_ROLE}`,
    `${ATTACKER_ROLE},${ANALYST_ROLE}`,
  ]);
  return named && { annotations: { 'lakemesh.io/principals': named } };
}

function aGroup(chance: Chance): Entity {
  const { pick } = chance;
  const parent = pick([
    undefined,
    'owners',
    'sales-heads',
    'governors',
    'stewards',
    'analysts',
    'hr-team',
  ]);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: pick(['pals', 'attackers', 'retired-team', 'gone-team']),
      ...principals(chance),
    },
    spec: {
      type: 'team',
      children: pick([[], ['owners']]),
      members: pick([['eve', 'mallory'], ['puppet'], ['jo', 'eve']]),
      ...(parent && { parent }),
    },
  };
}

const aUser = (chance: Chance): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'puppet', ...principals(chance) },
  spec: {
    memberOf: [chance.pick(['owners', 'governors', 'sales-heads', 'pals'])],
  },
});

const aDomain = ({ pick }: Chance): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: {
    name: 'own',
    annotations: {
      'lakemesh.io/aws-account-id': LAKE,
      'lakemesh.io/aws-region': REGION,
      'lakemesh.io/lf-tags': pick([
        'classification=public,pii=false',
        'pii=false|true',
      ]),
    },
  },
  spec: { owner: pick(['attackers', 'owners']) },
});

const aSystem = ({ pick }: Chance): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { name: 'consumer' },
  spec: { owner: 'attackers', domain: pick(['sales', 'own']) },
});

/** The attackers' own group, which names their principals. */
const ownGroup = (chance: Chance): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'attackers', ...principals(chance) },
  spec: { type: 'team', children: [] },
});

/** Something that the attackers register, as it comes to mind. */
export function anEntity(chance: Chance, reach: Reach): Entity {
  const kinds =
    reach === 'every kind'
      ? [aProduct, aProduct, aProduct, aGroup, aUser, aDomain, ownGroup]
      : [aProduct, aProduct, aProduct, ownGroup, aSystem];
  return chance.pick(kinds)(chance);
}

export const refOf = (entity: Entity) => stringifyEntityRef(entity);
