import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDriftItem,
  aScannedGrant,
  anAnswer,
  anUnexplainedGrant,
  FakeDataMeshApi,
  someScans,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { GrantsPage } from './GrantsPage';

const path = '/data-mesh/grants';
const role = 'arn:aws:iam::210987654321:role/analytics-role';

function anApi() {
  const api = new FakeDataMeshApi();
  api.scans = someScans();
  api.observed = [aScannedGrant(), anUnexplainedGrant()];
  api.summary = {
    items: [
      {
        key: 'dataproduct:default/customer-360',
        title: 'Customer 360',
        grants: 1_234,
        unexplained: 1,
        approvedAndMore: 0,
      },
      { key: '', title: '', grants: 4, unexplained: 0, approvedAndMore: 0 },
    ],
  };
  api.explanations.set('grant-1', [
    { words: 'asked for marketing analytics', source: 'request' },
    { words: 'SELECT granted to `analytics-role`', source: 'Lake Formation' },
  ]);
  api.drift = [
    aDriftItem(),
    aDriftItem({
      id: 'drift-2',
      words: '`etl` holds ALL on `crm.events`',
      actions: ['adopt', 'revoke'],
    }),
    aDriftItem({
      id: 'drift-3',
      kind: 'missing',
      words: 'AWS does not hold SELECT on `crm.profiles`',
      grant: undefined,
      actions: ['reapply'],
    }),
  ];
  return api;
}

async function open(at = path, api = anApi()) {
  await renderPage(<GrantsPage />, { path, at, api });
  return api;
}

const address = () => screen.getByLabelText('address').textContent;
const dialog = () => within(screen.getByRole('dialog'));

