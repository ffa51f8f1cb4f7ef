import { expect, test } from './support/portalTest';

test('a consumer sees whose turn it is, gets keys, and renews in one click', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await portal.myAccess.goto();
  const turn = page.getByRole('region', { name: /^Your turn/ });
  const ending = turn.getByRole('listitem', {
    name: 'Carrier performance · Scorecard',
  });
  // The example is still being told while the portal is ready.
  await expect(ending).toContainText('Ends in 2 days', { timeout: 240_000 });
  await expect(
    portal.myAccess
      .row('Orders', 'Orders and lines')
      .getByRole('button', { name: /^Use it/ }),
  ).toBeVisible();

  await test.step('keys are two clicks away, and masked until then', async () => {
    await ending.getByRole('link', { name: 'Carrier performance' }).click();
    const panel = page.getByRole('dialog', { name: /^Carrier performance/ });
    await expect(panel.getByText(/min left/)).toHaveCount(0);
    await panel.getByRole('button', { name: 'Show' }).click();
    await expect(panel.getByText(/min left/)).toBeVisible();
    await expect(panel.getByText(/^ASIA/)).toBeVisible();
    await panel.getByRole('button', { name: 'Hide' }).click();
    await expect(panel.getByText(/^ASIA/)).toHaveCount(0);
  });

  await test.step('j and k go through the list, Escape leads back to it', async () => {
    await page.keyboard.press('j');
    await expect(page.getByRole('dialog', { name: /^Orders/ })).toBeVisible();
    await page.keyboard.press('k');
    await expect(
      page.getByRole('dialog', { name: /^Carrier performance/ }),
    ).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveURL(/access$/);
  });

  await test.step('it is renewed in one click, and is no alarm any longer', async () => {
    await ending.getByRole('button', { name: /^Renew for 2 days/ }).click();
    await expect(turn).toHaveCount(0);
    await expect(
      portal.myAccess.row('Carrier performance', 'Scorecard'),
    ).toContainText('A renewal waits');
  });
});
