import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AccessAnswer,
  AccessSubject,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../../__testUtils__/renderPage';
import { GrantsPage } from '../../pages/GrantsPage';
import {
  aScannedGrant,
  anAnswer,
  anUnexplainedGrant,
  FakeDataMeshApi,
  someScans,
} from '../../testing';

const path = '/data-mesh/grants';
const { principal } = aScannedGrant().grant;
const role = principal.id;
const ana: AccessSubject = {
  kind: 'user',
  id: 'user:default/ana.ruiz',
  title: 'Ana Ruiz',
};
const analytics: AccessSubject = {
  kind: 'principal',
  id: role,
  title: 'analytics-role',
  principal,
};
const place = {
  catalogId: '210987654321',
  region: 'eu-central-1',
  database: 'crm',
  table: 'profiles',
  column: 'email',
};

function anApi(answer: Partial<AccessAnswer> = {}) {
  const api = new FakeDataMeshApi();
  api.scans = someScans();
  api.subjects = [ana, analytics];
  api.answer = { ...api.answer, ...answer };
  return api;
}

async function open(at = path, api = anApi()) {
  await renderPage(<GrantsPage />, { path, at, api });
  return api;
}

const asked = (question: object) =>
  `${path}?${new URLSearchParams({ ...question })}`;
const address = () => screen.getByLabelText('address').textContent;
const box = () =>
  screen.findByRole('textbox', {
    name: 'Person, group, role, account, table or column',
  });
const answered = async () =>
  within(await screen.findByRole('table', { name: 'Answer' }));

