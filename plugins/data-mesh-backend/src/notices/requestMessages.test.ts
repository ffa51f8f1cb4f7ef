import { isolatedText } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aProduct, aRequest } from '../testing/meshFixture';
import type { RequestSummary } from '../store/requests/RequestRecord';
import type { RequestHappening } from '../events';
import {
  askMessage,
  droppedMessage,
  requesterMessage,
  settledMessage,
  waitingMessage,
} from './requestMessages';
import type { Say } from './say';

const [port] = aProduct().spec.outputPorts;

function aRecord(change: Partial<RequestSummary> = {}): RequestSummary {
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
    createdAt: '2026-11-23T00:00:00.000Z',
    updatedAt: '2026-11-23T00:00:00.000Z',
    ...change,
  };
}

const ANA = 'user:default/ana';
const OMAR = 'user:default/omar';

const names: { [ref: string]: string } = {
  [ANA]: 'Ana Ruiz',
  [OMAR]: 'Omar Haddad',
};
const say: Say = {
  name: ref => names[ref] ?? ref,
  purpose: id => ({ analytics: 'Analytics' }[id] ?? id),
};
const aPrincipal = (name: string) => ({
  id: `fake:${name}`,
  kind: 'other' as const,
  name,
});

describe('approvers are asked', () => {
  it('in names and titles, with a link to the request', () => {
    expect(askMessage([aRecord()], say)).toEqual({
      title: 'Ana Ruiz asks for access to Sales orders',
      description:
        '2 columns of orders for analysts, 30 days, purpose: Analytics',
      link: '/data-mesh/requests/r1',
      severity: 'normal',
    });
  });

  it('once for all requests of a submission, with a link to those that wait', () => {
    expect(
      askMessage(
        [
          aRecord(),
          aRecord({ id: 'r2', principal: aPrincipal('loaders') }),
          aRecord({ id: 'r3', principal: aPrincipal('bots') }),
        ],
        say,
      ),
    ).toMatchObject({
      title: 'Ana Ruiz asks for access to Sales orders',
      description: expect.stringContaining('for analysts, bots, and loaders,'),
      link: '/data-mesh/requests?view=toDecide&id=r1',
    });
  });

  it.each<[Partial<RequestSummary>, RequestHappening | undefined, string]>([
    [{ kind: 'renew' }, undefined, 'Ana Ruiz asks to renew access to'],
    [{ kind: 'amend' }, undefined, 'Ana Ruiz asks to change access to'],
    [{ kind: 'resume' }, undefined, 'is suspended until you decide'],
    [{}, 'judged-again', 'Ana Ruiz’s request for Sales orders has changed'],
    [
      { kind: 'resume' },
      'judged-again',
      'suspended access to Sales orders has',
    ],
  ])('in words for what it is: %j %s', (change, happening, title) => {
    const record = aRecord(change);
    const last = happening && {
      record,
      happening,
      actorRef: 'plugin:data-mesh',
      comment: 'Because',
    };
    expect(askMessage([record], say, last).title).toContain(title);
  });

  it('again, and with more urgency, when somebody waits for long', () => {
    expect(waitingMessage([aRecord()], say)).toMatchObject({
      title:
        'Ana Ruiz waits for you since 23 Nov 2026: Ana Ruiz asks for access to Sales orders',
      severity: 'high',
    });
  });

  it('with nothing that others have written turning or hiding the words', () => {
    expect(
      askMessage([aRecord({ productTitle: 'Lab \u202eRTL' })], say).title,
    ).toBe('Ana Ruiz asks for access to Lab RTL');
    expect(
      requesterMessage(
        {
          record: aRecord({ productTitle: 'הזמנות' }),
          happening: 'commented',
          actorRef: OMAR,
          comment: 'fine\u2067',
        },
        say,
      ),
    ).toMatchObject({
      title: 'Omar Haddad commented on the request for \u2068הזמנות\u2069',
      description: 'fine',
    });
  });

  it('so that products of one title and principals of one name differ', () => {
    const message = askMessage(
      [
        aRecord({
          productRef: 'dataproduct:emea/orders',
          principal: {
            id: 'arn:aws:iam::111122223333:role/etl/analysts',
            kind: 'iam-role',
            name: 'analysts',
            accountId: '111122223333',
          },
        }),
      ],
      say,
    );
    expect(message.title).toBe(
      'Ana Ruiz asks for access to Sales orders (emea)',
    );
    expect(message.description).toMatch(
      / for etl\/analysts \(111122223333\), 30 days/,
    );
  });
});

