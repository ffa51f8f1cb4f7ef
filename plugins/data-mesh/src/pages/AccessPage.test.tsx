import { screen } from '@testing-library/react';
import {
  aMe,
  anAnswer,
  anEntitlementDetail,
  aPrincipal,
  FakeDataMeshApi,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { AccessPage } from './AccessPage';

const path = '/data-mesh/access/:id';

async function open(
  over: Parameters<typeof anEntitlementDetail>[0] = {},
  api = new FakeDataMeshApi(),
) {
  api.entitlements = [anEntitlementDetail({ id: 'ent-1', ...over })];
  await renderPage(<AccessPage />, {
    path,
    at: '/data-mesh/access/ent-1',
    api,
  });
  return api;
}

describe('the page of one access', () => {
  it('tells its holder how to use it', async () => {
    const api = await open();
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: /^Customer 360 · /,
      }),
    ).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'Use it' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'My access' })).toHaveAttribute(
      'href',
      '/data-mesh/access',
    );
    // The card shows what the page has loaded.
    expect(api.called('getEntitlement')).toEqual([['ent-1']]);
  });

  it('tells others who may read it what it is, and leads to the product', async () => {
    const api = new FakeDataMeshApi();
    api.me = aMe({ userRef: 'user:default/jo.lind', principals: [] });
    await open({ principal: aPrincipal('bi-role') }, api);
    expect(await screen.findByText(/Decided by/)).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Use it' })).toBeNull();
    expect(api.called('getUsage')).toEqual([]);
    expect(screen.queryByRole('link', { name: 'My access' })).toBeNull();
  });

  it('tells nothing of use where it is not in force', async () => {
    await open({ state: 'suspended' });
    expect(await screen.findByText('Suspended')).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Use it' })).toBeNull();
  });

  it('says that there is none, and where to look', async () => {
    await open(
      {},
      new FakeDataMeshApi().fail(
        'getEntitlement',
        await anAnswer(404, 'NotFoundError', 'There is no entitlement ent-1'),
      ),
    );
    expect(
      await screen.findByText('There is no such access'),
    ).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    await open(
      {},
      new FakeDataMeshApi().fail(
        'getEntitlement',
        await anAnswer(403, 'NotAllowedError', 'You may not'),
      ),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'data-mesh.entitlement.read',
    );
  });
});
