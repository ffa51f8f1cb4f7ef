import { screen, within } from '@testing-library/react';
import { anEntitlementDetail } from '../testing';
import { aDeciderApi, openRequest } from '../__testUtils__/requestDetail';

describe('a request about an access that is held', () => {
  it('says what a renewal extends, and until when instead', async () => {
    const api = aDeciderApi({
      kind: 'renew',
      amendsEntitlementId: 'ent-1',
      plan: undefined,
    });
    api.entitlements = [
      anEntitlementDetail({ expiresAt: '2027-01-10T12:00:00.000Z' }),
    ];
    await openRequest(api);
    expect(await screen.findByText('renewal')).toBeVisible();
    expect(
      await screen.findByText('Feb 9, 2027, instead of Jan 10, 2027'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'access that is held' }),
    ).toHaveAttribute('href', '/data-mesh/access/ent-1');
    expect(
      screen.getByText(/Nothing changes in the system: what is held stays/),
    ).toBeVisible();
  });

  it('shows the difference that a change makes', async () => {
    const api = aDeciderApi({
      kind: 'amend',
      amendsEntitlementId: 'ent-1',
      scope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['customer_id', 'country'] }],
      },
    });
    api.entitlements = [anEntitlementDetail()];
    await openRequest(api);
    expect(await screen.findByText('change')).toBeVisible();
    const difference = await screen.findByText('Difference');
    const list = within(difference.nextElementSibling as HTMLElement);
    expect(list.getAllByRole('listitem').map(li => li.textContent)).toEqual([
      'profiles: country added',
      'profiles: segment left out',
    ]);
  });
});
