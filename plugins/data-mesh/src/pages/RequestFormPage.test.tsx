import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aMe,
  anAnswer,
  aPreview,
  aPrincipal,
  aProduct,
  aRequestDetail,
  FakeDataMeshApi,
} from '../testing';
import {
  choose,
  fill,
  formAddress,
  openForm,
  sendButton,
  tick,
  unfold,
} from '../__testUtils__/requestForm';

const steward = {
  name: 'steward',
  approvers: ['group:default/data-stewards'],
  because: { text: '`profiles.customer_email` is personal data' },
  columns: ['profiles.customer_email'],
};

describe('RequestFormPage', () => {
  beforeEach(() => window.localStorage.clear());

  it('asks for two columns and leads to the request', async () => {
    const api = await openForm();
    await tick('segment');
    await tick('customer_id');
    await choose('Purpose', 'Marketing analytics');
    fill(screen.getByLabelText('Reason'), 'Churn model');
    await userEvent.click(sendButton());

    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/data-mesh/requests/req-new-1',
      ),
    );
    const [[request, options]] = api.called('createRequests');
    expect(request).toEqual({
      productRef: 'dataproduct:default/customer-360',
      port: 'profiles',
      scope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['customer_id', 'segment'] }],
      },
      principals: [aPrincipal().id],
      purpose: 'marketing-analytics',
      justification: 'Churn model',
      durationDays: 30,
    });
    expect(options).toEqual({
      idempotencyKey: expect.stringMatching(/^\w{32}$/),
    });
  });

  it('says why it cannot be sent yet', async () => {
    const api = new FakeDataMeshApi();
    // Whoever never asked has no usual purpose.
    api.requests = [];
    await openForm(api);
    expect(
      await screen.findByText(/Still needed: columns, a purpose/),
    ).toBeVisible();
    // The button leads to what is missing.
    await userEvent.click(sendButton());
    await tick('segment');
    expect(screen.getByText(/Still needed: a purpose/)).toBeVisible();
    await userEvent.click(sendButton());
    expect(screen.getByRole('button', { name: /Purpose/ })).toHaveFocus();
  });

  it('begins with the columns that were ticked elsewhere, and all else preset', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [aRequestDetail({ purpose: 'operations' })];
    await openForm(api, {
      at: `${formAddress}?port=profiles&columns=profiles/profiles/segment,country`,
    });
    const what = within(await screen.findByRole('region', { name: 'What' }));
    expect(what.getByText('2 of 4 columns')).toBeVisible();
    expect(what.getByText('country')).toBeVisible();
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.getByRole('button', { name: /Purpose/ })).toHaveTextContent(
      'Operations',
    );
    await userEvent.type(screen.getByLabelText('Reason'), 'Churn');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(api.called('createRequests')[0]?.[0]).toMatchObject({
        purpose: 'operations',
        justification: 'Churn',
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', columns: ['segment', 'country'] }],
        },
      }),
    );
  });

  it('leads to the list when several principals were chosen', async () => {
    const api = new FakeDataMeshApi();
    api.me = aMe({
      principals: [
        { principal: aPrincipal(), via: 'group:default/team-analytics' },
        { principal: aPrincipal('etl-role'), via: 'user:default/ana.ruiz' },
      ],
    });
    await openForm(api);
    await tick('segment');
    await userEvent.click(screen.getByRole('button', { name: /Principal/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /analytics-role/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: /etl-role/ }));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
    await choose('Purpose', 'Operations');
    await userEvent.click(sendButton());
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        '/data-mesh/requests?view=mine',
      ),
    );
    expect(api.requests).toHaveLength(3);
  });

  it('shows who decides and what is done, and drops a column with its stage', async () => {
    const api = new FakeDataMeshApi();
    const { policy } = aPreview();
    if (!policy) throw new Error('the builder has a policy');
    api.preview = aPreview({
      policy: { ...policy, stages: [...policy.stages, steward] },
    });
    await openForm(api);
    // Known before it is ticked.
    expect(await screen.findByText('adds the data steward')).toBeVisible();
    await tick('customer_email');
    await tick('segment');
    expect(await screen.findByText('data-stewards')).toBeVisible();
    expect(screen.getByText('Then in force')).toBeVisible();
    expect(screen.getByText('usually 5 hours')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Leave it out: 1 approval',
      }),
    );
    expect(
      screen.getByRole('checkbox', { name: 'customer_email' }),
    ).not.toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'segment' })).toBeChecked();
  });

  it('offers a draft of an earlier visit back, and starts over on demand', async () => {
    const key =
      'data-mesh/draft/user:default/ana.ruiz/dataproduct:default/customer-360';
    const api = await openForm();
    await tick('segment');
    expect(await screen.findByText(/Draft saved/)).toBeVisible();
    expect(window.localStorage.getItem(key)).toContain('segment');
    cleanup();
    await openForm(api);
    expect(
      await screen.findByText(/This is what you had entered/),
    ).toBeVisible();
    await unfold('Choose columns');
    expect(screen.getByRole('checkbox', { name: 'segment' })).toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Start over' }));
    expect(screen.getByRole('checkbox', { name: 'segment' })).not.toBeChecked();
    expect(window.localStorage.getItem(key)).toBeNull();
  });

  it('goes on without knowing what will happen', async () => {
    const api = new FakeDataMeshApi();
    api.fail(
      'previewRequest',
      await anAnswer(503, 'ServiceUnavailableError', 'busy'),
    );
    await openForm(api);
    expect(
      await screen.findByText('Couldn’t load what it takes'),
    ).toBeVisible();
    await tick('segment');
    await choose('Purpose', 'Operations');
    await waitFor(() => expect(sendButton()).toBeEnabled());
    // The last change is asked about a moment later: that must fail too.
    const again = await screen.findByRole('button', { name: 'Try again' });
    api.heal();
    await userEvent.click(again);
    expect(
      await screen.findByText('decides as owner', { exact: false }),
    ).toBeVisible();
  });

  it.each([
    [
      'unknown',
      '/data-mesh/request/default/gone',
      'There is no data product gone',
    ],
  ])('says that the product is %s', async (_, at, text) => {
    await openForm(undefined, { at });
    expect(await screen.findByText(text)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Find data products' }),
    ).toBeVisible();
  });

  it('says that a product without ports gives nothing', async () => {
    await openForm(undefined, {
      entities: [aProduct({ spec: { outputPorts: [] } })],
    });
    expect(
      await screen.findByText('Customer 360 has no output port'),
    ).toBeVisible();
  });

  it('begins with what a request said that came to nothing, as a new one', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [
      aRequestDetail({ state: 'rejected', justification: 'Churn model' }),
    ];
    await openForm(api, { at: `${formAddress}?again=req-1` });
    expect(await screen.findByLabelText('Reason')).toHaveValue('Churn model');
    await waitFor(() => expect(sendButton()).toBeEnabled());
    await userEvent.click(sendButton());
    await waitFor(() => expect(api.called('createRequests')).toHaveLength(1));
    const { scope, principal } = aRequestDetail();
    expect(api.called('createRequests')[0][0]).toMatchObject({
      scope,
      principals: [principal.id],
    });
  });

  it('says what the approver asked for, and nothing of the request as another one', async () => {
    const api = new FakeDataMeshApi();
    api.requests = [
      aRequestDetail({
        state: 'changes-requested',
        decisions: [
          {
            id: '1',
            actorRef: 'user:default/jo.lind',
            decision: 'request-changes',
            stage: 0,
            comment: 'Without e-mail',
            at: '2026-11-20T09:00:00.000Z',
          },
        ],
      }),
    ];
    api.preview = aPreview({
      existing: [
        {
          type: 'request',
          id: 'req-1',
          state: 'changes-requested',
          principal: aPrincipal().id,
          scope: aRequestDetail().scope,
          relation: 'covers',
        },
      ],
    });
    await openForm(api, { at: `${formAddress}?revise=req-1` });
    expect(await screen.findByText('“Without e-mail”')).toBeInTheDocument();
    await waitFor(() => expect(api.called('previewRequest')).not.toEqual([]));
    expect(screen.queryByText(/already asked/)).toBeNull();
  });

  it('says which permission is lacking', async () => {
    const api = new FakeDataMeshApi();
    api.fail(
      'getMe',
      await anAnswer(403, 'NotAllowedError', 'needs data-mesh.request.create'),
    );
    await openForm(api);
    expect(await screen.findByText('data-mesh.request.create')).toBeVisible();
  });

  describe('changing a request', () => {
    const at = `${formAddress}?revise=req-1`;

    it('starts with what was asked for and sends the change', async () => {
      const api = new FakeDataMeshApi();
      api.requests = [
        aRequestDetail({ state: 'changes-requested', version: 4 }),
      ];
      await openForm(api, { at });
      await unfold('Choose columns');
      expect(screen.getByRole('checkbox', { name: 'segment' })).toBeChecked();
      expect(screen.queryByText('events')).toBeNull();
      await tick('segment');
      fill(
        screen.getByLabelText('What you changed (optional)'),
        'without segment',
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Send the change' }),
      );
      await waitFor(() => expect(api.called('reviseRequest')).toHaveLength(1));
      expect(api.called('reviseRequest')[0]).toEqual([
        'req-1',
        4,
        expect.objectContaining({
          comment: 'without segment',
          scope: {
            level: 'read',
            tables: [{ table: 'profiles', columns: ['customer_id'] }],
          },
        }),
      ]);
    });

    it('says that the request changed meanwhile and keeps the input', async () => {
      const api = new FakeDataMeshApi();
      api.requests = [aRequestDetail({ state: 'changes-requested' })];
      await openForm(api, { at });
      await unfold('Choose columns');
      await tick('segment');
      api.requests = [aRequestDetail({ state: 'lapsed', version: 7 })];
      api.fail(
        'reviseRequest',
        await anAnswer(409, 'ConflictError', 'changed'),
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Send the change' }),
      );
      expect(
        await screen.findByText(/changed in the meantime and is now: Lapsed/),
      ).toBeVisible();
      expect(
        screen.getByRole('checkbox', { name: 'segment' }),
      ).not.toBeChecked();
      expect(
        screen.getByRole('button', { name: 'Send the change' }),
      ).toBeDisabled();
    });
  });
});
