import { expect, test } from './support/portalTest';

const COLUMNS = [
  'order_id',
  'ordered_at',
  'channel',
  'store_id',
  'currency',
  'gross_amount',
  'net_amount',
  'tax_amount',
  'discount_amount',
  'voucher_code',
];

test('ten requests are decided by ten keys', async ({ portal, page }) => {
  await test.step('somebody asks ten times', async () => {
    const tom = await portal.apiOf('Tom Weber');
    for (const column of COLUMNS) {
      await tom.post('/requests', {
        productRef: 'dataproduct:default/orders',
        port: 'daily',
        scope: {
          level: 'read',
          tables: [{ table: 'orders', columns: [column] }],
        },
        principals: ['arn:aws:iam::210987654321:role/finance-role'],
        purpose: 'reporting',
        justification: `Only ${column}, for the monthly close.`,
        durationDays: 7,
      });
    }
  });

  await portal.actAs('Eva Novak');
  await page.goto('/data-mesh/requests?q=finance-role');
  const rows = portal.requests.list.getByRole('listitem');
  await expect(rows).toHaveCount(COLUMNS.length);

  await test.step('a decision is undone by a key', async () => {
    await expect(
      page.getByRole('button', { name: 'Approve', exact: true }),
    ).toBeVisible();
    await page.keyboard.press('a');
    await expect(rows).toHaveCount(COLUMNS.length - 1);
    await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
    await page.keyboard.press('z');
    await expect(rows).toHaveCount(COLUMNS.length);
    await page.reload();
    await expect(rows).toHaveCount(COLUMNS.length);
  });

  await test.step('ten keys decide ten requests', async () => {
    for (let left = COLUMNS.length; left > 0; left -= 1) {
      await expect(
        page.getByRole('button', { name: 'Approve', exact: true }),
      ).toBeVisible();
      await page.keyboard.press('a');
      await expect(rows).toHaveCount(left - 1);
    }
  });

  await test.step('and they take effect though the page is left', async () => {
    await page.goto('about:blank');
    const tom = await portal.apiOf('Tom Weber');
    await expect
      .poll(
        async () => {
          const { items } = await tom.get(
            '/entitlements?view=mine&state=active&productRef=dataproduct:default/orders',
          );
          return items.filter(
            (one: { principal: { name: string }; durationDays: number }) =>
              one.principal.name === 'finance-role' && one.durationDays === 7,
          ).length;
        },
        { timeout: 180_000 },
      )
      .toBe(COLUMNS.length);
  });
});