describe('GrantsPage', () => {
  it('counts the grants of each product, those without a reason in red', async () => {
    const api = await open();
    expect(
      await screen.findByRole('link', { name: 'Customer 360' }),
    ).toHaveAttribute(
      'href',
      `${path}?key=dataproduct%3Adefault%2Fcustomer-360`,
    );
    expect(screen.getByText('1,234')).toBeInTheDocument();
    expect(screen.getByText('Belongs to no product')).toBeInTheDocument();
    expect(api.called('summarizeGrants')[0]).toEqual([
      { by: 'product', limit: 100, cursor: undefined },
    ]);
    expect(api.called('listGrants')).toEqual([]);
  });

  it('says how fresh the picture is, and what the scans cost', async () => {
    await open();
    expect(
      await screen.findByText(/^scanned .* · 38 calls · 12,408 grants$/),
    ).toBeInTheDocument();
  });

  it('says how fresh it is also to those who may not see the accounts', async () => {
    const api = anApi();
    api.scans = {
      items: [],
      maySteer: false,
      others: {
        targets: 2,
        state: 'failed',
        doneAt: '2026-11-25T08:01:00.000Z',
      },
    };
    await open(path, api);
    await userEvent.click(await screen.findByText('a scan failed'));
    expect(
      await dialog().findByText(
        /^2 more accounts that you may not see · failed/,
      ),
    ).toBeInTheDocument();
    expect(dialog().queryByRole('table')).not.toBeInTheDocument();
    expect(
      dialog().queryByText('No scan has finished yet'),
    ).not.toBeInTheDocument();
  });

  it('lists the grants of what is open, and explains one', async () => {
    const api = await open(
      `${path}?tab=principal&key=${encodeURIComponent(role)}`,
    );
    const table = within(await screen.findByRole('table', { name: 'Grants' }));
    expect(table.getByText('analytics-role')).toBeInTheDocument();
    expect(api.called('listGrants')[0]).toEqual([
      { principal: role, limit: 100, cursor: undefined },
    ]);
    await userEvent.click(
      table.getByRole('button', { name: 'Why analytics-role holds it' }),
    );
    expect(
      await screen.findByText('asked for marketing analytics'),
    ).toBeInTheDocument();
    expect(screen.getByText('from Lake Formation')).toBeInTheDocument();
    expect(address()).toContain('id=grant-1');
    expect(
      screen.getByRole('button', { name: 'Open request' }),
    ).toHaveAttribute('href', '/data-mesh/requests/req-1');
  });

  it('leads from what nobody approved to the drift', async () => {
    await open(`${path}?because=unexplained&id=grant-2`);
    expect(
      await screen.findByRole('button', { name: 'Resolve in drift' }),
    ).toHaveAttribute('href', `${path}?tab=drift`);
    const rows = within(
      screen.getByRole('table', { name: 'Grants' }),
    ).getAllByRole('row');
    expect(rows).toHaveLength(2);
  });

  it('draws only some of very many rows, grants and drift', async () => {
    const api = anApi();
    const many = Array.from({ length: 1_000 }, (_, at) => String(at));
    api.observed = many.map(id => {
      const one = anUnexplainedGrant({ id });
      const resource = { ...one.grant.resource, words: `table \`t${id}\`` };
      return { ...one, grant: { ...one.grant, resource } };
    });
    api.drift = many.map(id => aDriftItem({ id }));
    await open(`${path}?because=unexplained`, api);
    const grants = await screen.findByRole('table', { name: 'Grants' });
    expect(grants).toHaveAttribute('aria-rowcount', '1001');
    expect(within(grants).getAllByRole('row').length).toBeLessThan(60);
    await userEvent.click(screen.getByRole('tab', { name: /Drift/ }));
    const drift = await screen.findByRole('table', {
      name: 'In AWS, nobody approved',
    });
    expect(drift).toHaveAttribute('aria-rowcount', '1001');
    expect(within(drift).getAllByRole('row').length).toBeLessThan(60);
    // What is not drawn is selected as well.
    await userEvent.click(
      within(drift).getByRole('checkbox', { name: 'Select all' }),
    );
    expect(screen.getByText('1000 selected')).toBeInTheDocument();
  });

  it('offers to scan where nothing was scanned yet', async () => {
    const api = anApi();
    api.scans = { items: [], maySteer: true };
    api.summary = { items: [] };
    await open(path, api);
    expect(
      await screen.findByText('No scan has finished yet'),
    ).toBeInTheDocument();
    expect(screen.getByText('never scanned')).toBeInTheDocument();
  });

  it('says what failed, and tries again', async () => {
    const api = anApi();
    api.fail(
      'summarizeGrants',
      await anAnswer(503, 'ServiceUnavailableError', 'the database is away'),
    );
    await open(path, api);
    expect(await screen.findByText(/the database is away/)).toBeInTheDocument();
    api.heal();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Customer 360' }),
    ).toBeInTheDocument();
  });

  it('names the permission that is lacking', async () => {
    const api = anApi();
    api.fail('summarizeGrants', await anAnswer(403, 'NotAllowedError', ''));
    await open(path, api);
    expect(
      await screen.findByText('data-mesh.grants.read'),
    ).toBeInTheDocument();
  });

  describe('drift', () => {
    const pane = () =>
      within(screen.getByRole('region', { name: 'What differs' }));

    it('stands in two lists, with a count at the tab and at each filter', async () => {
      await open(`${path}?tab=drift`);
      expect(
        await screen.findByRole('tab', { name: 'Drift · 3' }),
      ).toBeInTheDocument();
      const excess = within(
        await screen.findByRole('table', { name: 'In AWS, nobody approved' }),
      );
      expect(
        excess.getByRole('columnheader', { name: /nobody approved · 2/ }),
      ).toBeInTheDocument();
      const [, first] = excess.getAllByRole('row');
      expect(first).toHaveTextContent(
        'bi-legacyreads all columns of crm.profilescustomer-360',
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Missing in AWS 1' }),
      );
      expect(address()).toBe(`${path}?tab=drift&kind=missing`);
      expect(
        screen.queryByRole('table', { name: 'In AWS, nobody approved' }),
      ).toBeNull();
      expect(
        await pane().findByRole('button', { name: /Apply again/ }),
      ).toBeInTheDocument();
    });

    it('says where there is more than is counted', async () => {
      const api = anApi();
      api.atLeast = ['excess'];
      await open(`${path}?tab=drift`, api);
      expect(
        await screen.findByRole('tab', { name: 'Drift · 3+' }),
      ).toBeInTheDocument();
      expect(
        await screen.findByRole('columnheader', {
          name: /nobody approved · 2\+/,
        }),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('columnheader', { name: /missing in AWS · 1/ }),
      ).toBeInTheDocument();
    });

    it('shows what was approved, what is held and what stays, and opens the next by a key', async () => {
      const api = anApi();
      const more = aScannedGrant();
      api.drift[1] = aDriftItem({
        id: 'drift-2',
        grant: {
          ...more,
          because: {
            ...more.because,
            kind: 'approved-and-more',
            more: [
              {
                ...more.grant,
                resource: { ...more.grant.resource, columns: ['segment'] },
              },
            ],
          },
        },
      });
      await open(`${path}?tab=drift`, api);
      await screen.findByRole('region', { name: 'What differs' });
      await userEvent.keyboard('j');
      expect(address()).toBe(`${path}?tab=drift&id=drift-2`);
      expect(
        pane().getByRole('heading', {
          name: 'analytics-role reads 1 more column of profiles, which nobody approved',
        }),
      ).toBeInTheDocument();
      const [, ...rows] = within(pane().getByRole('table')).getAllByRole('row');
      expect(rows.map(row => row.textContent)).toEqual([
        'segment–yes− goes',
        'emailyesyes stays',
      ]);
      expect(
        pane().getByRole('button', { name: /^Revoke 1 column/ }),
      ).toBeInTheDocument();
      expect(
        pane().getByText('What was approved stays as it is'),
      ).toBeInTheDocument();
    });

    it('is revoked with a reason, after a look at what changes in AWS', async () => {
      const api = await open(`${path}?tab=drift`);
      await screen.findByRole('region', { name: 'What differs' });
      await waitFor(() =>
        expect(api.called('resolveDrift')[0]).toEqual([
          { ids: ['drift-1'], action: 'revoke', dryRun: true },
        ]),
      );
      await userEvent.keyboard('r');
      const reason = pane().getByRole('textbox', { name: 'Reason' });
      expect(reason).toHaveFocus();
      expect(pane().getByText(/A reason is needed/)).toBeInTheDocument();
      await userEvent.type(reason, 'left the company');
      await userEvent.click(pane().getByRole('button', { name: /^Revoke/ }));
      await waitFor(() =>
        expect(address()).toBe(`${path}?tab=drift&id=drift-2`),
      );
      expect(api.called('resolveDrift')).toContainEqual([
        { ids: ['drift-1'], action: 'revoke', reason: 'left the company' },
      ]);
    });

    it('says why it could not be revoked, and keeps the reason', async () => {
      const api = anApi();
      api.resolveDrift = async ({ ids }) => ({
        items: ids.map(id => ({
          id,
          ok: false,
          error: 'RAM is away',
          effects: [],
        })),
      });
      await open(`${path}?tab=drift`, api);
      await screen.findByRole('region', { name: 'What differs' });
      const reason = pane().getByRole('textbox', { name: 'Reason' });
      await userEvent.type(reason, 'left the company');
      await userEvent.click(pane().getByRole('button', { name: /^Revoke/ }));
      expect(
        await pane().findByText('The drift could not be resolved'),
      ).toBeInTheDocument();
      expect(reason).toHaveValue('left the company');
    });

    it('is adopted together, and says which one failed', async () => {
      const api = anApi();
      await open(`${path}?tab=drift`, api);
      await userEvent.click(
        (
          await screen.findAllByRole('checkbox', { name: 'Select all' })
        )[0],
      );
      expect(screen.getByText('2 selected')).toBeInTheDocument();
      api.resolveDrift = async resolution => ({
        items: resolution.ids.map(id => ({
          id,
          ok: resolution.dryRun || id === 'drift-1',
          error:
            resolution.dryRun || id === 'drift-1'
              ? undefined
              : 'is gone already',
          effects: [],
        })),
      });
      const bulk = within(
        screen.getByRole('group', { name: 'What to do with the selected' }),
      );
      await userEvent.click(bulk.getByRole('button', { name: 'Adopt' }));
      await userEvent.type(
        dialog().getByRole('textbox', { name: /Reason/ }),
        'known',
      );
      await userEvent.click(dialog().getByRole('button', { name: 'Adopt' }));
      expect(await dialog().findByText('1 of 2 done')).toBeInTheDocument();
      expect(dialog().getByText('is gone already')).toBeInTheDocument();
    });

    it('has nothing to show where decisions and AWS agree', async () => {
      const api = anApi();
      api.drift = [];
      await open(`${path}?tab=drift`, api);
      expect(
        await screen.findByText('AWS holds nothing that nobody approved'),
      ).toBeInTheDocument();
      expect(
        screen.getByText('AWS holds all that was approved'),
      ).toBeInTheDocument();
    });
  });

  describe('scans', () => {
    it('are started, and a halted one is accepted with a reason', async () => {
      const api = anApi();
      api.scans = someScans({
        last: {
          ...someScans().items[0].last!,
          id: 'scan-7',
          state: 'halted',
          error: 'would remove 90 % of the grants',
        },
      });
      await open(path, api);
      await userEvent.click(
        await screen.findByRole('button', { name: /a scan was halted/ }),
      );
      expect(
        dialog().getByText('would remove 90 % of the grants'),
      ).toBeInTheDocument();
      await userEvent.click(
        await dialog().findByRole('button', { name: 'Scan now' }),
      );
      expect(api.called('startScan')).toEqual([[{}]]);
      await userEvent.click(dialog().getByRole('button', { name: 'Accept' }));
      await userEvent.type(
        await screen.findByRole('textbox', { name: /Why is this right/ }),
        'we moved the lake',
      );
      await userEvent.click(dialog().getByRole('button', { name: 'Accept' }));
      await waitFor(() =>
        expect(api.called('releaseScan')).toEqual([
          ['scan-7', 'we moved the lake'],
        ]),
      );
    });
  });
});
