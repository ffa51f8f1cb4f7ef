import { anEntitlementDetail, aRequestDetail } from '../testing';
import { conflictChanges } from './decide/conflictChanges';
import { stageProgress } from './stageProgress';
import { timelineOf } from './timeline';

const scope = (...columns: string[]) => ({
  level: 'read' as const,
  tables: [{ table: 'profiles', columns }],
});

const revised = aRequestDetail({
  createdAt: '2026-11-01T00:00:00Z',
  scope: scope('a'),
  durationDays: 30,
  revisions: [
    {
      number: 2,
      authorRef: 'user:default/ana.ruiz',
      at: '2026-11-05T00:00:00Z',
      before: { scope: scope('a', 'b'), purpose: 'p', durationDays: 30 },
    },
    {
      number: 1,
      authorRef: 'user:default/ana.ruiz',
      at: '2026-11-03T00:00:00Z',
      comment: 'without c',
      before: { scope: scope('a', 'b', 'c'), purpose: 'p', durationDays: 90 },
    },
  ],
  comments: [
    {
      id: '1',
      authorRef: 'user:default/jo.lind',
      text: 'Which market?',
      at: '2026-11-02T00:00:00Z',
    },
  ],
  purpose: 'p',
  justification: undefined,
});

describe('timelineOf', () => {
  it('tells what was asked at first, then each change against the one before', () => {
    const entries = timelineOf(revised);
    expect(entries.map(entry => entry.kind)).toEqual([
      'created',
      'commented',
      'revised',
      'revised',
    ]);
    expect(entries[0]).toMatchObject({ durationDays: 90 });
    expect(entries[2]).toMatchObject({
      text: 'without c',
      changes: [
        { kind: 'columnsRemoved', columns: ['c'] },
        { kind: 'duration', from: 90, to: 30 },
      ],
    });
    expect(entries[3]).toMatchObject({
      changes: [{ kind: 'columnsRemoved', columns: ['b'] }],
    });
  });

  it('tells what a decision narrowed', () => {
    const [, decided] = timelineOf(
      aRequestDetail({
        createdAt: '2026-11-01T00:00:00Z',
        scope: scope('a', 'b'),
        decisions: [
          {
            id: '1',
            actorRef: 'user:default/jo.lind',
            decision: 'approve',
            stage: 0,
            at: '2026-11-02T00:00:00Z',
            narrowedScope: scope('a'),
            narrowedDurationDays: 7,
          },
        ],
      }),
    );
    expect(decided).toMatchObject({
      kind: 'decided',
      narrowed: true,
      changes: [
        { kind: 'columnsRemoved', columns: ['b'] },
        { kind: 'duration', from: 30, to: 7 },
      ],
    });
  });

  it('tells of the access that came of it, up to its end', () => {
    const entries = timelineOf(
      aRequestDetail({ createdAt: '2026-11-01T00:00:00Z', state: 'approved' }),
      anEntitlementDetail({
        state: 'revoked',
        createdAt: '2026-11-02T00:00:00Z',
        activatedAt: '2026-11-02T00:01:00Z',
        endedAt: '2026-11-09T00:00:00Z',
        endReason: 'project over',
        endedBy: 'user:default/jo.lind',
      }),
    );
    expect(entries.map(entry => entry.kind)).toEqual([
      'created',
      'entitled',
      'activated',
      'ended',
    ]);
    expect(entries[3]).toMatchObject({ text: 'project over' });
  });

  it('tells of a failure in the words of the system', () => {
    const entries = timelineOf(
      aRequestDetail(),
      anEntitlementDetail({
        state: 'failed',
        activatedAt: undefined,
        error: {
          code: 'AccessDeniedException',
          message: 'not allowed',
          kind: 'permanent',
          at: new Date().toISOString(),
        },
      }),
    );
    expect(entries[entries.length - 1]).toMatchObject({
      kind: 'failed',
      text: 'AccessDeniedException: not allowed',
    });
  });

  it('ends with who withdrew it', () => {
    const request = aRequestDetail({ state: 'withdrawn' });
    const entries = timelineOf(request);
    expect(entries[entries.length - 1]).toMatchObject({
      kind: 'withdrawn',
      actorRef: request.requesterRef,
    });
  });

  it('ends with its lapse', () => {
    const request = aRequestDetail({ state: 'lapsed' });
    const entries = timelineOf(request);
    expect(entries[entries.length - 1].kind).toBe('lapsed');
    // Where it did not run out of time, the system has written why.
    const why = {
      id: 'comment-why',
      authorRef: 'plugin:data-mesh',
      text: 'Its product goes by another name',
      at: request.decidedAt ?? request.updatedAt,
    };
    const closed = timelineOf({ ...request, comments: [why] });
    expect(closed.map(({ kind }) => kind).slice(-2)).toEqual([
      'commented',
      'closed',
    ]);
  });

  it('says which rule approved it', () => {
    const request = aRequestDetail({ state: 'approved' });
    const entries = timelineOf({
      ...request,
      policy: {
        ...request.policy,
        stages: [],
        autoApproved: true,
        autoApprovedBecause: { text: 'public data' },
      },
      decisions: [
        {
          id: '1',
          actorRef: 'plugin:data-mesh',
          decision: 'approve',
          stage: 0,
          comment: 'public data',
          at: request.createdAt,
        },
      ],
    });
    // Once, not also as the decision that the backend recorded.
    expect(entries.map(entry => entry.kind)).toEqual(['created', 'byRule']);
    expect(entries[1]).toMatchObject({ because: { text: 'public data' } });
  });
});

