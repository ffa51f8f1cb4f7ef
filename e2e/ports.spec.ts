import { expect, test } from './support/portalTest';

// Nobody else asks for its second port: the tests share one portal.
const PRODUCT = '/catalog/default/dataproduct/customer-360';

test('whoever has one port asks for another, for more, and for another principal', async ({
  portal,
  page,
}) => {
  await portal.actAs('Mei Tanaka');
  await page.goto(PRODUCT);
  const held = page.getByRole('region', { name: 'Customer profiles' });
  await expect(held.getByText(/^You read \d+ of \d+ columns$/)).toBeVisible();

  await test.step('another port', async () => {
    await page
      .getByRole('region', { name: 'Interaction events' })
      .getByRole('button', { name: 'Request access to Interaction events' })
      .click();
    await expect(page).toHaveURL(
      /request\/default\/customer-360\?port=events$/,
    );
    await expect(
      page.getByRole('heading', { level: 1, name: 'Request access' }),
    ).toBeVisible();
    await page.goBack();
  });

  await test.step('more, and another principal', async () => {
    const choices = () =>
      held
        .getByRole('button', { name: 'Ask for more of Customer profiles' })
        .click();
    await choices();
    await page
      .getByRole('menuitem', { name: 'Access for another principal' })
      .click();
    await expect(page).toHaveURL(
      /request\/default\/customer-360\?port=profiles$/,
    );
    await page.goBack();
    await choices();
    await page.getByRole('menuitem', { name: /^More or other data/ }).click();
    await expect(
      page.getByRole('heading', { level: 1, name: 'Change your access' }),
    ).toBeVisible();
    await page.goBack();
  });

  const access = await test.step('and uses what one has', async () => {
    await held
      .getByRole('button', { name: 'Use it: Customer profiles' })
      .click();
    const use = page.getByRole('region', { name: 'Use it' });
    await expect(use.getByRole('tab', { name: /Athena/ })).toBeVisible();
    return page.url();
  });

  await test.step('its approver opens the same link, and sees the access', async () => {
    await portal.actAs('Jo Lind');
    await page.goto(access);
    await expect(
      page.getByRole('article', { name: 'Customer 360 profiles' }),
    ).toContainText('Decided by');
    await expect(page.getByRole('region', { name: 'Use it' })).toHaveCount(0);
  });
});
