import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type {
  DataProductEntity,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { renderPage } from '../../__testUtils__/renderPage';
import {
  anEntitlementDetail,
  aPreview,
  aProduct,
  FakeDataMeshApi,
} from '../../testing';
import { DataProductSchemaContent } from './DataProductSchemaContent';

const owner: PolicyStage = {
  name: 'owner',
  approvers: ['group:default/team-crm'],
  because: { text: 'owns the product' },
};
const steward: PolicyStage = {
  name: 'steward',
  approvers: ['group:default/data-stewards'],
  because: { text: '`profiles.customer_email` is personal data' },
  columns: ['profiles.customer_email'],
};

/** A policy as the backend's: a steward where the e-mail is asked for. */
class PolicyApi extends FakeDataMeshApi {
  previewRequest(draft: Parameters<FakeDataMeshApi['previewRequest']>[0]) {
    const isPersonal = draft.scope?.tables.some(table =>
      table.columns?.includes('customer_email'),
    );
    this.preview = aPreview({
      policy: {
        stages: isPersonal ? [owner, steward] : [owner],
        refusals: [],
        maxDurationDays: 90,
        autoApproved: false,
      },
    });
    return super.previewRequest(draft);
  }
}

async function show(
  options: {
    entity?: DataProductEntity;
    at?: string;
    api?: FakeDataMeshApi;
  } = {},
) {
  const {
    entity = aProduct(),
    at = '/entity',
    api = new PolicyApi(),
  } = options;
  api.entitlements = options.api ? api.entitlements : [];
  await renderPage(
    <EntityProvider entity={entity}>
      <DataProductSchemaContent />
    </EntityProvider>,
    { path: '/entity', at, api },
  );
  return api;
}

const address = () => screen.getByLabelText('address').textContent;
const table = () => screen.getByRole('table', { name: /Columns of/ });
const names = () =>
  within(table())
    .getAllByRole('rowheader')
    .map(cell => cell.getAttribute('title'));
const row = (name: string) =>
  within(
    within(table())
      .getAllByRole('row')
      .find(one => within(one).queryByTitle(name)) ?? table(),
  );
const box = (name: string) =>
  screen.getByRole('checkbox', { name: `Select ${name}` });
const bar = () =>
  within(screen.getByRole('region', { name: 'Selected columns' }));
const search = () => screen.getByRole('textbox', { name: /^Search \d+/ });

describe('the schema of a data product', () => {
  it('shows the columns with all that is known of them, and who must agree', async () => {
    await show({
      entity: aProduct({ spec: { access: { neverShared: ['segment'] } } }),
    });
    expect(names()).toEqual([
      'customer_id',
      'segment',
      'customer_email',
      'country',
    ]);
    expect(row('customer_id').getByTitle('Key')).toBeInTheDocument();
    expect(row('country').getByTitle('Partition key')).toBeInTheDocument();
    expect(row('segment').getByText('Never shared')).toBeInTheDocument();
    expect(box('segment')).toBeDisabled();
    expect(
      await row('customer_email').findByText('Owner + data steward'),
    ).toBeInTheDocument();
    expect(
      row('customer_email').getAllByText('Personal').length,
    ).toBeGreaterThan(0);
    expect(await row('country').findByText('Owner')).toBeInTheDocument();
    expect(screen.getByText('4 columns')).toBeInTheDocument();
  });

  it('asks policy twice for a port, however many columns it has', async () => {
    const product = aProduct();
    product.spec.outputPorts[0].tables[0].columns.push(
      ...Array.from({ length: 40 }, (_, at) => ({
        name: `c_${at}`,
        type: 'int',
      })),
    );
    const api = await show({ entity: product });
    await row('customer_email').findByText('Owner + data steward');
    await waitFor(() =>
      expect(within(table()).getAllByText('Owner').length).toBeGreaterThan(1),
    );
    expect(api.called('previewRequest')).toHaveLength(2);
  });

  it('says nobody where a rule agrees', async () => {
    const api = new FakeDataMeshApi();
    api.entitlements = [];
    api.preview = aPreview({
      policy: {
        stages: [],
        refusals: [],
        maxDurationDays: 90,
        autoApproved: true,
      },
    });
    await show({ api });
    expect(await row('country').findByText('Nobody')).toBeInTheDocument();
  });

  it('ticks what is read already off the list of what can be asked for', async () => {
    const api = new PolicyApi();
    api.entitlements = [anEntitlementDetail()];
    await show({
      api,
      at: '/entity?columns=profiles/profiles/segment,country',
    });
    expect(await row('segment').findByText('You read it')).toBeInTheDocument();
    expect(
      screen.queryByRole('checkbox', { name: 'Select segment' }),
    ).toBeNull();
    // Only what is not read yet counts.
    expect(bar().getByText('1 column')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'I read 2' }));
    await waitFor(() => expect(names()).toEqual(['customer_id', 'segment']));
  });

  it('shows what only a column has behind a button', async () => {
    await show();
    await userEvent.click(
      screen.getByRole('button', { name: 'Tags of country' }),
    );
    expect(await screen.findByText('iso-3166')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Tags of segment' }),
    ).toBeNull();
  });

  it('searches all tables of all ports, and jumps to where something is', async () => {
    await show();
    await userEvent.type(search(), 'changed');
    await waitFor(() => expect(names()).toEqual(['changed_at']));
    expect(
      screen.getByRole('table', { name: 'Columns of profile_changes' }),
    ).toBeInTheDocument();
    expect(address()).toBe('/entity?q=changed');

    await userEvent.clear(search());
    await userEvent.type(search(), 'id');
    await waitFor(() => expect(names()).toEqual(['customer_id']));
    expect(screen.getByText('1 of 4 columns')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: /^profile_changes of events, 1/ }),
    );
    await waitFor(() =>
      expect(address()).toBe('/entity?q=id&port=events&table=profile_changes'),
    );
    await userEvent.clear(search());
    await userEvent.type(search(), 'zebra');
    expect(await screen.findByText('No column matches')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all columns' }),
    );
    expect(search()).toHaveValue('');
  });

  it('unfolds nested types', async () => {
    const product = aProduct();
    product.spec.outputPorts[0].tables[0].columns[0].type =
      'struct<street:string,place:struct<city:string,zip:decimal(10,2)>>';
    await show({ entity: product });
    expect(screen.getByText('struct · 2 fields')).toBeInTheDocument();
    fireEvent.click(
      screen.getByRole('button', { name: 'Unfold the type of customer_id' }),
    );
    expect(screen.getByText(/city: string/)).toBeInTheDocument();
  });

  it('draws only some of thousands of columns, and says how many there are', async () => {
    const product = aProduct();
    product.spec.outputPorts[0].tables[0].columns = Array.from(
      { length: 5_000 },
      (_, at) => ({ name: `c_${at}`, type: 'int' }),
    );
    await show({ entity: product });
    expect(table()).toHaveAttribute('aria-rowcount', '5001');
    expect(screen.getByText('5000 columns')).toBeInTheDocument();
    expect(within(table()).getAllByRole('row').length).toBeLessThan(100);
  });

  it('says so where no columns are described', async () => {
    await show({ entity: aProduct({ spec: { outputPorts: [] } }) });
    expect(screen.getByText('No columns are described')).toBeInTheDocument();
  });

  it.each(['draft', 'retired'] as const)(
    'of a %s product offers nothing to tick',
    async lifecycle => {
      const api = await show({ entity: aProduct({ spec: { lifecycle } }) });
      expect(names()).toHaveLength(4);
      expect(screen.queryByRole('checkbox')).toBeNull();
      expect(api.called('previewRequest')).toEqual([]);
    },
  );

  it('still lets one ask where neither access nor policy could be loaded', async () => {
    const api = new FakeDataMeshApi()
      .fail('getProductOverview', new TypeError('Failed to fetch'))
      .fail('previewRequest', new TypeError('Failed to fetch'));
    await show({ api });
    await userEvent.click(box('segment'));
    expect(
      await bar().findByText('Couldn’t load who has to agree'),
    ).toBeInTheDocument();
    expect(
      bar().getByRole('button', { name: 'Request 1 column' }),
    ).toBeEnabled();
  });
});

