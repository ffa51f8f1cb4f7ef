import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDriftItem,
  aScannedGrant,
  FakeDataMeshApi,
  someScans,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { fill } from '../__testUtils__/requestForm';
import { GrantsPage } from './GrantsPage';

const path = '/data-mesh/grants';
const grant = aScannedGrant();

function anApi() {
  const api = new FakeDataMeshApi();
  api.scans = someScans();
  api.observed = [grant];
  api.drift = [
    aDriftItem({
      id: 'drift-3',
      kind: 'missing',
      words: 'AWS does not hold SELECT on `crm.profiles`',
      actions: ['reapply'],
    }),
  ];
  return api;
}

const open = (at: string, api = anApi()) =>
  renderPage(<GrantsPage />, { path, at, api });
const dialog = () => within(screen.getByRole('dialog'));

describe('the words of an explanation', () => {
  it('name people, groups and principals instead of their references', async () => {
    const api = anApi();
    const { id } = grant.grant.principal;
    api.explanations.set('grant-1', [
      {
        words:
          'user:default/ana.ruiz is a member of group:default/team-analytics',
        source: 'catalog',
        entityRef: 'user:default/ana.ruiz',
      },
      {
        words: `group:default/team-analytics acts as ${id}`,
        source: 'annotation',
        entityRef: 'group:default/team-analytics',
      },
      {
        words: 'approved it',
        source: 'request',
        entityRef: 'user:default/jo.lind',
      },
    ]);
    await open(`${path}?tab=account&key=210987654321&id=grant-1`, api);
    const why = within(
      await screen.findByRole('complementary', { name: 'Because' }),
    );
    const [member, acts, approved] = await why.findAllByRole('listitem');
    expect(member).toHaveTextContent(
      /^ana\.ruiz is a member of team-analytics\s?from catalog/,
    );
    expect(within(member).getAllByRole('link')).toHaveLength(2);
    expect(acts).toHaveTextContent(/^team-analytics acts as analytics-role/);
    expect(within(acts).getByTitle(id)).toHaveTextContent('analytics-role');
    expect(approved).toHaveTextContent(/^jo\.lind approved it/);
  });

  it('says by its name what is open', async () => {
    await open(`${path}?tab=account&key=210987654321`);
    const all = await screen.findByText('All accounts');
    expect(all.parentElement).toHaveTextContent('All accounts / acme …4321');
  });
});

describe('the doctor', () => {
  it('shows what would fail first, and what is well when asked', async () => {
    const api = anApi();
    const check = { title: 'Settings', words: 'as they should be' };
    api.doctor = {
      checkedAt: new Date().toISOString(),
      items: [
        {
          subject: 'acme in eu-central-1',
          checks: [{ ...check, id: 'a', state: 'ok' }],
        },
        {
          subject: 'analytics in eu-central-1',
          checks: [
            { ...check, id: 'b', state: 'ok' },
            {
              id: 'c',
              title: 'Version of cross-account sharing',
              state: 'failed',
              words: 'It is 1',
              fix: 'Raise it to 4',
            },
          ],
        },
      ],
    };
    await open(`${path}?tab=doctor`, api);
    const bad = await screen.findByRole('region', {
      name: 'analytics in eu-central-1',
    });
    expect(bad).toHaveTextContent('to fix');
    expect(bad).toHaveTextContent(
      'It is 1Expected: Version of cross-account sharingWhat to do: Raise it to 4',
    );
    expect(bad).not.toHaveTextContent('as they should be');
    expect(
      screen.queryByRole('region', { name: 'acme in eu-central-1' }),
    ).toBeNull();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Show what is fine, too' }),
    );
    expect(
      screen.getAllByRole('region', { name: /in eu-central-1/ }),
    ).toHaveLength(2);
    expect(api.called('getDoctor')).toHaveLength(1);
  });
});

describe('reconciling', () => {
  it('shows what is lacking first, then begins it at the pace', async () => {
    const api = anApi();
    api.lacking = [
      { entitlementId: 'ent-1', words: ['Grant SELECT on `crm.profiles`'] },
    ];
    await open(`${path}?tab=drift`, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Apply all again…' }),
    );
    expect(await dialog().findByText('1 access lacks something')).toBeVisible();
    await userEvent.click(dialog().getByRole('button', { name: /^Of/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Account' }));
    expect(dialog().getByText('Choose an account.')).toBeVisible();
    await userEvent.click(dialog().getByRole('button', { name: /^Account/ }));
    await userEvent.click(screen.getByRole('option', { name: 'acme …4321' }));
    fill(dialog().getByLabelText('At most a minute'), '5');
    await dialog().findByText('1 access lacks something');
    await userEvent.click(
      dialog().getByRole('button', { name: 'Apply again' }),
    );
    expect(await dialog().findByText('1 of 1 begun')).toBeVisible();
    expect(api.called('reconcile').pop()).toEqual([
      { accountId: '210987654321', perMinute: 5 },
    ]);
    expect(
      api
        .called('reconcile')
        .slice(0, -1)
        .every(([wanted]) => (wanted as { dryRun: boolean }).dryRun),
    ).toBe(true);
  });
});

describe('the first scan', () => {
  const never = () => {
    const api = anApi();
    api.scans = { items: [], maySteer: true };
    api.summary = { items: [] };
    return api;
  };

  it('is started from the empty page', async () => {
    const api = never();
    await open(path, api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Scan now' }),
    );
    await waitFor(() => expect(api.called('startScan')).toHaveLength(1));
  });
});
