import {
  queryOfUrl,
  readRequestsUrl,
  RequestsUrl,
  writeRequestsUrl,
} from './requestsUrl';

describe('the URL of the request list', () => {
  it.each<[string, RequestsUrl]>([
    ['', { view: 'toDecide', text: '', id: undefined, state: undefined }],
    [
      'view=nonsense&state=odd',
      { view: 'toDecide', text: '', id: undefined, state: undefined },
    ],
    [
      'view=mine&state=open&q=crm&id=r1',
      { view: 'mine', text: 'crm', id: 'r1', state: 'open' },
    ],
    [
      'view=toDecide&state=approved',
      { view: 'toDecide', text: '', id: undefined, state: undefined },
    ],
  ])('reads “%s”', (search, url) => {
    expect(readRequestsUrl(new URLSearchParams(search))).toEqual(url);
  });

  it('reads again what it wrote', () => {
    const url: RequestsUrl = {
      view: 'all',
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
});
