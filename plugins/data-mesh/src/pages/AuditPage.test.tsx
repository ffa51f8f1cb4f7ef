import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../__testUtils__/renderPage';
import { aScannedGrant, anAnswer, FakeDataMeshApi } from '../testing';
import { AuditPage } from './AuditPage';

const path = '/data-mesh/audit';
const { principal } = aScannedGrant().grant;

const anEvent = (values: Partial<AuditEvent> = {}): AuditEvent => ({
  sequence: 2,
  id: 'event-2',
  at: '2026-11-20T09:40:00.000Z',
  actorRef: 'user:default/jo.lind',
  action: 'request.approved',
  subject: 'request:req-1',
  after: {
    comment: 'Fine without the addresses',
    scope: {
      level: 'read',
      tables: [{ table: 'profiles', columns: ['segment'] }],
    },
  },
  correlationId: 'req-1',
  hash: '9f3c0000e71a',
  previousHash: 'aaaa0000bbbb',
  ...values,
});

function anApi() {
  const api = new FakeDataMeshApi();
  api.auditState = {
    ...api.auditState,
    events: 1_284,
    since: '2026-11-12T08:00:00.000Z',
  };
  api.audit = {
    items: [
      anEvent(),
      anEvent({
        sequence: 1,
        at: '2026-11-19T17:20:00.000Z',
        actorRef: 'plugin:data-mesh',
        action: 'audit.checkpoint',
        subject: 'audit',
        after: {},
        previousHash: '',
      }),
    ],
    about: [
      {
        sequence: 2,
        productRef: 'dataproduct:default/customer-360',
        principal,
      },
    ],
  };
  return api;
}

async function open(at = path, api = anApi()) {
  await renderPage(<AuditPage />, { path, at, api });
  return api;
}

const address = () => screen.getByLabelText('address').textContent;

describe('AuditPage', () => {
  it('tells entries as sentences, by day, and unfolds one', async () => {
    await open();
    expect(
      await screen.findByText(/^1,284 entries since .*12/),
    ).toBeInTheDocument();
    const [newest, older] = await screen.findAllByRole('listitem');
    expect(newest).toHaveTextContent(/approved access to/);
    expect(newest).toHaveTextContent(/for analytics-role/);
    expect(
      within(newest).getByRole('link', { name: 'approved access to' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
    expect(older).toHaveTextContent(
      'The portal took a checkpoint of the trail',
    );
    await userEvent.click(
      within(newest).getByRole('button', { name: 'Unfold entry 2' }),
    );
    expect(address()).toBe(`${path}?entry=2`);
    expect(within(newest).getByText('segment')).toBeInTheDocument();
    expect(
      within(newest).getByText('Fine without the addresses'),
    ).toBeInTheDocument();
    expect(within(newest).getByText(/2 of 1,284/)).toBeInTheDocument();
    expect(within(newest).getByText('9f3c…e71a')).toBeInTheDocument();
    await userEvent.click(
      within(newest).getByRole('button', { name: 'Show as JSON' }),
    );
    expect(within(newest).getByText(/"previousHash"/)).toBeInTheDocument();
  });

  it('says that the chain was never checked, checks it, and shows how far that is', async () => {
    const api = await open();
    const chain = within(
      await screen.findByRole('region', { name: 'The chain of the trail' }),
    );
    expect(chain.getByText('Never checked.')).toBeInTheDocument();
    await userEvent.click(chain.getByRole('button', { name: 'Verify' }));
    expect(await chain.findByText('Checking…')).toBeInTheDocument();
    expect(chain.getByRole('progressbar')).toBeInTheDocument();
    api.auditState = {
      ...api.auditState,
      check: {
        state: 'whole',
        startedAt: '2026-11-20T09:00:00.000Z',
        startedBy: 'user:default/sam',
        finishedAt: '2026-11-20T09:00:01.000Z',
        checked: 1_284,
        total: 1_284,
      },
    };
    expect(await chain.findByText('The chain is whole.')).toBeInTheDocument();
  });

  it('says between which entries the chain is broken', async () => {
    const api = anApi();
    api.auditState = {
      ...api.auditState,
      check: {
        state: 'broken',
        startedAt: '2026-11-20T09:00:00.000Z',
        startedBy: 'user:default/sam',
        finishedAt: '2026-11-20T09:00:01.000Z',
        checked: 640,
        total: 1_284,
        result: {
          whole: false,
          events: 640,
          brokenAt: 641,
          reason: 'event 641 was changed after it was written',
          found: 'hash a',
          expected: 'hash b',
          checkpoints: { taken: 0, signed: 0, unsigned: 0, otherKey: 0 },
          words: '',
        },
      },
    };
    await open(path, api);
    expect(
      await screen.findByText(
        'The chain is broken between entries 640 and 641.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Found: hash a')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Export evidence' }),
    ).toBeInTheDocument();
  });

  it('filters by all that the URL says, counts, and takes a filter away', async () => {
    const api = await open(
      `${path}?q=segment&what=request&product=dataproduct:default/customer-360`,
    );
    expect(await screen.findByText('2 entries found')).toBeInTheDocument();
    const query = {
      q: 'segment',
      kind: ['request'],
      productRef: 'dataproduct:default/customer-360',
    };
    expect(api.called('countAuditEvents')).toEqual([[query]]);
    expect(api.called('listAuditEvents')[0]).toEqual([
      { ...query, limit: 50, cursor: undefined },
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Remove the filter Product' }),
    );
    await waitFor(() =>
      expect(address()).toBe(`${path}?q=segment&what=request`),
    );
    await userEvent.click(screen.getByRole('button', { name: /^What/ }));
    await userEvent.click(
      screen.getByRole('menuitemcheckbox', { name: /^Drift/ }),
    );
    await waitFor(() =>
      expect(address()).toBe(`${path}?q=segment&what=request&what=drift`),
    );
  });

  it('says that nothing fits, and offers to take the filters away', async () => {
    const api = anApi();
    api.audit = { items: [], about: [] };
    await open(`${path}?q=nothing&days=7`, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear the filters' }),
    );
    await waitFor(() => expect(address()).toBe(path));
    expect(await screen.findByText('No entries yet')).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const api = anApi();
    api.fail(
      'listAuditEvents',
      await anAnswer(503, 'ServiceUnavailableError', 'the database is away'),
    );
    await open(path, api);
    expect(await screen.findByText(/the database is away/)).toBeInTheDocument();
    api.heal();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  });

  it('names the permission that is lacking', async () => {
    const api = anApi();
    for (const method of [
      'getAuditState',
      'listAuditEvents',
      'countAuditEvents',
    ] as const) {
      api.fail(method, await anAnswer(403, 'NotAllowedError', ''));
    }
    await open(path, api);
    expect(
      await screen.findByText('The audit trail is for auditors and governance'),
    ).toBeInTheDocument();
    expect(screen.getByText('data-mesh.audit.read')).toBeInTheDocument();
  });
});
