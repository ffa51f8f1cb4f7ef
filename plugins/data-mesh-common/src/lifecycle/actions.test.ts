import { claimActors, claimTransitions } from './claim';
import {
  entitlementTransitions,
  isLiveEntitlement,
  type EntitlementEvent,
} from './entitlement';
import {
  actionsOfPhase,
  entitlementActions,
  entitlementActors,
  entitlementPhase,
  isEnding,
  isInForce,
  isUnderWay,
  type EntitlementPhase,
  type EntitlementProgress,
} from './entitlementActions';
import { requestActions, requestActors, requestTransitions } from './request';
import { eventsOf } from './stateMachine';
import type {
  EntitlementAction,
  RequestAction,
  RequestState,
} from '../client/types.generated';

/** Rows of a table with an x where the column is in the list of the row. */
function tableOf<Row extends string, Column extends string>(
  lists: { readonly [R in Row]: readonly Column[] },
  columns: readonly Column[],
): string[] {
  return (Object.keys(lists) as Row[]).map(row =>
    [
      row.padEnd(20),
      ...columns.map(column => (lists[row].includes(column) ? 'x' : '.')),
    ].join(' '),
  );
}

describe('actions on a request', () => {
  const actions = Object.keys(requestActors) as RequestAction[];

  it('are those of its state', () => {
    expect(actions).toEqual([
      'approve',
      'reject',
      'request-changes',
      'withdraw',
      'revise',
      'comment',
    ]);
    expect(tableOf(requestActions, actions)).toEqual([
      'pending              x x x x . x',
      'changes-requested    . . . x x x',
      'approved             . . . . . x',
      'rejected             . . . . . x',
      'withdrawn            . . . . . x',
      'lapsed               . . . . . x',
    ]);
  });

  it.each(Object.keys(requestTransitions) as RequestState[])(
    'are the events that people cause where it is %s, and comments',
    state => {
      const events = eventsOf(requestTransitions, state).filter(
        event => event !== 'lapse' && event !== 'approve-stage',
      );
      expect([...requestActions[state]].sort()).toEqual(
        [...events, 'comment'].sort(),
      );
    },
  );
});

describe('actions on a claim', () => {
  it('are its events', () => {
    const events = Object.values(claimTransitions).flatMap(state =>
      Object.keys(state),
    );
    expect(Object.keys(claimActors).sort()).toEqual(
      [...new Set(events)].sort(),
    );
  });
});

describe('actions on an entitlement', () => {
  const actions = Object.keys(entitlementActors) as EntitlementAction[];
  const at = { activatedAt: '2026-01-01T00:00:00.000Z' };
  const progress: { [P in EntitlementPhase]: EntitlementProgress } = {
    provisioning: { state: 'provisioning' },
    'provisioning-failed': { state: 'failed', failedFrom: 'provisioning' },
    active: { state: 'active', ...at },
    changing: { state: 'active', ...at, change: { state: 'applying' } },
    'change-failed': { state: 'active', ...at, change: { state: 'failed' } },
    reapplying: { state: 'provisioning', ...at },
    'reapplying-failed': {
      state: 'failed',
      failedFrom: 'provisioning',
      ...at,
    },
    suspended: { state: 'suspended', ...at },
    revoking: { state: 'revoking', ...at },
    'revoking-failed': { state: 'failed', failedFrom: 'revoking', ...at },
    revoked: { state: 'revoked', ...at },
    expired: { state: 'expired', ...at },
  };
  const phases = Object.keys(progress) as EntitlementPhase[];

  it('are those of its phase', () => {
    expect(actions).toEqual([
      'revoke',
      'close-residue',
      'relinquish',
      'renew',
      'amend',
      'vend',
      'move',
      'retry',
      'reapply',
      'narrow',
    ]);
    expect(tableOf(entitlementActions, actions)).toEqual([
      'provisioning         x . x . . . x . . .',
      'provisioning-failed  x . x . . . x x x .',
      'active               x . x x x x x . x x',
      'changing             x . x x . x . . . .',
      'change-failed        x . x x x x . x . x',
      'reapplying           x . x x . . x . . .',
      'reapplying-failed    x . x x . . x x x .',
      'suspended            x . x . . . x . . .',
      'revoking             . . . . . . . . . .',
      'revoking-failed      . x . . . . . x . .',
      'revoked              . . . . . . . . . .',
      'expired              . . . . . . . . . .',
    ]);
  });

  it.each(phases)('knows what is %s by what the API tells', phase => {
    expect(entitlementPhase(progress[phase])).toBe(phase);
    expect(actionsOfPhase(progress[phase])).toBe(entitlementActions[phase]);
  });

  it('knows a change that removes from one that has failed', () => {
    expect(
      entitlementPhase({ state: 'active', change: { state: 'removing' } }),
    ).toBe('changing');
  });

  it('says what is in force, ends and is under way', () => {
    const those = (is: (entitlement: EntitlementProgress) => boolean) =>
      phases.filter(phase => is(progress[phase]));
    expect(those(isInForce)).toEqual([
      'active',
      'changing',
      'change-failed',
      'reapplying',
      'reapplying-failed',
    ]);
    expect(those(isEnding)).toEqual(['revoking', 'revoking-failed']);
    expect(those(isUnderWay)).toEqual([
      'provisioning',
      'changing',
      'reapplying',
      'revoking',
    ]);
    expect(those(one => !isLiveEntitlement(one))).toEqual([
      'revoked',
      'expired',
    ]);
  });

  it.each<[EntitlementAction, EntitlementEvent[]]>([
    ['revoke', ['revoke']],
    ['relinquish', ['revoke']],
    ['retry', ['retry-apply', 'retry-undo']],
    ['reapply', ['reapply']],
    ['amend', ['amend']],
    ['narrow', ['narrow']],
    ['close-residue', ['close']],
  ])('%s only where the state takes it', (action, events) => {
    const impossible = phases.filter(phase => {
      const { state, change } = progress[phase];
      // A change that has failed is retried, and the state stays.
      if (!actionsOfPhase(progress[phase]).includes(action) || change) {
        return false;
      }
      const taken = eventsOf(entitlementTransitions, state);
      return !taken.some(event => events.includes(event));
    });
    expect(impossible).toEqual([]);
  });
});
