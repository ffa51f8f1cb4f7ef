import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { DataProductDescriptionCard } from './DataProductDescriptionCard';
import { DataProductSchemaContent } from './schema/DataProductSchemaContent';
import { aProduct, FakeDataMeshApi, someTags } from '../testing';

async function open(options: { api?: FakeDataMeshApi; schema?: boolean } = {}) {
  const { api = withTags(), schema } = options;
  await renderPage(
    <EntityProvider entity={aProduct()}>
      {schema ? <DataProductSchemaContent /> : <DataProductDescriptionCard />}
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
  const tagsOf = async (column: string) => {
    await userEvent.click(
      await screen.findByRole('button', { name: `Tags of ${column}` }),
    );
    return within(
      await screen.findByRole('dialog', { name: `Tags of ${column}` }),
    );
  };

  it('stand above the table where all columns inherit them', async () => {
    await open({ schema: true });
    await screen.findByText('All columns:');
    expect(screen.getByText('zone = zone-3')).toBeVisible();
    expect(screen.queryByText('zone = zone-4')).toBeNull();
  });

  it('are behind a button where a column has its own', async () => {
    await open({ schema: true });
    const segment = await tagsOf('segment');
    expect(segment.getByTitle(/assigned to the column/)).toHaveTextContent(
      'zone = zone-4',
    );
    await userEvent.keyboard('{Escape}');
    const email = await tagsOf('customer_email');
    expect(
      email.getByTitle(
        'pii = false, handed down by the database, the product declares true',
      ),
    ).toHaveTextContent('pii = false');
  });
});
