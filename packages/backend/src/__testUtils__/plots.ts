import type { Entity } from '@backstage/catalog-model';
import {
  ANALYST_ROLE,
  ATTACKER_ROLE,
  BARE_TABLES,
  EVE,
  MALLORY,
  OWN_TABLE,
  PUPPET,
  aPort,
  ownProduct,
  theProduct,
} from './attackedCompany';
import type { Reach } from './attackedEntities';
import type { Attack } from './attacks';
import type { Chance } from './chance';
import { LAKE, REGION } from './useLakeMesh';

/** What a plot is after, and by which names. */
interface Aim {
  chance: Chance;
  reach: Reach;
  /** Its own number: it has a product and tables that no other plot has. */
  number: number;
}

/** One attempt at what others hold. Each of its steps builds on the one before. */
type Plot = (aim: Aim) => Attack[];

const OWN = `dataproduct:default/${OWN_TABLE}`;
const because = 'Because we can';

const register = (entity: Entity): Attack => ({ does: 'register', entity });
const publish: Attack = { does: 'time passes', task: 'data-mesh-publish' };
/** The names of a plot. */
const namesOf = (number: number) => ({
  name: `mine${number}`,
  ref: `dataproduct:default/mine${number}`,
  table: `payroll${number % BARE_TABLES}`,
  people: `people${number % BARE_TABLES}`,
});

const asks = (
  productRef: string,
  scope: object,
  more: object = {},
): Attack => ({
  does: 'post',
  as: MALLORY,
  path: '/requests',
  body: {
    productRef,
    port: 'lake',
    scope: { level: 'read', tables: [], ...scope },
    principals: [ATTACKER_ROLE],
    purpose: 'analytics',
    durationDays: 30,
    justification: because,
    ...more,
  },
});

const approves = (of: string, as = EVE): Attack => ({
  does: 'post to',
  as,
  table: 'access_requests',
  path: '/requests/{id}/decisions',
  body: { decision: 'approve' },
  which: 0,
  of,
  sees: 'version',
});

const accepts = (of: string, as: string): Attack => ({
  does: 'decide publication',
  as,
  which: 0,
  of,
});

const tags = (name: string, as = EVE): Attack => ({
  does: 'post',
  as,
  path: `/products/default/${name}/tags`,
  body: {},
});

const aGroup = (name: string, principals: string, spec: object): Attack =>
  register({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, annotations: { 'lakemesh.io/principals': principals } },
    spec: { type: 'team', children: [], ...spec },
  });

const sometimes = ({ upTo }: Chance, ...steps: Attack[]): Attack[] =>
  upTo(1) === 0 ? steps : [];

/** Who is to stand for a group of others. */
function intruder({ chance, reach }: Aim): { steps: Attack[]; as: string } {
  const { pick } = chance;
  if (reach !== 'every kind') return { steps: [], as: EVE };
  const group = pick(['owners', 'sales-heads', 'governors', 'hr-team']);
  return pick([
    () => ({
      steps: [
        aGroup('pals', ATTACKER_ROLE, { parent: group, members: ['eve'] }),
      ],
      as: EVE,
    }),
    () => ({
      steps: [
        register({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'puppet' },
          spec: { memberOf: [group] },
        }),
      ],
      as: PUPPET,
    }),
    () => ({ steps: [], as: EVE }),
  ])();
}

/** After a product is registered: it is published, asked for, and approved. */
function harvest(
  { chance }: Aim,
  productRef: string,
  scope: object,
  as: string,
): Attack[] {
  const { pick } = chance;
  const waits = sometimes(chance, publish, accepts(productRef, as));
  return [
    ...(waits.length > 0 ? waits : sometimes(chance, publish)),
    asks(productRef, { level: pick(['read', 'read', 'modify']), ...scope }),
    ...(chance.upTo(5) === 0 ? [{ does: 'others decide' } as const] : []),
    approves(productRef, as),
    ...sometimes(chance, approves(productRef, as)),
  ];
}

