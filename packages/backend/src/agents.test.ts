import { mockCredentials } from '@backstage/backend-test-utils';
import mcpActionsPlugin from '@backstage/plugin-mcp-actions-backend';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  ANA,
  CONSUMER,
  OWNER,
  roleOf,
  useLakeMesh,
} from './__testUtils__/useLakeMesh';

const STRANGER = 'user:default/sam';
const ROLE = roleOf(CONSUMER);

describe('an agent that speaks MCP', () => {
  const mesh = useLakeMesh([mcpActionsPlugin]);
  const clients: Client[] = [];
  afterEach(() => Promise.all(clients.splice(0).map(one => one.close())));

  async function agentWith(authorization: string) {
    const client = new Client({ name: 'test-agent', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`${mesh.origin}/api/mcp-actions/v1`),
        { requestInit: { headers: { authorization } } },
      ),
    );
    clients.push(client);
    /** What a tool answers, or the words that it refuses with. */
    const tool = async (name: string, args: object = {}): Promise<any> => {
      const result = await client.callTool({
        name: `data-mesh.${name}`,
        arguments: { ...args },
      });
      const [{ text }] = result.content as Array<{ text: string }>;
      return result.isError ? text : result.structuredContent;
    };
    return { client, tool };
  }
  const agentOf = (userRef: string) =>
    agentWith(mockCredentials.user.header(userRef));

  const draft = {
    productRef: 'dataproduct:default/theirs',
    port: 'daily',
    scope: {
      level: 'read',
      tables: [{ table: 'orders', columns: ['order_id', 'amount'] }],
    },
    principals: [ROLE],
    purpose: 'analytics',
    durationDays: 30,
  };

  it('finds, previews and asks; a person approves; the agent uses it and hands it back', async () => {
    const { tool } = await agentOf(ANA);

    const found = await tool('search-products', { text: 'theirs order_id' });
    expect(found.items).toMatchObject([
      {
        productRef: draft.productRef,
        ports: ['daily'],
        access: 'none',
        foundIn: expect.arrayContaining(['column orders.order_id']),
      },
    ]);
    const product = await tool('get-product', {
      productRef: draft.productRef,
    });
    expect(product).toMatchObject({
      ports: [{ name: 'daily', canBeAskedFor: true, access: [], requests: [] }],
      principals: expect.arrayContaining([
        { id: ROLE, name: expect.stringContaining('analyst') },
      ]),
      purposes: expect.arrayContaining([
        { id: 'analytics', name: expect.stringMatching(/^Analytics/) },
      ]),
    });

    const preview = await tool('preview-request', draft);
    expect(preview).toMatchObject({
      canBeAsked: true,
      problems: [],
      approvedByRule: false,
      approvals: [{ approvers: ['group:default/owners'] }],
      plan: {
        steps: expect.arrayContaining([
          expect.stringMatching(/order_id.*analyst|analyst.*order_id/),
        ]),
      },
    });

    const ask = { ...draft, idempotencyKey: 'agent-asks-1' };
    const { requests } = await tool('ask-for-access', ask);
    expect(requests).toMatchObject([
      { state: 'pending', waitsFor: ['group:default/owners'] },
    ]);
    // The answer was lost; asking again asks for nothing more.
    expect(await tool('ask-for-access', ask)).toEqual({ requests });
    const [{ id, version }] = requests;

    const { entitlementId } = await mesh.call<{ entitlementId: string }>(
      OWNER,
      'post',
      `/requests/${id}/decisions`,
      { body: { decision: 'approve' }, version },
    );
    await mesh.untilIn(entitlementId, 'active');

    expect(await tool('list-requests')).toMatchObject({
      items: [{ id, state: 'approved', accessId: entitlementId }],
    });
    const { items } = await tool('list-my-access');
    expect(items).toMatchObject([
      { id: entitlementId, state: 'active', what: '2 columns of orders' },
    ]);
    const { snippets } = await tool('get-usage', { accessId: entitlementId });
    expect(snippets.map((one: { engine: string }) => one.engine)).toContain(
      'athena',
    );
    expect(snippets[0].text).toContain('orders');

    expect(
      await tool('hand-back-access', {
        accessId: entitlementId,
        version: items[0].version,
        reason: 'The question is answered',
      }),
    ).toMatchObject({ id: entitlementId, state: 'revoking' });
    await mesh.untilIn(entitlementId, 'revoked');
  });

  it('may no more than the person it acts for', async () => {
    const { tool } = await agentOf(ANA);
    const { requests } = await tool('ask-for-access', {
      ...draft,
      productRef: 'dataproduct:default/own',
      idempotencyKey: 'agent-asks-2',
    });
    const [{ id, version }] = requests;
    expect(
      await tool('decide-request', { id, version, decision: 'approve' }),
    ).toMatch(/^NotAllowedError: You made this request yourself/);
    const stranger = await agentOf(STRANGER);
    expect(
      await stranger.tool('decide-request', {
        id,
        version,
        decision: 'approve',
      }),
    ).toMatch(/^NotAllowedError: /);
    expect(
      await stranger.tool('ask-for-access', {
        ...draft,
        idempotencyKey: 'stranger-asks',
      }),
    ).toMatch(/^InputError: principals\[0\]: /);
    const service = await agentWith(mockCredentials.service.header());
    expect(await service.tool('list-my-access')).toMatch(/^NotAllowedError: /);
    expect(await tool('get-request', { id })).toMatchObject({
      state: 'pending',
      decisions: [],
    });
  });

  it('is told which of its tools only read, and which end something', async () => {
    const { client } = await agentOf(ANA);
    const { tools } = await client.listTools();
    const hints = Object.fromEntries(
      tools.map(({ name, annotations }) => [
        name.replace('data-mesh.', ''),
        Object.entries({
          readOnly: annotations?.readOnlyHint,
          destructive: annotations?.destructiveHint,
          idempotent: annotations?.idempotentHint,
        })
          .filter(([, hint]) => hint)
          .map(([hint]) => hint),
      ]),
    );
    const reads = ['readOnly', 'idempotent'];
    expect(hints).toEqual({
      'search-products': reads,
      'get-product': reads,
      'preview-request': reads,
      'ask-for-access': ['idempotent'],
      'list-requests': reads,
      'get-request': reads,
      'decide-request': ['destructive', 'idempotent'],
      'list-my-access': reads,
      'get-usage': reads,
      'hand-back-access': ['destructive', 'idempotent'],
    });
  });
});
