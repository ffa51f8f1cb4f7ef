import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aMe,
  anEntitlementDetail,
  aPlan,
  aPreview,
  aProduct,
  aRequestDetail,
  FakeDataMeshApi,
  inDays,
} from '../../testing';
import {
  choose,
  fill,
  formAddress,
  openForm,
  sendButton,
  tick,
  unfold,
} from '../../__testUtils__/requestForm';

function anApi() {
  const api = new FakeDataMeshApi();
  const [provisioner] = api.me.provisioners;
  api.me = aMe({
    provisioners: [
      {
        ...provisioner,
        capabilities: {
          columns: true,
          rowFilters: true,
          levels: ['read', 'append', 'modify'],
          allTables: true,
          tagExpressions: true,
        },
      },
    ],
  });
  return api;
}

const asked = (api: FakeDataMeshApi) =>
  api.called('previewRequest').pop()?.[0] as { scope?: object };

describe('the ways to ask for a port', () => {
  beforeEach(() => window.localStorage.clear());

  it('offers no way that the provisioner does not have', async () => {
    await openForm();
    await unfold('More choices');
    expect(screen.queryByText('How much')).toBeNull();
    expect(screen.queryByText('What for')).toBeNull();
  });

  it('asks for all tables, also those of later', async () => {
    const api = anApi();
    await openForm(api);
    await unfold('More choices');
    await userEvent.click(screen.getByRole('radio', { name: /^All tables/ }));
    expect(
      screen.queryByRole('checkbox', { name: 'segment' }),
    ).not.toBeInTheDocument();
    await choose('Purpose', 'Operations');
    await userEvent.click(sendButton());
    await waitFor(() =>
      expect(api.called('createRequests')[0]?.[0]).toMatchObject({
        scope: { level: 'read', tables: [], allTables: true },
      }),
    );
  });

  it('does not offer all tables where a column is never shared', async () => {
    await openForm(anApi(), {
      entities: [
        aProduct({
          spec: { access: { neverShared: ['profiles.customer_email'] } },
        }),
      ],
    });
    await unfold('More choices');
    expect(screen.getByRole('radio', { name: /^All tables/ })).toBeDisabled();
  });

  it('asks by tags, offered from the product or typed, told in words', async () => {
    const api = anApi();
    await openForm(api);
    await unfold('More choices');
    await userEvent.click(screen.getByRole('radio', { name: /certain tags/ }));
    expect(await screen.findByText(/Still needed: a tag/)).toBeVisible();
    await userEvent.click(screen.getByLabelText('Tag 1'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'classification' }),
    );
    await userEvent.click(screen.getByLabelText('Values of tag 1'));
    await userEvent.click(
      await screen.findByRole('option', { name: 'restricted' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Add a tag' }));
    // Half an expression would reach more than was meant.
    await waitFor(() => expect(asked(api).scope).toBeUndefined());
    fill(screen.getByLabelText('Tag 2'), 'zone');
    await userEvent.type(screen.getByLabelText('Values of tag 2'), 'raw,cur');
    await userEvent.tab();
    expect(
      screen.getByText('classification = restricted and zone = raw or cur'),
    ).toBeVisible();
    await waitFor(() =>
      expect(asked(api).scope).toEqual({
        level: 'read',
        tables: [],
        tagExpression: [
          { key: 'classification', values: ['restricted'] },
          { key: 'zone', values: ['raw', 'cur'] },
        ],
      }),
    );
  });

  it('says what a level lets one do, and that parts cannot be written', async () => {
    const api = anApi();
    await openForm(api);
    await tick('segment');
    await unfold('More choices');
    await userEvent.click(
      screen.getByRole('radio', { name: /^Append, read it, and add rows/ }),
    );
    expect(
      await screen.findByText(/Only whole tables can be written/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: /whole table/ }));
    expect(screen.queryByText(/Only whole tables can be written/)).toBeNull();
    await waitFor(() =>
      expect(asked(api).scope).toEqual({
        level: 'append',
        tables: [{ table: 'profiles' }],
      }),
    );
  });
});

describe('the builder of row filters', () => {
  beforeEach(() => window.localStorage.clear());

  async function openRows(api = anApi()) {
    await openForm(api);
    await tick('segment');
    await unfold('Only some rows');
    await userEvent.click(
      screen.getByRole('radio', { name: 'Only rows where' }),
    );
    return api;
  }
  const rowFilter = (api: FakeDataMeshApi) =>
    (asked(api) as { scope?: { tables: Array<{ rowFilter?: string }> } }).scope
      ?.tables[0].rowFilter;

  it('goes from rows to the expression and back', async () => {
    const api = await openRows();
    await choose('Column 1', 'country');
    await choose('Comparison 1', 'is one of');
    await userEvent.type(screen.getByLabelText('Value 1'), 'DE,AT');
    await userEvent.tab();
    await userEvent.click(
      screen.getByRole('button', { name: 'Add a condition' }),
    );
    await choose('Column 2', 'customer_id');
    await choose('Comparison 2', 'is at least');
    fill(screen.getByLabelText('Value 2'), '100');
    await choose('How the conditions go together', 'or');
    const text = "country IN ('DE', 'AT') OR customer_id >= 100";
    await waitFor(() => expect(rowFilter(api)).toBe(text));

    await userEvent.click(
      screen.getByRole('button', { name: 'Edit as an expression' }),
    );
    fill(screen.getByLabelText('Row filter'), "country = 'CH'");
    await userEvent.click(
      screen.getByRole('button', { name: 'Edit row by row' }),
    );
    expect(screen.getByLabelText('Value 1')).toHaveValue('CH');
    expect(screen.queryByLabelText('Value 2')).toBeNull();
    await waitFor(() => expect(rowFilter(api)).toBe("country = 'CH'"));
  });

  it('tells at the field what is wrong with an expression', async () => {
    await openRows();
    await userEvent.click(
      screen.getByRole('button', { name: 'Edit as an expression' }),
    );
    fill(screen.getByLabelText('Row filter'), "land = 'DE'");
    expect(screen.getByText(/The table has no column/)).toHaveTextContent(
      'land',
    );
    // Each kind of problem, with its place, in the words of the form.
    for (const [text, words] of [
      ["contry = 'DE'", /position 1; did you mean country/],
      ["country = 'DE", /The quote at position 11 is not closed/],
      ['country = ', /A value is expected here, .*found nothing more/],
      ['country = 1', /country holds texts, .*found 1 at position 11/],
      ["customer_id > 'x'", /without quotes is expected; found 'x'/],
      ["customer_id LIKE '1%'", /holds no texts, so LIKE/],
      ['country = country', /found country at position 11/],
      ["level = 'x'", /level at position 1 is a word of the language/],
      ["geo(country) = 'x'", /geo at position 1 is a function/],
      ['segment.iso = 1', /There is no field segment.iso/],
      ['country IS NULL', /country at position 1 is a partition key/],
    ] as const) {
      fill(screen.getByLabelText('Row filter'), text);
      expect(
        screen.getByText(
          (_, element) =>
            element?.tagName === 'LI' && words.test(element.textContent ?? ''),
        ),
      ).toBeVisible();
    }
    fill(screen.getByLabelText('Row filter'), "NOT country = 'DE'");
    expect(screen.getByText(/says more than rows can show/)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Edit row by row' }),
    ).toBeDisabled();
  });

  it('does not take a text for a number', async () => {
    const api = await openRows();
    await choose('Column 1', 'customer_id');
    fill(screen.getByLabelText('Value 1'), 'many');
    expect(screen.getByText('This column holds numbers.')).toBeVisible();
    expect(screen.getByText(/Still needed: .*rows/)).toBeVisible();
    expect(rowFilter(api)).toBeUndefined();
  });
});

describe('principals of several accounts', () => {
  beforeEach(() => window.localStorage.clear());

  it('stand by their account, each with what it is', async () => {
    const api = new FakeDataMeshApi();
    const via = 'group:default/team-analytics';
    api.me = aMe({
      principals: [
        ...api.me.principals,
        {
          via,
          principal: {
            id: '338822114471',
            kind: 'account',
            name: '338822114471',
            accountId: '338822114471',
            accountAlias: 'acme-analytics',
          },
        },
        {
          via,
          principal: {
            id: 'arn:aws:identitystore:::group/analysts',
            kind: 'identity-center-group',
            name: 'analysts',
          },
        },
      ],
    });
    await openForm(api);
    await userEvent.click(
      await screen.findByRole('button', { name: /Principal/ }),
    );
    const list = within(await screen.findByRole('listbox'));
    expect(list.getByText('acme-lakehouse …4321')).toBeVisible();
    expect(list.getByText('Of no single account')).toBeVisible();
    await userEvent.click(
      list.getByRole('option', { name: /acme-analytics …4471, whole account/ }),
    );
    await waitFor(() =>
      expect(api.called('previewRequest').pop()?.[0]).toMatchObject({
        principals: ['338822114471'],
      }),
    );
    expect(
      list.getByRole('option', { name: /analysts, Identity Center group/ }),
    ).toBeVisible();
  });
});

describe('renewing and changing an access', () => {
  beforeEach(() => window.localStorage.clear());
  const expiresAt = '2027-01-10T12:00:00.000Z';

  it('asks for more time of what is held', async () => {
    const api = anApi();
    api.entitlements = [anEntitlementDetail({ expiresAt })];
    await openForm(api, { at: `${formAddress}?renew=ent-1` });
    expect(
      await screen.findByRole('heading', { name: 'Renew your access' }),
    ).toBeVisible();
    expect(screen.queryByRole('checkbox', { name: 'segment' })).toBeNull();
    expect(
      screen.getByText('Until Feb 9, 2027, instead of Jan 10, 2027'),
    ).toBeVisible();
    fill(screen.getByLabelText('Reason'), 'still needed');
    await userEvent.click(sendButton());
    await waitFor(() =>
      expect(api.called('createRequests')[0]?.[0]).toEqual({
        kind: 'renew',
        entitlementId: 'ent-1',
        productRef: 'dataproduct:default/customer-360',
        port: 'profiles',
        scope: anEntitlementDetail().scope,
        principals: [anEntitlementDetail().principal.id],
        purpose: 'marketing-analytics',
        durationDays: 30,
        justification: 'still needed',
      }),
    );
  });

  it('starts a change with what is held and shows the difference', async () => {
    const api = anApi();
    api.preview = aPreview({
      plan: {
        ...aPlan(),
        removes: [
          {
            words: { text: 'SELECT on `segment`' },
            because: { text: 'not asked for' },
          },
        ],
      },
    });
    api.entitlements = [anEntitlementDetail({ expiresAt })];
    await openForm(api, { at: `${formAddress}?amend=ent-1` });
    const changes = await screen.findByRole('region', { name: 'What changes' });
    expect(changes).toHaveTextContent('customer_idsegment');
    expect(changes).toHaveTextContent('Ends Jan 10, 2027, as before');
    expect(screen.getByText(/nothing changes yet/)).toBeVisible();
    expect(screen.queryByRole('group', { name: 'How long' })).toBeNull();
    await unfold('Choose columns');
    await tick('segment');
    await tick('country');
    await tick('customer_email');
    await unfold('Done');
    // What was ticked by mistake is taken back in the difference.
    await unfold('Leave out customer_email');
    expect(changes).not.toHaveTextContent('customer_email');
    expect(within(changes).getByLabelText('Leave out country')).toBeVisible();
    expect(within(changes).getByLabelText('Keep segment')).toBeVisible();
    await unfold('Show the steps and calls');
    expect(
      await screen.findByRole('region', { name: 'What goes' }),
    ).toHaveTextContent('SELECT on segment, not asked for');
    await userEvent.click(sendButton());
    await waitFor(() =>
      expect(api.called('createRequests')[0]?.[0]).toMatchObject({
        kind: 'amend',
        entitlementId: 'ent-1',
        scope: {
          level: 'read',
          tables: [{ table: 'profiles', columns: ['customer_id', 'country'] }],
        },
      }),
    );
  });

  it('does not send a second one while one waits', async () => {
    const api = anApi();
    api.requests = [aRequestDetail({ id: 'req-2', kind: 'renew' })];
    api.entitlements = [
      anEntitlementDetail({
        requests: [
          {
            id: 'req-2',
            kind: 'renew',
            state: 'pending',
            requesterRef: 'user:default/ana.ruiz',
            createdAt: inDays(-1),
          },
        ],
      }),
    ];
    await openForm(api, { at: `${formAddress}?amend=ent-1` });
    expect(await screen.findByText(/A renewal waits/)).toBeVisible();
    expect(
      screen.getByText(/One renewal or change waits already/),
    ).toBeVisible();
    expect(sendButton()).toBeDisabled();
  });
});
