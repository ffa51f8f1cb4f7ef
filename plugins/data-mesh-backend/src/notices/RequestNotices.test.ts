import { aProduct, aRequest } from '../testing/meshFixture';
import type { RequestRecord } from '../requests/RequestRecord';
import { messageOf, type RequestHappening } from './RequestNotices';

const [port] = aProduct().spec.outputPorts;

function aRecord(change: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id: 'r1',
    groupId: 'g1',
    kind: 'new',
    state: 'pending',
    version: 1,
    requesterRef: 'user:default/ana',
    principal: { id: 'fake:analysts', kind: 'other', name: 'analysts' },
    productRef: 'dataproduct:default/orders',
    productTitle: 'Sales orders',
    productOwnerRef: 'group:default/sales',
    port: port.name,
    portType: port.type,
    portSnapshot: port,
    scope: aRequest().scope,
    sensitiveColumns: [],
    purpose: 'analytics',
    durationDays: 30,
    policy: {
      stages: [
        { name: 'owner', approvers: ['group:default/sales'], because: 'x' },
        { name: 'steward', approvers: ['user:default/stella'], because: 'x' },
      ],
      refusals: [],
      maxDurationDays: 365,
      autoApproved: false,
    },
    stage: 0,
    identities: {},
    createdAt: '2026-11-23T00:00:00.000Z',
    updatedAt: '2026-11-23T00:00:00.000Z',
    ...change,
  };
}

describe('messageOf', () => {
  it('lets nothing that others have written turn or hide its words', () => {
    const message = messageOf({
      record: aRecord({ productTitle: 'Lab \u202eRTL' }),
      happening: 'created',
      actorRef: 'user:default/ana',
    });
    expect(message?.title).toBe('ana asks for access to Lab RTL');
    const commented = messageOf({
      record: aRecord({ productTitle: 'הזמנות' }),
      happening: 'commented',
      actorRef: 'user:default/ana',
      comment: 'fine\u2067',
    });
    expect(commented).toMatchObject({
      title: 'ana commented on the request for \u2068הזמנות\u2069',
      description: 'fine',
    });
  });

  it('tells products of one title and principals of one name apart', () => {
    const message = messageOf({
      record: aRecord({
        productRef: 'dataproduct:emea/orders',
        principal: {
          id: 'arn:aws:iam::111122223333:role/etl/analysts',
          kind: 'iam-role',
          name: 'analysts',
          accountId: '111122223333',
        },
      }),
      happening: 'created',
      actorRef: 'user:default/ana',
    });
    expect(message?.title).toBe('ana asks for access to Sales orders (emea)');
    expect(message?.description).toMatch(
      / for etl\/analysts \(111122223333\), 30 days/,
    );
  });

  const omar = 'user:default/omar';
  const ana = 'user:default/ana';
  it.each<[RequestHappening, Partial<RequestRecord>, string, string[], string]>(
    [
      ['created', {}, ana, ['group:default/sales'], 'ana asks for access'],
      ['revised', {}, ana, ['group:default/sales'], 'ana asks for access'],
      [
        'stage-approved',
        { stage: 1 },
        omar,
        ['user:default/stella'],
        'ana asks for access',
      ],
      ['approved', { state: 'approved' }, omar, [ana], 'was approved'],
      ['rejected', { state: 'rejected' }, omar, [ana], 'was rejected'],
      [
        'changes-requested',
        { state: 'changes-requested' },
        omar,
        [ana],
        'needs changes',
      ],
      ['lapsed', { state: 'lapsed' }, 'plugin:data-mesh', [ana], 'has lapsed'],
      [
        'judged-again',
        {},
        'plugin:data-mesh',
        ['group:default/sales'],
        'has changed',
      ],
      ['commented', {}, omar, [ana], 'omar commented'],
      ['commented', {}, ana, ['group:default/sales'], 'ana commented'],
    ],
  )('of a request that was %s', (happening, change, actorRef, to, title) => {
    const message = messageOf({
      record: aRecord(change),
      happening,
      actorRef,
      comment: 'Because',
    });
    expect(message).toMatchObject({
      to,
      title: expect.stringContaining(title),
    });
  });

  it.each<RequestHappening>(['withdrawn'])(
    'bothers nobody with a request that was %s',
    happening => {
      expect(
        messageOf({ record: aRecord(), happening, actorRef: ana }),
      ).toBeUndefined();
    },
  );

  it('says who did it and why', () => {
    expect(
      messageOf({
        record: aRecord(),
        happening: 'rejected',
        actorRef: omar,
        comment: 'Use the aggregate',
      })?.description,
    ).toBe('omar: Use the aggregate');
  });
});
