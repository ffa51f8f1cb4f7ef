import type { Entity } from '@backstage/catalog-model';
import {
  ANALYST_ROLE,
  ATTACKER_ROLE,
  EVE,
  MALLORY,
  theProduct,
} from './attackedCompany';
import type { Attack } from './attacks';

/** A product in the name of the owner and domain of the table `payroll`. */
const inTheNameOfOwners = (
  name: string,
  table: string,
  spec: Entity['spec'] = {},
): Attack => ({
  does: 'register',
  entity: theProduct(name, table, { classification: 'public', ...spec }),
});

const aGroup = (name: string, principals: string, spec: object): Attack => ({
  does: 'register',
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      annotations: { 'lakemesh.io/principals': principals },
    },
    spec: { type: 'team', children: [], ...spec },
  },
});

const asks: Attack = {
  does: 'post',
  as: MALLORY,
  path: '/requests',
  body: {
    productRef: 'dataproduct:default/mine',
    port: 'lake',
    scope: { level: 'read', tables: [{ table: 'payroll' }] },
    principals: [ATTACKER_ROLE],
    purpose: 'analytics',
    durationDays: 30,
  },
};

const approves: Attack = {
  does: 'post to',
  as: EVE,
  table: 'access_requests',
  path: '/requests/{id}/decisions',
  body: { decision: 'approve' },
  which: 0,
  sees: 'version',
};

/** Attacks that worked once, each by its name. */
export const knownAttacks: Array<[name: string, steps: Attack[]]> = [
  [
    'calls data of others public in their name',
    [inTheNameOfOwners('mine', 'payroll'), asks],
  ],
  [
    'names itself as approver of data of others',
    [
      inTheNameOfOwners('mine', 'payroll', {
        classification: 'internal',
        access: { approvers: [EVE] },
      }),
      asks,
      approves,
    ],
  ],
  [
    'puts a group of its own below that of the owners',
    [
      aGroup('pals', ATTACKER_ROLE, { parent: 'owners', members: ['eve'] }),
      inTheNameOfOwners('mine', 'payroll', { classification: 'internal' }),
      asks,
      approves,
    ],
  ],
  [
    'writes the role of others into its own group',
    [
      aGroup('attackers', ANALYST_ROLE, {}),
      {
        does: 'post to',
        as: EVE,
        table: 'entitlements',
        path: '/entitlements/{id}/credentials',
        body: { table: 'orders' },
        which: 0,
      },
    ],
  ],
  [
    'takes the name of a product that is gone, and tags its tables',
    [
      inTheNameOfOwners('vacated', 'items', {
        owner: 'group:default/attackers',
        classification: 'restricted',
      }),
      {
        does: 'post',
        as: EVE,
        path: '/products/default/vacated/tags',
        body: {},
      },
    ],
  ],
];
