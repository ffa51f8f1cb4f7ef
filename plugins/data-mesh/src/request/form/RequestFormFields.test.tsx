import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aMe,
  anAnswer,
  aPreview,
  aPrincipal,
  aProduct,
  FakeDataMeshApi,
  inDays,
} from '../../testing';
import {
  choose,
  fill,
  openForm,
  sendButton,
  tick,
  unfold,
} from '../../__testUtils__/requestForm';

describe('the fields of the request form', () => {
  beforeEach(() => window.localStorage.clear());

  it('shows refusals at their fields, and others on top', async () => {
    const api = new FakeDataMeshApi();
    api.preview = aPreview({
      problems: [
        { field: 'scope.tables[0].columns', reason: 'too many columns' },
        { field: 'productRef', reason: 'nobody decides about this product' },
      ],
    });
    await openForm(api);
    await tick('segment');
    await choose('Purpose', 'Operations');
    const what = screen.getByRole('region', { name: 'What' });
    expect(await within(what).findByText('Too many columns')).toBeVisible();
    expect(screen.getByText('Nobody decides about this product')).toBeVisible();
    expect(await screen.findByText(/2 answers need a change/)).toBeVisible();
    // Said also where the choice is folded; sending leads there.
    await unfold('Done');
    expect(within(what).getByText('Too many columns')).toBeVisible();
    await userEvent.click(sendButton());
    expect(api.called('createRequests')).toEqual([]);
    expect(
      screen.getByRole('checkbox', { name: 'segment' }),
    ).toBeInTheDocument();
  });

  it('keeps all that was entered when the backend refuses', async () => {
    const api = new FakeDataMeshApi();
    api.fail(
      'createRequests',
      await anAnswer(400, 'InputError', 'The request is not valid', [
        { field: 'purpose', reason: 'is not allowed for this product' },
      ]),
    );
    await openForm(api);
    await tick('segment');
    await choose('Purpose', 'Operations');
    fill(screen.getByLabelText('Reason'), 'why not');
    await userEvent.click(sendButton());
    expect(
      await screen.findByText(
        'The request was not sent. What you entered is still here.',
      ),
    ).toBeVisible();
    const why = screen.getByRole('region', { name: 'Why' });
    expect(
      within(why).getByText('Is not allowed for this product'),
    ).toBeVisible();
    expect(screen.getByLabelText('Reason')).toHaveValue('why not');
    expect(screen.getByRole('checkbox', { name: 'segment' })).toBeChecked();
  });

  it('sends the same content with the same key, and other content with another', async () => {
    const api = new FakeDataMeshApi();
    api.fail('createRequests', new TypeError('Failed to fetch'));
    await openForm(api);
    await tick('segment');
    await choose('Purpose', 'Operations');
    await userEvent.click(sendButton());
    await screen.findByRole('alert');
    await userEvent.click(sendButton());
    await waitFor(() => expect(api.called('createRequests')).toHaveLength(2));
    await tick('customer_id');
    await waitFor(() => expect(sendButton()).toBeEnabled());
    await userEvent.click(sendButton());
    await waitFor(() => expect(api.called('createRequests')).toHaveLength(3));
    const keys = api
      .called('createRequests')
      .map(
        ([, options]) => (options as { idempotencyKey: string }).idempotencyKey,
      );
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('does not offer columns that are never shared, nor then the whole table', async () => {
    await openForm(undefined, {
      entities: [
        aProduct({
          spec: { access: { neverShared: ['profiles.customer_email'] } },
        }),
      ],
    });
    expect(
      await screen.findByRole('checkbox', { name: 'customer_email' }),
    ).toBeDisabled();
    expect(screen.getByText('never shared')).toBeVisible();
    expect(screen.getByRole('radio', { name: /whole table/ })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Select all' }));
    expect(screen.getByText('3 of 4 chosen')).toBeVisible();
  });

  it('finds columns by name and description', async () => {
    await openForm();
    fill(
      await screen.findByRole('textbox', { name: 'Search columns' }),
      'address',
    );
    expect(
      screen.getByRole('checkbox', { name: 'customer_email' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('checkbox', { name: 'segment' })).toBeNull();
    fill(screen.getByRole('textbox', { name: 'Search columns' }), 'zzz');
    expect(screen.getByText(/No column matches/)).toBeVisible();
  });

  it('limits the duration to what the product allows, and says so', async () => {
    await openForm(undefined, {
      entities: [aProduct({ spec: { access: { maxDurationDays: 60 } } })],
    });
    await screen.findByText(/Up to 60 days \(owner’s limit\)/);
    await unfold('Another…');
    const days = screen.getByLabelText('Days');
    fill(days, '61');
    expect(
      screen.getByText('61 days are more than the 60 days that are allowed.'),
    ).toBeVisible();
  });

  it('offers only the purposes that the product allows', async () => {
    await openForm(undefined, {
      entities: [aProduct({ spec: { access: { purposes: ['operations'] } } })],
    });
    expect(
      await screen.findByRole('button', { name: /Purpose/ }),
    ).toHaveTextContent('Operations');
  });

  it('shows a row filter only where the provisioner can do it', async () => {
    const api = new FakeDataMeshApi();
    await openForm(api);
    await screen.findByRole('checkbox', { name: 'segment' });
    expect(screen.queryByText('Only rows where')).toBeNull();
  });

  it('asks for rows where a condition holds', async () => {
    const api = new FakeDataMeshApi();
    const [provisioner] = api.me.provisioners;
    api.me = aMe({
      provisioners: [
        {
          ...provisioner,
          capabilities: { ...provisioner.capabilities, rowFilters: true },
        },
      ],
    });
    await openForm(api);
    await tick('segment');
    await unfold('Only some rows');
    await userEvent.click(
      screen.getByRole('radio', { name: 'Only rows where' }),
    );
    expect(
      await screen.findByText(/Still needed: the conditions on rows/),
    ).toBeVisible();
    await choose('Column 1', 'country');
    fill(screen.getByLabelText('Value 1'), 'DE');
    await waitFor(() =>
      expect(api.called('previewRequest').pop()?.[0]).toMatchObject({
        scope: {
          tables: [
            {
              table: 'profiles',
              columns: ['segment'],
              rowFilter: "country = 'DE'",
            },
          ],
        },
      }),
    );
  });

  it('says what to do where no principal belongs to the caller', async () => {
    const api = new FakeDataMeshApi();
    api.me = aMe({ principals: [] });
    await openForm(api);
    expect(
      await screen.findByText('No principal belongs to you'),
    ).toBeVisible();
    expect(screen.getByText('lakemesh.io/principals')).toBeVisible();
    expect(screen.getByText('team-analytics')).toBeVisible();
  });

  it('says why principals are missing whose annotation cannot be read', async () => {
    const api = new FakeDataMeshApi();
    api.me = aMe({
      principalProblems: [
        { via: 'group:default/team-analytics', reason: "'x' is no principal" },
      ],
    });
    await openForm(api);
    expect(await screen.findByText(/'x' is no principal/)).toBeVisible();
  });

  it('shows what exists already', async () => {
    const api = new FakeDataMeshApi();
    api.preview = aPreview({
      existing: [
        {
          type: 'entitlement',
          id: 'ent-1',
          state: 'active',
          principal: aPrincipal().id,
          scope: {
            level: 'read',
            tables: [{ table: 'profiles', columns: ['segment'] }],
          },
          expiresAt: inDays(30),
          relation: 'overlaps',
        },
      ],
    });
    await openForm(api);
    expect(await screen.findByText('analytics-role already has')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'See that access' }),
    ).toHaveAttribute('href', '/data-mesh/access/ent-1');
  });
});
