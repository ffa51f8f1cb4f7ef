import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anAnswer, anEntitlementDetail, FakeDataMeshApi } from '../../testing';
import { renderPage } from '../../__testUtils__/renderPage';
import { UseAccess } from './UseAccess';

const path = '/data-mesh/access';

function anApi() {
  const api = new FakeDataMeshApi();
  api.guide = {
    snippets: [
      {
        engine: 'athena',
        title: 'Athena',
        language: 'sql',
        text: 'SELECT email FROM sales_link.profiles',
        note: 'Choose the workgroup of `analytics-role`.',
      },
      {
        engine: 'python',
        title: 'Python',
        language: 'python',
        text: 'import awswrangler as wr',
      },
    ],
    credentials: { available: true, tables: ['events', 'profiles'] },
  };
  api.readiness = {
    ready: 'no',
    checkedAt: new Date().toISOString(),
    checks: [
      {
        id: 'role',
        title: 'The role exists',
        state: 'ok',
        words: 'found in IAM',
        fix: 'not shown',
      },
      {
        id: 'iam',
        title: 'Its IAM policy lets it ask',
        state: 'failed',
        words: 'lakeformation:GetDataAccess is denied',
        fix: 'Allow `lakeformation:GetDataAccess`',
      },
    ],
  };
  return api;
}

async function open(api = anApi()) {
  await renderPage(
    <UseAccess
      entitlement={anEntitlementDetail({
        productRef: 'dataproduct:default/customer-360',
        port: 'profiles',
      })}
    />,
    { path, api },
  );
  return api;
}

describe('UseAccess', () => {
  it('has a snippet for each engine', async () => {
    await open();
    expect(
      await screen.findByText('SELECT email FROM sales_link.profiles'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy the Athena snippet' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Python' }));
    expect(screen.getByText('import awswrangler as wr')).toBeInTheDocument();
  });

  it('says whether it can query, and what to do where it cannot', async () => {
    await open();
    const part = within(
      await screen.findByRole('region', { name: 'Can it query?' }),
    );
    expect(await part.findByText('It cannot query yet')).toBeInTheDocument();
    expect(part.getByTitle('in the way')).toBeInTheDocument();
    expect(
      part.getAllByText('lakeformation:GetDataAccess', { exact: false }),
    ).not.toHaveLength(0);
    expect(part.queryByText(/not shown/)).not.toBeInTheDocument();
  });

  it('masks keys, asks for them when they are to be seen, and once', async () => {
    const user = userEvent.setup();
    const written = jest.spyOn(navigator.clipboard, 'writeText');
    const api = await open();
    const part = within(
      await screen.findByRole('region', { name: 'Temporary keys' }),
    );
    expect(
      part.getByText(
        /npx @lakemesh\/cli credentials customer-360:profiles --table events/,
      ),
    ).toBeInTheDocument();
    expect(api.called('vendCredentials')).toEqual([]);

    await user.click(part.getByRole('button', { name: 'Show' }));
    expect(await part.findByText(/example-secret/)).toBeInTheDocument();
    expect(part.getByText(/min left/)).toBeInTheDocument();
    await user.click(part.getByRole('button', { name: 'Hide' }));
    expect(part.queryByText(/example-secret/)).not.toBeInTheDocument();

    await user.click(part.getByRole('button', { name: 'Copy for a shell' }));
    expect(written).toHaveBeenCalledWith(
      expect.stringContaining('export AWS_SECRET_ACCESS_KEY=example-secret'),
    );
    expect(api.called('vendCredentials')).toEqual([
      [expect.any(String), { table: 'events' }],
    ]);
    await user.click(part.getByRole('button', { name: 'New keys' }));
    await waitFor(() => expect(api.called('vendCredentials')).toHaveLength(2));
  });

  it('masks keys again when the window is left', async () => {
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
    expect(await screen.findByText(/example-secret/)).toBeInTheDocument();
    const visibility = jest
      .spyOn(document, 'visibilityState', 'get')
      .mockReturnValue('hidden');
    try {
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
      expect(screen.queryByText(/example-secret/)).not.toBeInTheDocument();
    } finally {
      visibility.mockRestore();
    }
  });

  it('says why there are no credentials', async () => {
    const api = anApi();
    api.guide = {
      ...api.guide,
      credentials: { available: false, reason: 'only chosen columns' },
    };
    await open(api);
    expect(await screen.findByText('only chosen columns')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Show' }),
    ).not.toBeInTheDocument();
  });

  it('says what was refused', async () => {
    const api = anApi();
    api.fail(
      'vendCredentials',
      await anAnswer(403, 'NotAllowedError', 'the access has ended'),
    );
    await open(api);
    await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
    expect(
      await screen.findByText('No keys were given out'),
    ).toBeInTheDocument();
    expect(screen.getByText('the access has ended')).toBeInTheDocument();
  });
});
