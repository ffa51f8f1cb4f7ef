import {
  queryOfUrl,
  readRequestsUrl,
  RequestsUrl,
  waitingView,
  writeRequestsUrl,
} from './requestsUrl';

describe('the URL of the request list', () => {
  it.each<[string, RequestsUrl]>([
    ['', { view: 'toDecide', isChosen: false, text: '' }],
    ['view=nonsense&state=odd', { view: 'toDecide', isChosen: true, text: '' }],
    [
      'view=mine&state=open&q=crm&id=r1',
      { view: 'mine', isChosen: true, text: 'crm', id: 'r1', state: 'open' },
    ],
    [
      'view=toDecide&state=approved',
      { view: 'toDecide', isChosen: true, text: '' },
    ],
  ])('reads “%s”', (search, url) => {
    expect(readRequestsUrl(new URLSearchParams(search))).toEqual(url);
  });

  it('reads again what it wrote', () => {
    const url: RequestsUrl = {
      view: 'all',
      isChosen: true,
      text: 'a b',
      id: 'x',
      state: 'lapsed',
    };
    expect(readRequestsUrl(writeRequestsUrl(url))).toEqual(url);
  });

  it.each<[RequestsUrl, object]>([
    [
      { view: 'toDecide', text: '' },
      { view: 'toDecide', order: 'oldest' },
    ],
    [
      { view: 'all', text: ' x ', state: 'approved' },
      { view: 'all', order: 'newest', q: 'x', state: ['approved'] },
    ],
    [
      { view: 'mine', text: '', state: 'open' },
      {
        view: 'mine',
        order: 'newest',
        state: ['pending', 'changes-requested'],
      },
    ],
  ])('asks for %j', (url, query) => {
    expect(queryOfUrl(url)).toEqual(query);
  });

  it.each([
    [{ toDecide: 1, mine: 2 }, 'toDecide'],
    [{ toDecide: 0, mine: 2 }, 'mine'],
    [{ toDecide: 0, mine: 2, claimsToDecide: 1 }, 'toDecide'],
    [{ toDecide: 0, mine: 0 }, 'toDecide'],
  ] as const)('opens where something waits: %j', (counts, view) => {
    expect(waitingView(counts)).toBe(view);
  });
});
