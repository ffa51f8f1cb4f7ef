import { screen, waitFor, within } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { DataProductAboutCard } from './DataProductAboutCard';
import { DataProductSchemaContent } from './schema/DataProductSchemaContent';
import { aProduct, FakeDataMeshApi, someTags } from '../testing';

async function open(options: { api?: FakeDataMeshApi; schema?: boolean } = {}) {
  const { api = withTags(), schema } = options;
  await renderPage(
    <EntityProvider entity={aProduct()}>
      {schema ? <DataProductSchemaContent /> : <DataProductAboutCard />}
    </EntityProvider>,
    { path: '/entity', api },
  );
  return api;
}

function withTags(values: Parameters<typeof someTags>[0] = {}) {
  const api = new FakeDataMeshApi();
  api.tags = someTags(values);
  return api;
}

describe('the hint at LF-Tags on the page of a product', () => {
  it('says how many differ, and leads there, by what was seen before', async () => {
    const api = await open();
    expect(
      (await screen.findByText('2 LF-Tags differ')).closest('a'),
    ).toHaveAttribute('href', '/catalog/default/dataproduct/customer-360/tags');
    expect(api.called('getProductTags')).toEqual([
      ['dataproduct:default/customer-360', { maxAgeSeconds: 3_600 }],
    ]);
  });

  it('says that they are as declared', async () => {
    await open({ api: withTags({ findings: [], steps: [] }) });
    expect(await screen.findByText('as declared')).toBeInTheDocument();
  });

  it('is not there without an ontology, nor where it cannot be had', async () => {
    const api = await open({
      api: withTags({ keys: [], findings: [], steps: [] }),
    });
    await waitFor(() => expect(api.called('getProductTags')).toHaveLength(1));
    expect(screen.queryByText('LF-Tags')).not.toBeInTheDocument();
  });
});

describe('LF-Tags in the schema', () => {
  const row = (name: string) =>
    screen.getByRole('row', { name: new RegExp(`^${name} `) });

  it('stand at each column, its own before those of the table', async () => {
    await open({ schema: true });
    await screen.findByText('zone = zone-4');
    const segment = within(row('segment'));
    expect(segment.getByTitle(/assigned to the column/)).toHaveTextContent(
      'zone = zone-4',
    );
    expect(
      segment.getByTitle('pii = false, handed down by the database'),
    ).toHaveTextContent('pii = false');
    const email = within(row('customer_email'));
    expect(
      email.getByTitle(
        'pii = false, handed down by the database, the product declares true',
      ),
    ).toHaveTextContent('pii = false');
    expect(within(row('country')).getByText('zone = zone-3')).toBeVisible();
  });
});