/** Calls data of others a product of theirs, and somebody else its approver. */
const inTheirName: Plot = aim => {
  const { pick, upTo } = aim.chance;
  const { name, ref, table } = namesOf(aim.number);
  const { steps, as } = intruder(aim);
  const approvers = pick([undefined, undefined, [EVE], ['group:default/pals']]);
  return [
    ...steps,
    register(
      theProduct(name, table, {
        owner: pick(['group:default/owners', 'group:default/sales-heads']),
        classification: pick(['public', 'internal']),
        ...(approvers && { access: { approvers } }),
      }),
    ),
    ...harvest(aim, ref, { tables: [{ table }] }, as),
    ...(upTo(2) === 0 ? [tags(name, as)] : []),
  ];
};

/** Calls data of others its own. */
const inOwnName: Plot = aim => {
  const { pick } = aim.chance;
  const { name, ref, table } = namesOf(aim.number);
  const { steps, as } = intruder(aim);
  return [
    ...steps,
    register(
      theProduct(name, table, {
        owner: pick(['group:default/attackers', EVE]),
        domain: pick(['sales', 'sales', 'lab']),
        classification: pick(['public', 'restricted']),
      }),
    ),
    ...harvest(aim, ref, { tables: [{ table }] }, as),
    tags(name),
  ];
};

/** Takes a name that is trusted, and that nobody has. */
const byVacantName: Plot = aim => {
  const { chance, reach, number } = aim;
  const { name, ref, people } = namesOf(number);
  return [
    ...(reach === 'every kind'
      ? [
          aGroup('retired-team', ATTACKER_ROLE, {
            members: ['eve', 'mallory'],
          }),
        ]
      : []),
    ...sometimes(
      chance,
      { does: 'time passes', task: 'data-mesh-names' },
      {
        does: 'post',
        as: EVE,
        path: '/names/accept',
        body: { ref: 'group:default/retired-team', reason: because },
      },
    ),
    register(
      theProduct(
        name,
        people,
        {
          owner: 'group:default/retired-team',
          domain: 'hr',
          classification: chance.pick(['public', 'internal']),
        },
        'hr',
      ),
    ),
    ...harvest(aim, ref, { tables: [{ table: people }] }, EVE),
    ...sometimes(chance, tags(name)),
  ];
};

/** Takes the name of a product that is gone. */
const byGoneProduct: Plot = aim => [
  register(
    theProduct('vacated', 'items', {
      owner: 'group:default/attackers',
      domain: aim.chance.pick(['sales', 'lab']),
      classification: aim.chance.pick(['public', 'restricted']),
    }),
  ),
  tags('vacated'),
  ...harvest(
    aim,
    'dataproduct:default/vacated',
    { tables: [{ table: 'items' }] },
    EVE,
  ),
];

/** Lets what it was given grow. */
const widened: Plot = aim => {
  const { chance, number } = aim;
  const { table, people } = namesOf(number);
  const { as } = intruder({ ...aim, reach: 'products alone' });
  const isHr = chance.upTo(2) === 0;
  const wanted = isHr ? people : table;
  const port = isHr ? aPort([people], 'hr') : aPort([OWN_TABLE, table]);
  const more = chance.pick([
    {},
    { classification: 'public' },
    { domain: 'sales' },
    { owner: 'group:default/owners', domain: 'sales' },
  ]);
  return [
    register(ownProduct({ outputPorts: [port], ...more })),
    ...sometimes(chance, publish, { does: 'others decide' }),
    ...harvest(aim, OWN, { tables: [{ table: wanted }] }, as),
    ...sometimes(chance, tags(OWN_TABLE)),
    register(ownProduct()),
  ];
};

