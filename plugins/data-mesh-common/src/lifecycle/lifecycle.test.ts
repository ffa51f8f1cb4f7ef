import {
  entitlementChangeTransitions,
  entitlementTransitions,
  liveEntitlementStates,
  type EntitlementChangeEvent,
  type EntitlementEvent,
} from './entitlement';
import {
  openRequestStates,
  requestTransitions,
  type RequestEvent,
} from './request';
import { eventsOf, transition } from './stateMachine';
import type {
  EntitlementChangeState,
  EntitlementState,
  RequestState,
} from '../client/types.generated';

describe('transition', () => {
  it.each<[RequestState, RequestEvent, RequestState]>([
    ['pending', 'approve-stage', 'pending'],
    ['pending', 'approve', 'approved'],
    ['pending', 'reject', 'rejected'],
    ['pending', 'request-changes', 'changes-requested'],
    ['changes-requested', 'revise', 'pending'],
    ['changes-requested', 'withdraw', 'withdrawn'],
    ['pending', 'lapse', 'lapsed'],
  ])('takes a request that is %s by %s to %s', (state, event, next) => {
    expect(transition(requestTransitions, state, event)).toEqual({
      ok: true,
      state: next,
    });
  });

  it.each<[EntitlementState, EntitlementEvent, EntitlementState]>([
    ['provisioning', 'applied', 'active'],
    ['provisioning', 'fail', 'failed'],
    ['failed', 'retry-apply', 'provisioning'],
    ['active', 'expire', 'revoking'],
    ['revoking', 'undone', 'revoked'],
    ['revoking', 'undone-by-expiry', 'expired'],
    ['active', 'suspend', 'revoking'],
    ['revoking', 'undone-by-suspension', 'suspended'],
    ['suspended', 'resume', 'provisioning'],
    ['suspended', 'revoke', 'revoking'],
    ['suspended', 'expire', 'revoking'],
    ['active', 'reapply', 'provisioning'],
    ['failed', 'reapply', 'provisioning'],
    ['provisioning', 'expire', 'revoking'],
    ['failed', 'expire', 'revoking'],
    ['active', 'amend', 'active'],
    ['active', 'narrow', 'active'],
    ['active', 'changed', 'active'],
    ['active', 'renew', 'active'],
    ['provisioning', 'renew', 'provisioning'],
    ['failed', 'close', 'revoked'],
    ['failed', 'close-by-expiry', 'expired'],
  ])('takes an entitlement that is %s by %s to %s', (state, event, next) => {
    expect(transition(entitlementTransitions, state, event)).toEqual({
      ok: true,
      state: next,
    });
  });

  it('says what is possible instead', () => {
    expect(
      transition(requestTransitions, 'changes-requested', 'approve'),
    ).toEqual({
      ok: false,
      reason:
        'it is changes-requested, where only revise, withdraw, or lapse is possible',
    });
  });

  it('says that a final state is final', () => {
    expect(transition(requestTransitions, 'rejected', 'approve')).toEqual({
      ok: false,
      reason: 'it is rejected, which is final',
    });
  });

  it('never approves what is not pending', () => {
    const states = Object.keys(requestTransitions) as RequestState[];
    expect(
      states.filter(
        state => transition(requestTransitions, state, 'approve').ok,
      ),
    ).toEqual(['pending']);
  });

  it('reaches active only by what the worker has verified', () => {
    const states = Object.keys(entitlementTransitions) as EntitlementState[];
    const ways = states.flatMap(state =>
      eventsOf(entitlementTransitions, state)
        // What leaves it active does not make it so.
        .filter(event => state !== entitlementTransitions[state][event])
        .filter(event => entitlementTransitions[state][event] === 'active')
        .map(event => `${state} ${event}`),
    );
    expect(ways).toEqual(['provisioning applied']);
  });
});

describe('a change of an active entitlement', () => {
  it.each<
    [
      EntitlementChangeState,
      EntitlementChangeEvent,
      EntitlementChangeState | 'done',
    ]
  >([
    ['applying', 'applied', 'removing'],
    ['removing', 'removed', 'done'],
    ['applying', 'fail', 'failed'],
    ['removing', 'fail', 'failed'],
    ['failed', 'retry-apply', 'applying'],
    ['failed', 'retry-remove', 'removing'],
    ['failed', 'supersede', 'applying'],
  ])('that is %s goes by %s to %s', (state, event, next) => {
    expect(transition(entitlementChangeTransitions, state, event)).toEqual({
      ok: true,
      state: next,
    });
  });

  it('takes nothing away before what is new is in force', () => {
    expect(
      transition(entitlementChangeTransitions, 'applying', 'removed').ok,
    ).toBe(false);
  });

  it('is begun only where the entitlement is active', () => {
    const states = Object.keys(entitlementTransitions) as EntitlementState[];
    for (const event of ['amend', 'narrow', 'changed'] as const) {
      expect(
        states.filter(
          state => transition(entitlementTransitions, state, event).ok,
        ),
      ).toEqual(['active']);
    }
  });
});

describe('states that are not over', () => {
  it('are those that lead somewhere', () => {
    const leading = (transitions: object) =>
      Object.entries(transitions)
        .filter(([, events]) => Object.keys(events).length > 0)
        .map(([state]) => state)
        .sort();
    expect([...openRequestStates].sort()).toEqual(leading(requestTransitions));
    expect([...liveEntitlementStates].sort()).toEqual(
      leading(entitlementTransitions),
    );
  });
});
