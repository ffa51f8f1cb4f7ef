import { catalogOf, emptyState } from '../state/EmulatorState';
import { ALL_TABLES, Grant, GrantResource } from '../grants/Grant';
import { hasArrived, sharedArns } from './arrival';
import { joinShare, leaveShare } from './changeShare';

/** Numbers that look random and are the same in every run. */
function numbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const RECIPIENTS = [
  '222222222222',
  'arn:aws:iam::222222222222:role/Reader',
  '333333333333:IAMPrincipals',
];
const RESOURCES: GrantResource[] = [
  { kind: 'database', database: 'sales' },
  { kind: 'table', database: 'sales', table: 'orders' },
  { kind: 'table', database: 'sales', table: ALL_TABLES },
  { kind: 'table', database: 'hr', table: 'people' },
  { kind: 'dataCellsFilter', database: 'hr', table: 'people', filter: 'f' },
  { kind: 'lfTag', key: 'level', values: ['public'] },
];

it.each([1, 2, 3, 4, 5])(
  'shares have exactly what grants need, in whichever order they come and go, by version %d',
  version => {
    const pick = numbers(version);
    const state = emptyState();
    const catalog = catalogOf(state, '111111111111', 'eu-west-1');
    catalog.settings.parameters.CROSS_ACCOUNT_VERSION = String(version);
    const held = new Map<string, Grant>();
    for (let step = 0; step < 400; step++) {
      const principal = RECIPIENTS[pick(RECIPIENTS.length)];
      const resource = RESOURCES[pick(RESOURCES.length)];
      const key = JSON.stringify([principal, resource]);
      const grant = held.get(key);
      if (grant) {
        leaveShare(catalog, grant, step);
        held.delete(key);
      } else {
        const share = joinShare(catalog, { principal, resource }, step);
        held.set(key, {
          principal,
          resource,
          permissions: ['DESCRIBE'],
          grantable: [],
          sequence: step,
          updatedAt: step,
          updatedBy: 'x',
          share,
        });
      }
      const active = [...state.shares.all()].filter(
        ({ status }) => status === 'ACTIVE',
      );
      for (const share of active) {
        const needed = [...held.values()]
          .filter(one => one.share === share.arn)
          .flatMap(one => sharedArns(catalog, one.resource, version));
        expect([...share.resources.keys()].sort()).toEqual(
          [...new Set(needed)].sort(),
        );
        expect(share.resources.size).toBeGreaterThan(0);
      }
      expect(active.length).toBe(
        version === 1
          ? held.size
          : new Set([...held.values()].map(one => one.principal)).size,
      );
    }
    expect(held.size).toBeGreaterThan(0);
    for (const grant of held.values()) {
      expect(hasArrived(catalog, grant)).toBe(false);
    }
  },
);
