import { expect, test } from './support/portalTest';

const PRODUCT = '/catalog/default/dataproduct/customer-360';

test('the owner brings LF-Tags in line with what the product declares', async ({
  portal,
  page,
}) => {
  await portal.actAs('Jo Lind');
  await page.goto(PRODUCT);
  await page.getByRole('link', { name: '3 LF-Tags differ' }).click();

  const standing = page.getByRole('table', {
    name: 'LF-Tags of the tables and columns',
  });
  const email = standing
    .getByRole('row', { name: /customer_email/ })
    .filter({ hasText: 'pii' });
  await expect(email).toContainText('different');
  await expect(email).toContainText('from the table');

  await test.step('after seeing what would be done', async () => {
    await page.getByRole('button', { name: 'Apply tags…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(
      'Assign LF-Tag classification = restricted to sales_customer_360.customer_profiles',
    );
    await expect(dialog).toContainText(
      'Remove LF-Tag pii = true from segment of sales_customer_360.customer_segments',
    );
    await dialog.getByRole('button', { name: 'Apply 3 changes' }).click();
    await expect(dialog.getByText('3 of 3 done')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await expect(page.getByText('Nothing needs to be done.')).toBeVisible();
  await expect(email).toContainText('as declared');
  await expect(email).not.toContainText('from the table');

  await test.step('and everybody who looks at the product knows', async () => {
    await page.goto(PRODUCT);
    await expect(page.getByRole('link', { name: 'as declared' })).toBeVisible();
    await page.goto(`${PRODUCT}/schema`);
    await page.getByRole('button', { name: 'Tags of customer_email' }).click();
    await expect(page.getByText('pii = true')).toBeVisible();
  });
});
