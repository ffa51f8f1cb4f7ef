import { screen } from '@testing-library/react';
import type { Decision } from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../__testUtils__/renderPage';
import { aMe, aRequestDetail, FakeDataMeshApi } from '../testing';
import { LastWords } from './LastWords';
import { lastWordsOf } from './timeline';

const REQUESTER = aRequestDetail().requesterRef;
const AT = '2026-11-05T00:00:00Z';

const decision = (over: Partial<Decision>): Decision => ({
  id: over.comment ?? 'd',
  actorRef: 'user:default/jo.lind',
  decision: 'approve',
  stage: 0,
  at: AT,
  ...over,
});

const texts = (request: ReturnType<typeof aRequestDetail>) =>
  lastWordsOf(request).map(entry => ('text' in entry ? entry.text : undefined));

describe('what was said last', () => {
  it('is why a request was rejected', () => {
    const request = aRequestDetail({
      state: 'rejected',
      decisions: [
        decision({ comment: 'fine', at: '2026-11-02T00:00:00Z' }),
        decision({ decision: 'reject', comment: 'Too much', stage: 1 }),
      ],
    });
    expect(texts(request)).toEqual(['Too much']);
  });

  it('is who withdrew it, with the reason', () => {
    const request = aRequestDetail({
      state: 'withdrawn',
      decidedAt: AT,
      comments: [
        {
          id: '1',
          authorRef: REQUESTER,
          text: 'Old words',
          at: '2026-11-02T00:00:00Z',
        },
        { id: '2', authorRef: REQUESTER, text: 'Not needed', at: AT },
      ],
    });
    expect(lastWordsOf(request)).toMatchObject([
      { kind: 'commented', text: 'Not needed' },
      { kind: 'withdrawn', actorRef: REQUESTER },
    ]);
  });

  it('is what the requester is to change', () => {
    const request = aRequestDetail({
      state: 'changes-requested',
      decisions: [
        decision({ decision: 'request-changes', comment: 'Without e-mail' }),
      ],
    });
    expect(texts(request)).toEqual(['Without e-mail']);
  });

  it('is, to a later stage, what the earlier ones said since the last change', () => {
    const request = aRequestDetail({
      state: 'pending',
      revisions: [
        {
          number: 1,
          authorRef: REQUESTER,
          at: '2026-11-03T00:00:00Z',
          before: {
            scope: aRequestDetail().scope,
            purpose: 'p',
            durationDays: 30,
          },
        },
      ],
      decisions: [
        decision({
          decision: 'request-changes',
          comment: 'Less',
          at: '2026-11-02T00:00:00Z',
        }),
        decision({ comment: 'Only for November' }),
      ],
    });
    expect(texts(request)).toEqual(['Only for November']);
  });

  it('is nothing where nobody has decided', () => {
    expect(lastWordsOf(aRequestDetail({ state: 'pending' }))).toEqual([]);
  });
});

describe('asking again', () => {
  const show = async (
    over: Parameters<typeof aRequestDetail>[0],
    me = aMe({ userRef: REQUESTER }),
  ) => {
    const api = new FakeDataMeshApi();
    api.me = me;
    await renderPage(<LastWords request={aRequestDetail(over)} />, {
      path: '/page',
      api,
    });
  };
  const again = () => screen.queryByRole('button', { name: 'Ask again' });

  it.each([
    ['begins with what the request said', {}, 'again=req-1'],
    [
      'is about the same access, where it was a renewal',
      { kind: 'renew' as const, amendsEntitlementId: 'ent-1' },
      'renew=ent-1',
    ],
  ])('%s', async (_what, over, query) => {
    await show({ id: 'req-1', state: 'rejected', ...over });
    expect(
      await screen.findByRole('button', { name: 'Ask again' }),
    ).toHaveAttribute(
      'href',
      `/data-mesh/request/default/customer-360?${query}`,
    );
  });

  it('is for the requester alone, and for what came to nothing', async () => {
    await show(
      { state: 'rejected', decisions: [decision({ decision: 'reject' })] },
      aMe({ userRef: 'user:default/jo.lind' }),
    );
    expect(await screen.findByText(/rejected/)).toBeInTheDocument();
    expect(again()).toBeNull();
  });

  it('is not offered while somebody decides', async () => {
    await show({ state: 'pending', decisions: [decision({ comment: 'ok' })] });
    expect(await screen.findByText(/“ok”/)).toBeInTheDocument();
    expect(again()).toBeNull();
  });
});
