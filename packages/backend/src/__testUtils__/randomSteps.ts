import type { Entity } from '@backstage/catalog-model';
import {
  ANALYST_ROLE,
  ATTACKER_ROLE,
  EVE,
  MALLORY,
  OWN_TABLE,
} from './attackedCompany';
import { anEntity, refOf, type Reach } from './attackedEntities';
import type { Attack } from './attacks';
import type { Chance } from './chance';
import { LAKE, REGION } from './useLakeMesh';

const TASKS = [
  'data-mesh-publish',
  'data-mesh-follow-catalog',
  'data-mesh-names',
  'data-mesh-lapse-requests',
  'data-mesh-scan',
  'data-mesh-scan-upkeep',
];

/** Ports that may be asked for: of the attackers' products, and of others'. */
interface Target {
  name: string;
  tables: string[];
}

const PUBLISHED: Target[] = [
  { name: 'orders', tables: ['orders'] },
  { name: OWN_TABLE, tables: [OWN_TABLE] },
];

const times = <T>(count: number, one: T): T[] =>
  Array.from({ length: count }, () => one);

function aScope({ pick, upTo }: Chance, { tables }: Target) {
  const table = pick(tables);
  const level = pick(['read', 'read', 'read', 'modify']);
  return pick([
    ...times(8, { level, tables: [{ table }] }),
    { level: 'read', tables: [{ table, columns: ['order_id'] }] },
    { level: 'read', tables: [{ table, rowFilter: "country = 'DE'" }] },
    { level: 'read', tables: [{ table: pick(['payroll', 'people']) }] },
    { level: 'read', tables: [], allTables: true },
    {
      level: 'read',
      tables: [],
      tagExpression: [
        { key: 'classification', values: [pick(['internal', 'public'])] },
        ...(upTo(1) === 0 ? [{ key: 'pii', values: ['false'] }] : []),
      ],
    },
  ]);
}

const because = { reason: 'Because we can', comment: 'Because we can' };

function aRequest(chance: Chance, target: Target, accessId: string) {
  const { pick, upTo } = chance;
  const kind = pick([...times(8, 'new'), 'renew', 'amend']);
  return {
    productRef: `dataproduct:default/${target.name}`,
    port: 'lake',
    scope: aScope(chance, target),
    principals: [pick([...times(9, ATTACKER_ROLE), ANALYST_ROLE])],
    purpose: 'analytics',
    durationDays: pick([1, 30]),
    justification: 'Because we can',
    ...(kind !== 'new' && { kind, entitlementId: accessId }),
    ...(upTo(19) === 0 && { consumerRef: 'system:default/consumer' }),
  };
}

const aPlace = ({ pick }: Chance) => ({
  system: 'lake-formation',
  catalogId: LAKE,
  region: REGION,
  ...pick([{}, { database: 'sales' }, { database: 'hr', table: 'people' }]),
});

function posts(
  chance: Chance,
  targets: readonly Target[],
  accessId: string,
): Attack {
  const { pick, upTo } = chance;
  const target = pick(targets);
  const as = pick([EVE, MALLORY]);
  const which = upTo(3);
  const request = aRequest(chance, target, accessId);
  const key = pick([undefined, undefined, undefined, 'the-same-key']);
  const to = (
    table: string,
    path: string,
    body: object,
    sees?: 'version',
  ): Attack => ({ does: 'post to', as, table, path, body, which, sees });
  const scope = aScope(chance, target);
  return pick<() => Attack>([
    ...times(8, () => ({
      does: 'post' as const,
      as,
      path: '/requests',
      body: request,
      key,
    })),
    () => ({ does: 'post', as, path: '/requests/preview', body: request }),
    () =>
      to(
        'access_requests',
        '/requests/{id}/decisions',
        {
          decision: pick(['approve', 'approve', 'request-changes']),
          comment: because.comment,
        },
        'version',
      ),
    ...times(4, () =>
      to(
        'access_requests',
        '/requests/{id}/decisions',
        { decision: 'approve' },
        'version',
      ),
    ),
    () =>
      to(
        'access_requests',
        '/requests/{id}/revisions',
        { scope, purpose: 'analytics', durationDays: 30 },
        'version',
      ),
    () =>
      to('entitlements', '/entitlements/{id}/credentials', {
        table: pick(['orders', 'payroll']),
      }),
    () =>
      to('entitlements', '/entitlements/{id}/credentials', { table: 'orders' }),
    () =>
      to(
        'entitlements',
        '/entitlements/{id}/narrow',
        { scope, ...because },
        'version',
      ),
    () => to('entitlements', '/entitlements/{id}/reapply', {}, 'version'),
    () => to('entitlements', '/entitlements/{id}/retry', {}, 'version'),
    () => ({
      does: 'post',
      as,
      path: `/products/default/${target.name}/tags`,
      body: {},
    }),
    () => ({
      does: 'post',
      as,
      path: `/products/default/${pick(['vacated', 'mine'])}/tags`,
      body: {},
    }),
    () => ({
      does: 'post',
      as,
      path: '/claims',
      body: {
        domainRef: `domain:default/${pick(['own', 'sales', 'hr'])}`,
        place: aPlace(chance),
        reason: because.reason,
      },
    }),
    () =>
      to(
        'place_claims',
        '/claims/{id}/decisions',
        { decision: 'accept', comment: because.comment, narrowerWins: true },
        'version',
      ),
    () => ({ does: 'decide publication', as, which }),
    () => ({ does: 'decide publication', as, which }),
    () => ({
      does: 'post',
      as,
      path: '/names/accept',
      body: {
        ref: `group:default/${pick(['retired-team', 'gone-team', 'pals'])}`,
        reason: because.reason,
      },
    }),
    () => ({
      does: 'resolve drift',
      as,
      action: pick(['adopt', 'reapply']),
      which,
    }),
    () => ({
      does: 'post',
      as,
      path: '/reconciliations',
      body: { everything: true },
    }),
    () => ({ does: 'post', as, path: '/scans', body: {} }),
  ])();
}

function targetOf({ kind, metadata, spec }: Entity): Target | undefined {
  if (kind !== 'DataProduct') return undefined;
  const { outputPorts } = spec as {
    outputPorts: Array<{ tables: Array<{ name: string }> }>;
  };
  return {
    name: metadata.name,
    tables: outputPorts.flatMap(port => port.tables.map(({ name }) => name)),
  };
}

/** Steps as they come to mind, one after another. */
export function randomSteps(
  chance: Chance,
  { reach, accessId }: { reach: Reach; accessId: string },
): () => Attack {
  const registered: string[] = [];
  const products = new Map<string, Target>();
  return () => {
    const does = chance.upTo(9);
    if (does < 2) {
      const entity = anEntity(chance, reach);
      registered.push(refOf(entity));
      const target = targetOf(entity);
      if (target) products.set(refOf(entity), target);
      return { does: 'register', entity };
    }
    if (does === 2 && registered.length > 0 && chance.upTo(2) === 0) {
      const ref = chance.pick(registered);
      products.delete(ref);
      return { does: 'unregister', ref };
    }
    if (does === 3) {
      return { does: 'time passes', task: chance.pick(TASKS) };
    }
    const own = [...products.values()];
    return posts(chance, [...own, ...own, ...PUBLISHED], accessId);
  };
}