describe('asking from the schema', () => {
  it('says what it takes while one ticks, and leads to the form', async () => {
    const api = await show();
    expect(
      screen.queryByRole('region', { name: 'Selected columns' }),
    ).toBeNull();
    await userEvent.click(box('country'));
    expect(await bar().findByText('1 approval')).toBeInTheDocument();
    expect(bar().getByText(/usually 5 hours/)).toBeInTheDocument();
    await userEvent.click(box('customer_email'));
    expect(await bar().findByText('2 approvals')).toBeInTheDocument();
    expect(bar().getByText('customer_email')).toBeInTheDocument();
    expect(bar().getByText(/adds the data steward/)).toBeInTheDocument();
    const [draft] = api.called('previewRequest').at(-1) ?? [];
    expect(draft).toEqual({
      productRef: 'dataproduct:default/customer-360',
      port: 'profiles',
      scope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['customer_email', 'country'] }],
      },
    });
    await userEvent.click(
      bar().getByRole('button', { name: 'Request 2 columns' }),
    );
    expect(address()).toBe(
      '/data-mesh/request/default/customer-360?port=profiles&columns=profiles%2Fprofiles%2Fcustomer_email%2Ccountry',
    );
  });

  it('changes the access that is held already', async () => {
    const api = new PolicyApi();
    api.entitlements = [anEntitlementDetail()];
    await show({ api });
    await row('segment').findByText('You read it');
    await userEvent.click(box('country'));
    await bar().findByText('1 approval');
    expect(api.called('previewRequest').at(-1)).toEqual([
      expect.objectContaining({
        kind: 'amend',
        entitlementId: 'ent-1',
        scope: {
          level: 'read',
          tables: [
            {
              table: 'profiles',
              columns: ['customer_id', 'segment', 'country'],
            },
          ],
        },
      }),
    ]);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(address()).toBe(
      '/data-mesh/request/default/customer-360?amend=ent-1&columns=profiles%2Fprofiles%2Fcountry',
    );
  });

  it('keeps what is ticked while another port is looked at', async () => {
    await show();
    await userEvent.click(box('country'));
    await userEvent.type(search(), 'changed');
    await waitFor(() => expect(names()).toEqual(['changed_at']));
    await userEvent.click(box('changed_at'));
    await userEvent.click(
      bar().getByRole('button', { name: '1 more in Profiles' }),
    );
    await waitFor(() => expect(address()).toContain('port=profiles'));
    expect(address()).toContain(
      'columns=profiles%2Fprofiles%2Fcountry&columns=events%2Fprofile_changes%2Fchanged_at',
    );
    await userEvent.click(bar().getByRole('button', { name: 'Clear' }));
    expect(address()).not.toContain('columns=');
  });

  it('ticks all without the personal ones, then these, then none', async () => {
    await show();
    const head = () => screen.getAllByRole('checkbox')[0];
    const ticked = () =>
      screen
        .getAllByRole('checkbox', { name: /^Select [a-z]+_?[a-z]*$/ })
        .filter(one => (one as HTMLInputElement).checked).length;
    await userEvent.click(head());
    expect(ticked()).toBe(3);
    expect(box('customer_email')).not.toBeChecked();
    expect(head()).toHaveAccessibleName('Select the personal columns as well');
    await userEvent.click(head());
    expect(ticked()).toBe(4);
    await userEvent.click(head());
    expect(ticked()).toBe(0);
  });

  it('is done by keys: J and K move, X ticks, Shift takes all between', async () => {
    await show();
    await userEvent.keyboard('jjx');
    expect(box('segment')).toBeChecked();
    expect(box('segment')).toHaveFocus();
    await userEvent.keyboard('kx');
    expect(box('customer_id')).toBeChecked();
    await userEvent.keyboard('xjx');
    expect(box('customer_id')).not.toBeChecked();

    await userEvent.click(box('customer_id'));
    fireEvent.click(box('country'), { shiftKey: true });
    for (const name of [
      'customer_id',
      'segment',
      'customer_email',
      'country',
    ]) {
      expect(box(name)).toBeChecked();
    }
  });

  it('shows and ticks the column that a search found', async () => {
    await show({
      at: '/entity?port=profiles&table=profiles&column=customer_email&columns=profiles/profiles/customer_email',
    });
    expect(box('customer_email')).toBeChecked();
    expect(bar().getByText('1 column')).toBeInTheDocument();
  });
});