describe('questions', () => {
  it('take the first of the people, roles and columns of a name by Enter', async () => {
    const api = await open();
    await userEvent.type(await box(), 'ana');
    const options = await screen.findAllByRole('option');
    expect(options[0]).toHaveTextContent('Ana Ruiz');
    expect(options[1]).toHaveTextContent('analytics-role');
    expect(screen.getByText('People')).toBeInTheDocument();
    expect(screen.getByText('Roles')).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(api.called('whatCanAccess')).toEqual([[{ principal: ana.id }]]),
    );
    expect(address()).toContain('what=user%3Adefault%2Fana.ruiz');
  });

  it('take what is typed or pasted, before anything was suggested', async () => {
    const api = anApi();
    api.hang('findAccessSubjects');
    await open(path, api);
    await userEvent.type(await box(), `${role}{Enter}`);
    await waitFor(() =>
      expect(api.called('whatCanAccess')).toEqual([[{ principal: role }]]),
    );
  });

  it('ask about a table by Enter too', async () => {
    const api = await open();
    await userEvent.type(await box(), 'email');
    const [first] = await screen.findAllByRole('option');
    expect(first).toHaveTextContent('email');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(api.called('whoCanAccess')).toHaveLength(1));
    expect(address()).toContain('column=');
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the grants' }),
    );
    await waitFor(() => expect(address()).toBe(path));
  });

  it('are answered by principal and resource, those to look at first', async () => {
    const { because } = aScannedGrant();
    const more = [
      {
        ...aScannedGrant().grant,
        resource: {
          ...aScannedGrant().grant.resource,
          words: 'column `country` of `crm.profiles`',
          columns: ['country'],
        },
      },
    ];
    const api = anApi({
      caveats: ['Roles that IAM lets assume `analytics-role` are not known'],
      items: [
        {
          principal,
          resource: {
            words: '`crm.profiles`',
            ...place,
            columns: ['country', 'email'],
            rowFilter: "country = 'DE'",
          },
          permissions: ['DESCRIBE', 'SELECT'],
          because: { ...because, kind: 'approved-and-more', more },
          grantId: 'grant-1',
          reasons: [
            { kind: 'filter', words: 'filter `de`', requestId: 'req-1' },
          ],
        },
        {
          principal: anUnexplainedGrant().grant.principal,
          resource: { words: '`crm.profiles`', ...place },
          permissions: ['SELECT'],
          because: { kind: 'unexplained' },
          reasons: [{ kind: 'direct', words: 'SELECT on `crm.profiles`' }],
        },
      ],
    });
    api.observed = [aScannedGrant()];
    api.explanations.set('grant-1', [
      { words: 'asked for marketing analytics', source: 'request' },
    ]);
    await open(asked({ ...place, at: '2026-11-20' }), api);
    const table = await answered();
    const [, first, second] = table.getAllByRole('row');
    expect(first).toHaveTextContent('bi-legacy');
    expect(first).toHaveTextContent('Nobody approved');
    expect(second).toHaveTextContent('Approved, and more');
    expect(second).toHaveTextContent('1 column more than approved');
    expect(second).toHaveTextContent("country = 'DE'");
    expect(table.getByRole('link', { name: 'Open request' })).toHaveAttribute(
      'href',
      '/data-mesh/requests/req-1',
    );
    expect(
      screen.getByRole('heading', {
        name: '2 principals can see crm.profiles.email. 1 nobody approved. 1 is more than was approved.',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/are not known/)).toBeInTheDocument();
    expect(api.called('whoCanAccess')[0]).toEqual([
      { ...place, at: '2026-11-20T23:59:59.999Z' },
    ]);

    await userEvent.click(
      table.getByRole('button', { name: /Why analytics-role/ }),
    );
    expect(
      await table.findByRole('img', { name: 'Nobody approved' }),
    ).toBeInTheDocument();
    expect(await table.findByText(/marketing analytics/)).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Nobody approved 1' }),
    );
    expect(table.queryByText('analytics-role')).not.toBeInTheDocument();
  });

  it('are not known before the first scan, and lead to the first day that is', async () => {
    const api = anApi({ isKnown: false, asOf: '2026-11-01T23:59:59.999Z' });
    await open(asked({ what: role, at: '2026-11-01' }), api);
    expect(
      await screen.findByRole('heading', {
        name: /^Not known: the first scan was on .*12/,
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nothing, as far/)).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /^Ask for .*12/ }),
    );
    await waitFor(() => expect(address()).toContain('at=2026-11-12'));
  });

  it('tell what was changed since the scan', async () => {
    const api = anApi({
      changes: [
        {
          kind: 'taken-away',
          at: '2026-11-20T10:00:00.000Z',
          actorRef: 'user:default/dana.cole',
          principal,
          words: '2 columns of profiles',
          requestId: 'req-1',
        },
      ],
    });
    await open(asked({ what: role }), api);
    const since = within(
      await screen.findByRole('region', {
        name: 'Changed here since that scan:',
      }),
    );
    expect(since.getByText(/taken from analytics-role/)).toBeInTheDocument();
    expect(since.getByText(/2 columns of profiles/)).toBeInTheDocument();
  });

  it('say that somebody acts as nothing, not that they see nothing', async () => {
    await open(
      asked({ what: ana.id }),
      anApi({ subject: ana, principals: [] }),
    );
    expect(
      await screen.findByText(
        'Ana Ruiz acts as no role that the catalog knows',
      ),
    ).toBeInTheDocument();
    expect(await box()).toHaveValue('Ana Ruiz');
  });

  it('say who is not there', async () => {
    const api = anApi();
    api.fail(
      'whatCanAccess',
      await anAnswer(404, 'NotFoundError', "Nobody is called 'anna'"),
    );
    await open(asked({ what: 'anna' }), api);
    expect(
      await screen.findByText(/Nobody is called 'anna'/),
    ).toBeInTheDocument();
  });

  it('are exported with their question', async () => {
    const created = jest.fn(() => 'blob:x');
    Object.assign(URL, { createObjectURL: created, revokeObjectURL: () => {} });
    const api = await open(asked({ what: ana.id, at: '2026-11-20' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export answer' }),
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'As CSV' }));
    await waitFor(() => expect(created).toHaveBeenCalled());
    expect(api.called('exportWhatCanAccess')).toEqual([
      ['csv', { principal: ana.id, at: '2026-11-20T23:59:59.999Z' }],
    ]);
  });
});
