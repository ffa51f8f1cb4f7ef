import { screen } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderPage } from '../__testUtils__/renderPage';
import { DataProductAboutCard } from './DataProductAboutCard';
import { DataProductSchemaContent } from './schema/DataProductSchemaContent';
import { aProduct, FakeDataMeshApi, someTags } from '../testing';

// In a file of its own: answers about permissions are kept for the others.

async function open(content: JSX.Element, ownershipRefs: string[] = []) {
  const api = new FakeDataMeshApi();
  api.me = { ...api.me, ownershipRefs };
  api.tags = someTags();
  await renderPage(
    <EntityProvider entity={aProduct()}>{content}</EntityProvider>,
    { path: '/entity', api, denied: true },
  );
  return api;
}

describe('LF-Tags, for those to whom nothing is permitted', () => {
  it('are not asked for by a hint', async () => {
    const api = await open(<DataProductAboutCard />);
    await screen.findByText('14');
    expect(api.called('getMe')).toHaveLength(1);
    expect(api.called('getProductTags')).toEqual([]);
  });

  it('are left out of the schema', async () => {
    const api = await open(<DataProductSchemaContent />);
    expect(await screen.findByText('4 columns')).toBeInTheDocument();
    expect(screen.queryByText(/zone/)).not.toBeInTheDocument();
    expect(api.called('getProductTags')).toEqual([]);
  });

  it('are the concern of the owner all the same', async () => {
    await open(<DataProductAboutCard />, ['group:default/team-crm']);
    expect(await screen.findByText('2 LF-Tags differ')).toBeInTheDocument();
  });
});
