import { screen, within } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import {
  anAnswer,
  anEntitlementDetail,
  aRequestDetail,
  FakeDataMeshApi,
  inDays,
} from '../testing';
import { YourTurn } from './YourTurn';
import { YourTurnLine } from './YourTurnLine';

async function anApi() {
  const api = new FakeDataMeshApi();
  api.me = { ...api.me, ownershipRefs: ['group:default/team-crm'] };
  api.requests = [aRequestDetail()];
  api.entitlements = [
    anEntitlementDetail({ id: 'soon', expiresAt: inDays(2.5) }),
  ];
  // Who may not see grants is told nothing of them.
  return api.fail('listDrift', await anAnswer(403, 'NotAllowedError', 'no'));
}

describe('whose turn it is', () => {
  it('is a card a kind, with one button each', async () => {
    await renderPage(<YourTurn />, { path: '/', api: await anApi() });
    const cards = within(
      await screen.findByRole('region', { name: 'Your turn' }),
    ).getAllByRole('listitem');
    expect(cards).toHaveLength(2);
    expect(
      within(cards[0]).getByRole('button', {
        name: 'Open the inbox: 1 request to decide',
      }),
    ).toHaveAttribute('href', '/data-mesh/requests?view=toDecide');
    expect(cards[1]).toHaveTextContent('Customer 360, ends in 2 days');
    expect(
      within(cards[1]).getByRole('button', { name: /^Renew it/ }),
    ).toHaveAttribute('href', '/data-mesh/access');
  });

  it('says that nothing waits', async () => {
    const api = await anApi();
    api.requests = [];
    api.entitlements = [];
    await renderPage(<YourTurn />, { path: '/', api });
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
  });

  it('is a line of links where there is no home page', async () => {
    await renderPage(<YourTurnLine />, { path: '/', api: await anApi() });
    expect(
      (await screen.findAllByRole('link')).map(one => one.textContent),
    ).toEqual(['1 request to decide', '1 access ends soon']);
  });
});