describe('the requester is told', () => {
  const told = (
    happening: RequestHappening,
    change: Partial<RequestSummary> = {},
  ) =>
    requesterMessage(
      {
        record: aRecord(change),
        happening,
        actorRef: OMAR,
        comment: 'Use the aggregate',
      },
      say,
    );

  it.each<[RequestHappening, string, string, string]>([
    ['approved', 'was approved', 'normal', '/data-mesh/requests/r1'],
    ['rejected', 'was rejected', 'low', '/data-mesh/requests/r1'],
    [
      'changes-requested',
      'needs changes',
      'high',
      '/data-mesh/request/default/orders?revise=r1',
    ],
    ['lapsed', 'has lapsed', 'low', '/data-mesh/requests/r1'],
  ])('of a request that was %s', (happening, title, severity, link) => {
    expect(told(happening)).toMatchObject({
      title: `Your request for Sales orders ${title}`,
      severity,
      link,
    });
  });

  it.each<[RequestHappening, string]>([
    ['approved', 'goes on'],
    ['rejected', 'has ended'],
    ['lapsed', 'has lapsed'],
    ['commented', 'Omar Haddad commented'],
  ])('of suspended access that was %s', (happening, title) => {
    expect(told(happening, { kind: 'resume' })?.title).toContain(title);
  });

  it('who did it and why', () => {
    expect(told('rejected')?.description).toBe(
      'Omar Haddad: Use the aggregate',
    );
  });

  it.each<RequestHappening>(['created', 'stage-approved', 'withdrawn'])(
    'nothing of what was %s',
    happening => expect(told(happening)).toBeUndefined(),
  );
});

describe('those who were asked', () => {
  it.each<[RequestHappening, string, string]>([
    ['approved', OMAR, 'Omar Haddad approved Ana Ruiz’s request for'],
    ['stage-approved', OMAR, 'Omar Haddad approved Ana Ruiz’s request for'],
    ['rejected', OMAR, 'Omar Haddad rejected Ana Ruiz’s request for'],
    [
      'changes-requested',
      OMAR,
      'Omar Haddad asked for changes to Ana Ruiz’s request for',
    ],
    ['withdrawn', ANA, 'Ana Ruiz withdrew the request for'],
    ['lapsed', 'plugin:data-mesh', 'Ana Ruiz’s request for Sales orders has'],
    ['judged-again', 'plugin:data-mesh', 'does not wait for you any more'],
  ])('learn that it was %s', (happening, actorRef, title) => {
    expect(
      settledMessage({ record: aRecord(), happening, actorRef }, say),
    ).toMatchObject({
      title: expect.stringContaining(title),
      severity: 'low',
      link: '/data-mesh/requests/r1',
    });
  });
});

describe('who decided', () => {
  it.each([
    ['approve', 'Your approval for Sales orders did not take effect'],
    ['reject', 'Your rejection for Sales orders did not take effect'],
    [
      'request-changes',
      'Your request for changes for Sales orders did not take effect',
    ],
  ] as const)('is told that it came to nothing: %s', (decision, title) => {
    expect(
      droppedMessage({
        record: aRecord(),
        happening: 'decision-dropped',
        actorRef: 'plugin:data-mesh',
        comment: 'Because',
        dropped: { decision, actorRef: OMAR },
      }),
    ).toEqual({
      title,
      description: isolatedText('Because'),
      link: '/data-mesh/requests/r1',
      severity: 'high',
    });
  });

  it('is told nothing otherwise', () => {
    expect(
      droppedMessage({
        record: aRecord(),
        happening: 'decision-undone',
        actorRef: OMAR,
      }),
    ).toBeUndefined();
  });
});
