import { ResponseError } from '@backstage/errors';
import { DataMeshClient } from './client.generated';

interface Sent {
  url: string;
  init: RequestInit;
}

function aClient(answer: () => Response = () => new Response('{}')) {
  const sent: Sent[] = [];
  const client = new DataMeshClient({
    discoveryApi: { getBaseUrl: async id => `http://host/api/${id}` },
    fetchApi: {
      fetch: async (url, init = {}) => {
        sent.push({ url: String(url), init });
        return answer();
      },
    },
  });
  return { client, sent };
}

describe('DataMeshClient', () => {
  it('asks the backend of the plugin, with lists repeated and the rest escaped', async () => {
    const { client, sent } = aClient();
    await client.listRequests({
      view: 'toDecide',
      state: ['pending', 'approved'],
      q: 'a b&c',
      cursor: undefined,
    });
    expect(sent[0]).toMatchObject({
      url: 'http://host/api/data-mesh/v1/requests?view=toDecide&state=pending&state=approved&q=a+b%26c',
      init: { method: 'GET' },
    });
  });

  it('sends the version that was seen, and the key of a submission', async () => {
    const { client, sent } = aClient();
    await client.decideRequest('a/b', 3, { decision: 'approve' });
    await client.createRequests(
      {
        productRef: 'x',
        port: 'x',
        scope: { level: 'read', tables: [{ table: 'x' }] },
        principals: ['x'],
        purpose: 'x',
        durationDays: 1,
      },
      { idempotencyKey: 'key-0001' },
    );
    expect(sent[0]).toMatchObject({
      url: 'http://host/api/data-mesh/v1/requests/a%2Fb/decisions',
      init: {
        method: 'POST',
        headers: { 'if-match': '3', 'content-type': 'application/json' },
        body: '{"decision":"approve"}',
      },
    });
    expect(sent[1].init.headers).toMatchObject({
      'idempotency-key': 'key-0001',
    });
  });

  it('finds a product by any form of its reference', async () => {
    const { client, sent } = aClient();
    await client.getProductGrants('dataproduct:shop/orders');
    await client.getProductGrants('orders');
    expect(sent.map(one => one.url)).toEqual([
      'http://host/api/data-mesh/v1/products/shop/orders/grants',
      'http://host/api/data-mesh/v1/products/default/orders/grants',
    ]);
  });

  it('rejects with the problems that the backend names', async () => {
    const problems = [{ field: 'purpose', reason: 'is empty' }];
    const { client } = aClient(
      () =>
        new Response(
          JSON.stringify({
            error: {
              name: 'InputError',
              message: 'purpose: is empty',
              problems,
            },
            response: { statusCode: 400 },
          }),
          { status: 400, headers: { 'content-type': 'application/json' } },
        ),
    );
    const error = await client.getMe().catch(reason => reason);
    expect(error).toBeInstanceOf(ResponseError);
    expect(error.statusCode).toBe(400);
    expect(error.body.error.problems).toEqual(problems);
  });

  it('can be told to stop', async () => {
    const { client, sent } = aClient();
    const { signal } = new AbortController();
    await client.previewRequest({ productRef: 'x' }, { signal });
    expect(sent[0].init.signal).toBe(signal);
  });
});
