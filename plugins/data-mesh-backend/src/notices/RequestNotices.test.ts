import { aProduct, aRequest } from '../testing/meshFixture';
import type { RequestRecord } from '../store/requests/RequestRecord';
import { messageOf } from './RequestNotices';
import type { RequestHappening } from '../events';

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
        {
          name: 'owner',
          approvers: ['group:default/sales'],
          because: { text: 'x' },
        },
        {
          name: 'steward',
          approvers: ['user:default/stella'],
          because: { text: 'x' },
        },
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
  const lakemesh = 'plugin:data-mesh';
  const toAna = { to: [ana] };
  const asksSales = { asks: ['group:default/sales'] };
  const asksStella = { asks: ['user:default/stella'] };
  it.each<[RequestHappening, Partial<RequestRecord>, string, object, string]>([
    ['created', {}, ana, asksSales, 'ana asks for access'],
    ['revised', {}, ana, asksSales, 'ana asks for access'],
    ['stage-approved', { stage: 1 }, omar, asksStella, 'ana asks for access'],
    ['approved', { state: 'approved' }, omar, toAna, 'was approved'],
    ['rejected', { state: 'rejected' }, omar, toAna, 'was rejected'],
    [
      'changes-requested',
      { state: 'changes-requested' },
      omar,
      toAna,
      'needs changes',
    ],
    ['lapsed', { state: 'lapsed' }, lakemesh, toAna, 'has lapsed'],
    ['judged-again', {}, lakemesh, asksSales, 'has changed'],
    ['commented', {}, omar, toAna, 'omar commented'],
    ['commented', {}, ana, asksSales, 'ana commented'],
  ])('of a request that was %s', (happening, change, actorRef, whom, title) => {
    const message = messageOf({
      record: aRecord(change),
      happening,
      actorRef,
      comment: 'Because',
    });
    expect({
      ...(message?.to && { to: message.to }),
      ...(message?.asks && { asks: message.asks }),
    }).toEqual(whom);
    expect(message?.title).toContain(title);
  });

  it.each<[RequestHappening, Partial<RequestRecord>, string[], string]>([
    ['created', {}, ['group:default/sales'], 'is suspended until you decide'],
    [
      'stage-approved',
      { stage: 1 },
      ['user:default/stella'],
      'is suspended until you decide',
    ],
    ['approved', { state: 'approved' }, [ana], 'goes on'],
    ['rejected', { state: 'rejected' }, [ana], 'has ended'],
    ['lapsed', { state: 'lapsed' }, [ana], 'has lapsed'],
    ['judged-again', {}, ['group:default/sales'], 'has changed'],
    ['commented', {}, [ana], 'omar commented'],
  ])('of suspended access that was %s', (happening, change, to, title) => {
    const message = messageOf({
      record: aRecord({ kind: 'resume', ...change }),
      happening,
      actorRef: omar,
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
