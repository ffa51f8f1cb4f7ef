import { expect, test } from './support/portalTest';

test('a grant behind the back of the portal is seen, unexplained, and revoked', async ({
  portal,
  page,
  lakeFormation,
}) => {
  const behind = {
    role: 'support-role',
    database: 'sales_customer_360',
    table: 'customer_profiles',
    columns: ['customer_id', 'segment'],
  };
  await lakeFormation.grant(behind);

  await portal.actAs('Dana Cole');
  await portal.grants.openDrift();
  await portal.grants.scanNow();
  const row = portal.grants.drift(
    portal.grants.excess,
    behind.role,
    behind.table,
  );
  await expect(row).toContainText('reads 2 columns of customer_profiles');
  await expect(row).toContainText('Customer 360');

  await test.step('it is unexplained where grants are explained', async () => {
    await page.goto(
      `/data-mesh/grants?because=unexplained&q=${behind.role}&tab=principal`,
    );
    await page
      .getByRole('row')
      .filter({ hasText: behind.table })
      .getByRole('button', { name: `Why ${behind.role} holds it` })
      .click();
    await expect(
      page.getByText('Nobody approved or adopted it here'),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Resolve in drift' }).click();
  });

  await test.step('revoked with a reason, it is gone', async () => {
    await portal.grants.revoke(row, 'Nobody knows who granted this.');
    await expect(row).toHaveCount(0);
    expect(await lakeFormation.selectableColumns(behind)).toEqual([]);
  });
});

test('an access that AWS has lost is shown as missing, and applied again', async ({
  portal,
  lakeFormation,
}) => {
  const approved = {
    role: 'analytics-role',
    database: 'sales_orders',
    table: 'orders',
    columns: ['net_amount', 'order_id', 'ordered_at', 'status'],
  };
  expect(await lakeFormation.selectableColumns(approved)).toEqual(
    approved.columns,
  );
  await lakeFormation.revoke(approved);

  await test.step('a scan finds it missing', async () => {
    await portal.actAs('Dana Cole');
    await portal.grants.openDrift();
    await portal.grants.scanNow();
    await expect(
      portal.grants.drift(portal.grants.missing, approved.role, approved.table),
    ).toBeVisible();
  });

  await test.step('its consumer sees so, and applies it again', async () => {
    await portal.actAs('Ben Adeyemi');
    await portal.myAccess.goto();
    const row = portal.myAccess.row('Orders', 'Orders and lines');
    await expect(row).toContainText('Part of it is missing');
    await row.getByRole('button', { name: /^Apply again/ }).click();
    await expect
      .poll(() => lakeFormation.selectableColumns(approved))
      .toEqual(approved.columns);
    await expect(row).not.toContainText('Part of it is missing');
  });
});