/** Asks through what it was given for what it was not. */
const leverage: Plot = aim => {
  const { chance, number } = aim;
  const { table } = namesOf(number);
  const scope = chance.pick([
    { allTables: true },
    { tagExpression: [{ key: 'classification', values: ['internal'] }] },
    {
      tagExpression: [
        { key: 'classification', values: ['internal'] },
        { key: 'pii', values: ['false'] },
      ],
    },
    { tables: [{ table }] },
    { tables: [{ table: OWN_TABLE }, { table }] },
  ]);
  const revised = chance.upTo(3) === 0;
  return [
    asks(OWN, revised ? { tables: [{ table: OWN_TABLE }] } : scope),
    ...(revised
      ? [
          {
            does: 'post to' as const,
            as: MALLORY,
            table: 'access_requests',
            path: '/requests/{id}/revisions',
            body: {
              scope: { level: 'read', tables: [], ...scope },
              purpose: 'analytics',
              durationDays: 30,
            },
            which: 0,
            of: OWN,
            sees: 'version' as const,
          },
        ]
      : []),
    approves(OWN),
    approves(OWN),
  ];
};

/** Acts as those who were given access. */
const asHolder: Plot = ({ chance }) => {
  const { pick } = chance;
  const role = pick([ANALYST_ROLE, `${ATTACKER_ROLE},${ANALYST_ROLE}`]);
  const to = (path: string, body: object, sees?: 'version'): Attack => ({
    does: 'post to',
    as: EVE,
    table: 'entitlements',
    path: `/entitlements/{id}/${path}`,
    body,
    which: 0,
    of: 'dataproduct:default/orders',
    ...(sees && { sees }),
  });
  return [
    ...(chance.upTo(2) === 0 ? [{ does: 'others decide' } as const] : []),
    aGroup('attackers', role, {}),
    to('credentials', { table: 'orders' }),
    pick([
      to('narrow', { scope: { level: 'read', tables: [] } }, 'version'),
      to('reapply', {}, 'version'),
      to('credentials', { table: 'orders' }),
    ]),
    aGroup('attackers', ATTACKER_ROLE, {}),
  ];
};

/** Claims the place. */
const byClaim: Plot = aim => {
  const { chance, number } = aim;
  const { name, ref, table } = namesOf(number);
  const { steps, as } = intruder(aim);
  return [
    ...steps,
    {
      does: 'post',
      as: EVE,
      path: '/claims',
      body: {
        domainRef: 'domain:default/lab',
        place: {
          system: 'lake-formation',
          catalogId: LAKE,
          region: REGION,
          database: 'sales',
          table,
        },
        reason: because,
      },
    },
    {
      does: 'post to',
      as,
      table: 'place_claims',
      path: '/claims/{id}/decisions',
      body: { decision: 'accept', comment: because, narrowerWins: true },
      which: 0,
      sees: 'version',
    },
    register(
      theProduct(name, table, {
        owner: 'group:default/attackers',
        domain: 'lab',
        classification: chance.pick(['public', 'internal']),
      }),
    ),
    ...harvest(aim, ref, { tables: [{ table }] }, EVE),
  ];
};

/** Changes tags in the place of the owners. */
const tagsOfOthers: Plot = aim => {
  const { steps, as } = intruder(aim);
  return [...steps, tags('orders', as), tags(OWN_TABLE, as)];
};

const PLOTS: readonly Plot[] = [
  inTheirName,
  inTheirName,
  inOwnName,
  byVacantName,
  byGoneProduct,
  widened,
  leverage,
  asHolder,
  byClaim,
  tagsOfOthers,
];

/**
 * Steps that lead somewhere, one after another: two plots at a time, now the one
 * and now the other.
 */
export function plottedSteps(chance: Chance, reach: Reach): () => Attack {
  // Each kind of plot comes before any comes again.
  let left: Plot[] = [];
  let number = 0;
  const next = (): Attack[] => {
    if (left.length === 0) left = [...PLOTS];
    const [plot] = left.splice(chance.upTo(left.length - 1), 1);
    number += 1;
    return [...plot({ chance, reach, number })];
  };
  const open = [next(), next()];
  return () => {
    const which = chance.upTo(open.length - 1);
    if (open[which].length === 0) open[which] = next();
    const [step] = open[which].splice(0, 1);
    return step;
  };
}
