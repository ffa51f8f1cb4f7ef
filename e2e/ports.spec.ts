import { expect, test } from './support/portalTest';

const PRODUCT = '/catalog/default/dataproduct/orders';

test('whoever has one port asks for another, for more, and for another principal', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.goto(PRODUCT);
  const held = page.getByRole('region', { name: 'Orders and lines' });
  await expect(held.getByText(/^You read \d+ of \d+ columns$/)).toBeVisible();

  await test.step('another port', async () => {
    await page
      .getByRole('region', { name: 'Returns' })
      .getByRole('button', { name: 'Request access to Returns' })
      .click();
    await expect(page).toHaveURL(/request\/default\/orders\?port=returns$/);
    await expect(
      page.getByRole('heading', { level: 1, name: 'Request access' }),
    ).toBeVisible();
    await page.goBack();
  });

  await test.step('more, and another principal', async () => {
    const choices = () =>
      held
        .getByRole('button', { name: 'Ask for more of Orders and lines' })
        .click();
    await choices();
    await page
      .getByRole('menuitem', { name: 'Access for another principal' })
      .click();
    await expect(page).toHaveURL(/request\/default\/orders\?port=daily$/);
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
      .getByRole('button', { name: 'Use it: Orders and lines' })
      .click();
    const use = page.getByRole('region', { name: 'Use it' });
    await expect(use.getByRole('tab', { name: /Athena/ })).toBeVisible();
    return page.url();
  });

  await test.step('its approver opens the same link, and sees the access', async () => {
    await portal.actAs('Eva Novak');
    await page.goto(access);
    await expect(
      page.getByRole('article', { name: 'Orders daily' }),
    ).toContainText('Decided by');
    await expect(page.getByRole('region', { name: 'Use it' })).toHaveCount(0);
  });
});
