import type {
  PolicyStage,
  RequestState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { actionsOf, whyNotDecide, type Standing } from './standing';

const OWNERS = 'group:default/sales';
const STEWARDS = 'group:default/stewards';

function stage(name: string, approver: string): PolicyStage {
  return { name, approvers: [approver], because: { text: 'so' } };
}

function aRequest(change: { state?: RequestState; stage?: number } = {}) {
  return {
    kind: 'new' as const,
    state: 'pending' as RequestState,
    requesterRef: 'user:default/ana',
    principalVia: 'group:default/analysts',
    policy: {
      stages: [stage('owner', OWNERS), stage('steward', STEWARDS)],
      refusals: [],
      maxDurationDays: 365,
      autoApproved: false,
    },
    stage: 0,
    ...change,
  };
}

function standing(user: string, change: Partial<Standing> = {}): Standing {
  const userRef = `user:default/${user}`;
  return {
    userRef,
    ownershipRefs: [userRef, ...(change.ownershipRefs ?? [])],
    permitted: { decide: true, withdraw: true },
    onlyOwnPrincipal: false,
    ...(change.permitted && { permitted: change.permitted }),
    ...(change.onlyOwnPrincipal && { onlyOwnPrincipal: true }),
  };
}

const owner = standing('omar', { ownershipRefs: [OWNERS] });
const steward = standing('stella', { ownershipRefs: [STEWARDS] });

const deciding = {
  decision: 'approve' as const,
  actorRef: 'user:default/omar',
  takesEffectAt: '2026-11-23T08:00:05.000Z',
};

describe('whyNotDecide', () => {
  it('finds nothing against an approver of the stage', () => {
    expect(whyNotDecide(aRequest(), owner)).toBeUndefined();
    expect(whyNotDecide(aRequest({ stage: 1 }), steward)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof whyNotDecide>, RegExp, boolean]>([
    [
      'the requester, though an owner',
      [aRequest(), standing('ana', { ownershipRefs: [OWNERS] })],
      /made this request yourself/,
      false,
    ],
    [
      'whose principal alone it is',
      [
        aRequest(),
        standing('omar', { ownershipRefs: [OWNERS], onlyOwnPrincipal: true }),
      ],
      /principal that is only yours/,
      false,
    ],
    [
      'who led to the principal when it was asked for',
      [{ ...aRequest(), principalVia: 'user:default/omar' }, owner],
      /principal that is only yours/,
      false,
    ],
    [
      'an approver of a later stage',
      [aRequest(), steward],
      /comes after/,
      false,
    ],
    [
      'an approver of an earlier stage',
      [aRequest({ stage: 1 }), owner],
      /is decided already/,
      false,
    ],
    [
      'a bystander',
      [aRequest(), standing('eve')],
      /to whom you do not belong/,
      true,
    ],
    [
      'an approver without the permission',
      [
        aRequest(),
        standing('omar', {
          ownershipRefs: [OWNERS],
          permitted: { decide: false, withdraw: true },
        }),
      ],
      /permission data-mesh\.request\.decide/,
      false,
    ],
  ])('refuses %s', (_, args, reason, plain) => {
    expect(whyNotDecide(...args)).toEqual({
      reason: expect.stringMatching(reason),
      plain,
    });
  });
});

describe('whyNotDecide what was decided undoably', () => {
  it.each<[string, Standing, RegExp]>([
    ['who decided', owner, /^You have approved .* undo that first$/],
    [
      'another approver',
      standing('olga', { ownershipRefs: [OWNERS] }),
      /^user:default\/omar has approved .* at 2026-11-23T08:00:05.000Z/,
    ],
    ['who is not to decide anyway', steward, /comes after/],
  ])('refuses %s', (_, who, reason) => {
    expect(whyNotDecide(aRequest(), who, deciding)?.reason).toMatch(reason);
  });
});

describe('actionsOf', () => {
  const requester = standing('ana');
  const decide = ['approve', 'reject', 'request-changes', 'comment'];
  it.each<[string, RequestState, Standing, string[]]>([
    ['approver', 'pending', owner, decide],
    ['approver', 'changes-requested', owner, ['comment']],
    ['approver', 'approved', owner, ['comment']],
    ['requester', 'pending', requester, ['withdraw', 'comment']],
    [
      'requester',
      'changes-requested',
      requester,
      ['withdraw', 'revise', 'comment'],
    ],
    ['requester', 'rejected', requester, ['comment']],
    ['requester', 'withdrawn', requester, ['comment']],
    ['requester', 'lapsed', requester, ['comment']],
    [
      'requester without the permission to withdraw',
      'pending',
      standing('ana', { permitted: { decide: true, withdraw: false } }),
      ['comment'],
    ],
    ['bystander', 'pending', standing('eve'), ['comment']],
  ])('lets the %s of a request that is %s …', (_, state, who, actions) => {
    expect(actionsOf(aRequest({ state }), who)).toEqual(actions);
  });

  it.each<[string, Standing, string[]]>([
    ['who decided', owner, ['comment']],
    [
      'another approver',
      standing('olga', { ownershipRefs: [OWNERS] }),
      ['comment'],
    ],
    ['the requester', requester, ['withdraw', 'comment']],
  ])('lets nobody decide what is decided already: %s', (_, who, actions) => {
    expect(actionsOf(aRequest(), who, deciding)).toEqual(actions);
  });
});