describe('conflictChanges', () => {
  const seen = aRequestDetail();
  const decision = {
    id: 'd',
    actorRef: 'user:default/jo.lind',
    decision: 'approve' as const,
    stage: 0,
    at: '2026-11-02T00:00:00Z',
  };

  it.each([
    [
      'a decision that ended it',
      { state: 'approved' as const, decisions: [decision] },
      ['decision', 'state'],
    ],
    [
      'a decision of another stage',
      { stage: 1, decisions: [decision] },
      ['decision', 'stage'],
    ],
    [
      'a change by the requester',
      { revisions: revised.revisions },
      ['revised'],
    ],
    ['a comment', { comments: revised.comments }, ['comment']],
    ['something that is not shown', { version: 9 }, ['other']],
  ])('finds %s', (_, over, kinds) => {
    expect(
      conflictChanges(seen, aRequestDetail(over)).map(change => change.kind),
    ).toEqual(kinds);
  });
});

describe('stageProgress', () => {
  const stages = ['owner', 'steward', 'third'].map(name => ({
    name,
    approvers: [`group:default/${name}`],
    because: { text: '' },
  }));
  const policy = { ...aRequestDetail().policy, stages };
  const by = (
    stage: number,
    decision: 'approve' | 'reject' | 'request-changes',
  ) => ({
    id: `${stage}`,
    actorRef: 'user:default/x',
    decision,
    stage,
    at: '2026-11-02T00:00:00Z',
  });

  it.each([
    ['the first stage waits', 'pending', 0, [], ['now', 'later', 'later']],
    [
      'one stage approved',
      'pending',
      1,
      [by(0, 'approve')],
      ['decided', 'now', 'later'],
    ],
    [
      'rejected in the second',
      'rejected',
      1,
      [by(0, 'approve'), by(1, 'reject')],
      ['decided', 'decided', 'not-reached'],
    ],
    [
      'changes asked for',
      'changes-requested',
      0,
      [by(0, 'request-changes')],
      ['decided', 'later', 'later'],
    ],
    [
      'asked again after a change',
      'pending',
      0,
      [by(0, 'request-changes')],
      ['now', 'later', 'later'],
    ],
    [
      'withdrawn before anybody decided',
      'withdrawn',
      0,
      [],
      ['not-reached', 'not-reached', 'not-reached'],
    ],
  ] as const)('knows that %s', (_, state, stage, decisions, states) => {
    expect(
      stageProgress({ state, stage, policy }, decisions).map(one => one.state),
    ).toEqual(states);
  });
});

describe('the timeline of a renewal', () => {
  it('begins with it, not with the access that it is about', () => {
    const request = aRequestDetail({
      kind: 'renew',
      createdAt: '2026-11-10T00:00:00Z',
      amendsEntitlementId: 'ent-1',
      entitlementId: 'ent-1',
    });
    const entitlement = anEntitlementDetail({
      createdAt: '2026-11-01T00:00:00Z',
      activatedAt: '2026-11-01T00:01:00Z',
      state: 'revoked',
      endedAt: '2026-11-12T00:00:00Z',
    });
    expect(timelineOf(request, entitlement).map(one => one.kind)).toEqual([
      'created',
      'ended',
    ]);
  });
});
