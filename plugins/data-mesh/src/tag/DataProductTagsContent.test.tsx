import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { anAnswer, aProduct, FakeDataMeshApi, someTags } from '../testing';
import { DataProductTagsContent } from './DataProductTagsContent';

const REF = 'dataproduct:default/customer-360';

async function open(
  options: {
    api?: FakeDataMeshApi;
    at?: string;
    entity?: ReturnType<typeof aProduct>;
  } = {},
) {
  const { at = '/entity', entity = aProduct() } = options;
  const api = options.api ?? withTags();
  await renderPage(
    <EntityProvider entity={entity}>
      <DataProductTagsContent />
    </EntityProvider>,
    { path: '/entity', at, api },
  );
  return api;
}

function withTags(values: Parameters<typeof someTags>[0] = {}) {
  const api = new FakeDataMeshApi();
  api.tags = someTags(values);
  return api;
}

const tags = () => screen.findByRole('table', { name: /LF-Tags of/ });
const apply = () => screen.findByRole('button', { name: 'Apply tags…' });

describe('LF-Tags of a product', () => {
  it('are told table by table and column by column', async () => {
    await open();
    const rows = within(await tags())
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows).toEqual([
      'OnLF-TagStandingProduct declaresLake Formation has',
      'crm.profilesport profiles · …4321 · eu-central-1',
      'the tableclassdifferentrestrictedinternal ',
      'the tablepiias declaredfalsefalse from the database',
      'the tablezoneextraOnly changed at the database.nonezone-3 from the database',
      'customer_emailpiidifferenttruefalse from the database',
      'segmentzoneextranonezone-4 ',
      'crm.profile_changesport events · …4321 · eu-central-1',
      'the tableclassmissingrestrictednone ',
    ]);
    expect(screen.getByText('2 LF-Tags differ')).toBeInTheDocument();
    expect(
      screen.getByText('You may apply what the product declares.'),
    ).toBeInTheDocument();
  });

  it('come with the ontology of the domain', async () => {
    await open();
    const ontology = within(
      await screen.findByRole('table', { name: 'Ontology of the domain' }),
    );
    expect(ontology.getByRole('row', { name: /^class/ })).toHaveTextContent(
      'classpublicinternalconfidentialrestrictedthe classification of product and columnthe configuration',
    );
    expect(ontology.getByRole('row', { name: /^pii/ })).toHaveTextContent(
      'whether a column is personal datathe domain',
    );
    expect(ontology.queryByText('zone-14')).not.toBeInTheDocument();
    fireEvent.click(ontology.getByRole('button', { name: '2 more' }));
    expect(ontology.getByText('zone-14')).toBeInTheDocument();
  });

  it('are narrowed to what differs, and the address says so', async () => {
    await open();
    await tags();
    fireEvent.click(screen.getByRole('checkbox', { name: /Only what/ }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/entity?only=differences',
    );
    const rows = within(await tags()).getAllByRole('row');
    expect(rows).toHaveLength(8);
  });

  it('say that nothing differs', async () => {
    const { tables } = someTags();
    await open({
      at: '/entity?only=differences',
      api: withTags({
        findings: [],
        steps: [],
        tables: tables.map(table => ({ ...table, tags: [], columns: [] })),
      }),
    });
    expect(
      await screen.findByText('Everything is as declared'),
    ).toBeInTheDocument();
    expect(screen.getByText('as declared')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Apply tags…' }),
    ).not.toBeInTheDocument();
  });

  it('show very many rows part by part', async () => {
    const [table] = someTags().tables;
    const columns = Array.from({ length: 150 }, (_, index) => ({
      column: `c${index}`,
      tags: [table.tags[0]],
    }));
    await open({
      api: withTags({ tables: [{ ...table, tags: [], columns }] }),
    });
    // With the header and the name of the table.
    expect(within(await tags()).getAllByRole('row')).toHaveLength(102);
    fireEvent.click(screen.getByRole('button', { name: 'Show 50 more' }));
    expect(within(await tags()).getAllByRole('row')).toHaveLength(152);
  });

  it('are not applied by everybody who sees them', async () => {
    await open({ api: withTags({ mayApply: false }) });
    await tags();
    expect(screen.getByText(/Applied by/)).toHaveTextContent(
      /Applied by .*team-crm or by whoever has the permission data-mesh.drift.resolve/,
    );
    expect(
      screen.queryByRole('button', { name: 'Apply tags…' }),
    ).not.toBeInTheDocument();
  });

  it('say where only the database could be changed', async () => {
    await open({ api: withTags({ steps: [] }) });
    expect(
      await screen.findByText(/handed down by a database/),
    ).toBeInTheDocument();
  });

  it('say that the ontology is not defined yet', async () => {
    await open({ api: withTags({ findings: [] }) });
    expect(await screen.findByText('not all defined yet')).toBeInTheDocument();
  });
});

