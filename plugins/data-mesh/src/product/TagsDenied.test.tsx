import { screen } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { DataProductAboutCard } from './DataProductAboutCard';
import { DataProductSchemaContent } from './schema/DataProductSchemaContent';
import { aProduct, FakeDataMeshApi, someTags } from '../testing';

async function open(content: JSX.Element) {
  const api = new FakeDataMeshApi();
  api.maySeeTags = false;
  api.tags = someTags();
  await renderPage(
    <EntityProvider entity={aProduct()}>{content}</EntityProvider>,
    { path: '/entity', api },
  );
  return api;
}

describe('LF-Tags, for those who may not see them', () => {
  it('are not asked for by a hint', async () => {
    const api = await open(<DataProductAboutCard />);
    await screen.findByText('14');
    expect(api.called('getProductTags')).toEqual([]);
  });

  it('are left out of the schema', async () => {
    const api = await open(<DataProductSchemaContent />);
    expect(await screen.findByText('4 columns')).toBeInTheDocument();
    expect(screen.queryByText(/zone/)).not.toBeInTheDocument();
    expect(api.called('getProductTags')).toEqual([]);
  });
});
