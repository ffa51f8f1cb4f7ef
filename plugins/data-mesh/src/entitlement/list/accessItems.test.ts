import { anEntitlement, aRequest, inDays } from '../../testing';
import {
  accessItems,
  filterItems,
  groupByTurn,
  pastFirst,
  reasonOf,
} from './accessItems';

const ids = (items: ReadonlyArray<{ id: string }>) => items.map(({ id }) => id);
const now = Date.now();

describe('what stands in My access', () => {
  it('puts a renewal or a change with the access that it is about', () => {
    const items = accessItems(
      [anEntitlement({ id: 'held' })],
      [
        aRequest({ id: 'renewal', kind: 'renew', amendsEntitlementId: 'held' }),
        aRequest({ id: 'new' }),
        aRequest({ id: 'foreign', amendsEntitlementId: 'of another' }),
      ],
    );
    expect(ids(items)).toEqual(['held', 'new', 'foreign']);
    expect(items[0]).toMatchObject({ pending: { id: 'renewal' } });
  });

  it('is the turn of its holder where something is broken, ends or is asked', () => {
    const items = accessItems(
      [
        anEntitlement({ id: 'ok', expiresAt: inDays(15) }),
        anEntitlement({ id: 'in-13', expiresAt: inDays(13) }),
        anEntitlement({ id: 'in-1', expiresAt: inDays(1) }),
        anEntitlement({ id: 'going', state: 'revoking', expiresAt: inDays(1) }),
        anEntitlement({ id: 'failed', state: 'failed' }),
        anEntitlement({ id: 'suspended', state: 'suspended' }),
        anEntitlement({ id: 'missing', health: 'degraded' }),
      ],
      [
        aRequest({ id: 'asked', state: 'changes-requested' }),
        aRequest({ id: 'waits' }),
      ],
    );
    const { yourTurn, working, waiting } = groupByTurn(items, now);
    expect(ids(yourTurn).slice(0, 3).sort()).toEqual([
      'failed',
      'missing',
      'suspended',
    ]);
    expect(ids(yourTurn).slice(3)).toEqual(['in-1', 'in-13', 'asked']);
    expect(ids(working).sort()).toEqual(['going', 'ok']);
    expect(ids(waiting)).toEqual(['waits']);
  });

  it('raises no alarm where a renewal is on its way', () => {
    const [item] = accessItems(
      [anEntitlement({ id: 'held', expiresAt: inDays(2) })],
      [aRequest({ id: 'r', kind: 'renew', amendsEntitlementId: 'held' })],
    );
    expect(reasonOf(item, now)).toBeUndefined();
    const [answered] = accessItems(
      [anEntitlement({ id: 'held', expiresAt: inDays(2) })],
      [
        aRequest({
          kind: 'renew',
          state: 'changes-requested',
          amendsEntitlementId: 'held',
        }),
      ],
    );
    expect(reasonOf(answered, now)).toBe('asked');
  });

  it('puts first what ended last', () => {
    const items = accessItems(
      [
        anEntitlement({ id: 'old', state: 'expired', endedAt: inDays(-20) }),
        anEntitlement({ id: 'new', state: 'revoked', endedAt: inDays(-1) }),
      ],
      [aRequest({ id: 'no', state: 'rejected', decidedAt: inDays(-5) })],
    );
    expect(ids(pastFirst(items))).toEqual(['new', 'no', 'old']);
  });

  it('finds by product, port, role, purpose and columns', () => {
    const items = accessItems([anEntitlement({ id: 'held' })], []);
    expect(filterItems(items, 'CUSTOMER profiles')).toHaveLength(1);
    expect(filterItems(items, 'analytics-role segment')).toHaveLength(1);
    expect(filterItems(items, 'customer nothing')).toHaveLength(0);
  });
});
