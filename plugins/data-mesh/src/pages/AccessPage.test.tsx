import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aMe,
  anAnswer,
  anEntitlementDetail,
  aPrincipal,
  FakeDataMeshApi,
} from '../testing';
import { renderPage } from '../__testUtils__/renderPage';
import { AccessPage } from './AccessPage';

const path = '/data-mesh/access/:id?';

async function open(
  over: Parameters<typeof anEntitlementDetail>[0] = {},
  api = new FakeDataMeshApi(),
  held = [anEntitlementDetail({ id: 'ent-1', ...over })],
) {
  api.entitlements = held;
  await renderPage(<AccessPage />, {
    path,
    at: '/data-mesh/access/ent-1',
    api,
  });
  return api;
}

describe('the page of one access', () => {
  it('tells its holder how to use it, over the list it is in', async () => {
    const api = await open();
    const panel = within(
      await screen.findByRole('dialog', { name: /^Customer 360 · / }),
    );
    expect(await panel.findByRole('region', { name: 'Use it' })).toBeVisible();
    expect(panel.getByText('History')).toBeVisible();
    expect(api.called('getEntitlement')).toEqual([['ent-1']]);
    expect(
      screen.getByRole('heading', { level: 1, name: 'My access' }),
    ).toBeInTheDocument();
    await userEvent.click(panel.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.getByLabelText('address')).toHaveTextContent(
        /^\/data-mesh\/access$/,
      ),
    );
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('goes through the list by the keys j and k', async () => {
    const api = new FakeDataMeshApi();
    await open({}, api, [
      anEntitlementDetail({ id: 'ent-1' }),
      anEntitlementDetail({ id: 'ent-2' }),
    ]);
    const address = () => screen.getByLabelText('address');
    await screen.findByRole('dialog', { name: /^Customer 360 · / });
    await waitFor(() =>
      expect(screen.getAllByRole('listitem').length).toBeGreaterThan(1),
    );
    await userEvent.keyboard('j');
    await waitFor(() => expect(address()).toHaveTextContent('access/ent-2'));
    await userEvent.keyboard('k');
    await waitFor(() => expect(address()).toHaveTextContent('access/ent-1'));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(address()).toHaveTextContent(/access$/));
    expect(screen.queryByRole('dialog')).toBeNull();
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