describe('without tags to show', () => {
  it('keeps the place while it looks', async () => {
    await open({ api: withTags().hang('getProductTags') });
    expect(screen.getByRole('status', { name: 'Loading' })).toBeInTheDocument();
  });

  it('says how a domain declares its LF-Tags', async () => {
    await open({ api: new FakeDataMeshApi() });
    expect(
      await screen.findByText('The domain declares no LF-Tags'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/lakemesh.io\/lf-tags: sensitivity=low\|high/),
    ).toHaveTextContent('name: sales');
    expect(
      screen.getByRole('button', { name: 'See the domain' }),
    ).toHaveAttribute('href', '/catalog/default/domain/sales');
  });

  it('says that there are no tables to tag', async () => {
    await open({
      api: new FakeDataMeshApi(),
      entity: aProduct({ spec: { outputPorts: [] } }),
    });
    expect(
      await screen.findByText('This product has no tables to tag yet'),
    ).toBeInTheDocument();
  });

  it('names the permission that is lacking', async () => {
    await open({
      api: withTags().fail(
        'getProductTags',
        await anAnswer(403, 'NotAllowedError', 'Unauthorized'),
      ),
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not see the LF-Tags');
    expect(alert).toHaveTextContent('data-mesh.grants.read');
  });

  it('tells what failed, and looks again', async () => {
    const api = withTags().fail(
      'getProductTags',
      await anAnswer(
        400,
        'InputError',
        "The classification of the product is 'secret', and LF-Tag class has no such value",
      ),
    );
    await open({ api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'LF-Tag class has no such value',
    );
    api.heal();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await tags()).toBeInTheDocument();
  });

  it('names ports that could not be read', async () => {
    await open({
      api: withTags({
        errors: [{ port: 'lost', message: 'location.database is missing' }],
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Port lost could not be read: location.database is missing',
    );
  });
});

describe('applying tags', () => {
  const dialog = async () => within(await screen.findByRole('dialog'));

  it('shows in words what it will do, and does it when confirmed', async () => {
    const api = await open();
    fireEvent.click(await apply());
    const { findByText, findByRole, getByRole, findAllByRole } = await dialog();
    expect(await findByText('3 changes')).toBeInTheDocument();
    const steps = await findAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      '1Create LF-Tag class with restricted…4321',
      '2Assign LF-Tag class = restricted to crm.profiles…4321',
      '3Remove LF-Tag zone = zone-4 from segment of crm.profiles…4321',
    ]);
    fireEvent.click(getByRole('button', { name: '3 API calls' }));
    expect(
      await findByText(/LakeFormation:RemoveLFTagsFromResource/),
    ).toBeInTheDocument();
    expect(api.called('applyProductTags')).toEqual([[REF, { dryRun: true }]]);

    fireEvent.click(getByRole('button', { name: 'Apply 3 changes' }));
    expect(await findByText('3 of 3 done')).toBeInTheDocument();
    expect(api.called('applyProductTags')).toEqual([
      [REF, { dryRun: true }],
      [REF, { dryRun: false }],
    ]);
    fireEvent.click(await findByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    // What is shown is what is there now.
    await waitFor(() => expect(api.called('getProductTags')).toHaveLength(2));
    expect(
      await screen.findByText('Nothing needs to be done.'),
    ).toBeInTheDocument();
  });

  it('does nothing where it is called off', async () => {
    const api = await open();
    fireEvent.click(await apply());
    const { findByText, getByRole } = await dialog();
    await findByText('3 changes');
    fireEvent.click(getByRole('button', { name: 'Cancel' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.called('applyProductTags')).toHaveLength(1);
    expect(api.called('getProductTags')).toHaveLength(1);
  });

  it('tells of each change how it went, and what differs still', async () => {
    const api = withTags();
    api.failingTagSteps.set(
      'assign',
      'AccessDeniedException: Insufficient Lake Formation permission(s)',
    );
    await open({ api });
    fireEvent.click(await apply());
    const { findByText, findByRole, findAllByRole, getByText, getByRole } =
      await dialog();
    fireEvent.click(await findByRole('button', { name: 'Apply 3 changes' }));
    expect(await findByText('2 of 3 done')).toBeInTheDocument();
    const [first, second] = await findAllByRole('listitem');
    expect(within(first).getByTitle('done')).toBeInTheDocument();
    expect(within(second).getByTitle('failed')).toBeInTheDocument();
    expect(second).toHaveTextContent('AccessDeniedException: Insufficient');
    expect(getByText('2 LF-Tags differ still:')).toHaveTextContent(
      'crm.profiles has LF-Tag class = internal',
    );

    fireEvent.click(getByRole('button', { name: 'Look at what is left' }));
    expect(await findByText('1 change')).toBeInTheDocument();
    api.failingTagSteps.clear();
    fireEvent.click(await findByRole('button', { name: 'Apply 1 change' }));
    expect(await findByText('1 of 1 done')).toBeInTheDocument();
  });

  it('says that somebody else is at it', async () => {
    const api = await open();
    fireEvent.click(await apply());
    const { findByRole } = await dialog();
    const button = await findByRole('button', { name: 'Apply 3 changes' });
    api.fail(
      'applyProductTags',
      await anAnswer(
        409,
        'ConflictError',
        'Somebody else is changing the tags now; look again in a minute',
      ),
    );
    fireEvent.click(button);
    expect(await findByRole('alert')).toHaveTextContent(
      /Could not apply the LF-Tags.*Somebody else is changing the tags now/,
    );
    expect(button).toBeEnabled();
  });

  it('says that nothing is left to do', async () => {
    const api = await open();
    const button = await apply();
    api.tags = someTags({ steps: [], findings: [] });
    fireEvent.click(button);
    const { findByText, queryByRole } = await dialog();
    expect(
      await findByText('There is nothing left to do.'),
    ).toBeInTheDocument();
    expect(queryByRole('button', { name: /^Apply/ })).not.toBeInTheDocument();
  });
});
