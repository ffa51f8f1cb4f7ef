import { expect, test } from './support/portalTest';

const TABLE = {
  role: 'analytics-role',
  database: 'sales_customer_360',
  table: 'customer_profiles',
};

test('find a product, ask, approve, granted in Lake Formation, seen, revoked', async ({
  portal,
  page,
  lakeFormation,
}) => {
  expect(await lakeFormation.selectableColumns(TABLE)).toEqual([]);

  await test.step('a consumer finds the product by the name of a column', async () => {
    await portal.signInAs('Ana Ruiz');
    await portal.open('Data products');
    await portal.discover.search.fill('churn_risk');
    const result = portal.discover.result('Customer 360');
    await expect(result).toContainText('column');
    await expect(result).toContainText('churn_risk');
    await portal.discover.requestAccessTo('Customer 360');
  });

  await test.step('and asks for two columns for 30 days', async () => {
    const form = portal.requestForm;
    await form.choosePort('Customer profiles');
    await form.chooseColumns('customer_id', 'churn_risk');
    await form.choosePrincipal(/^analytics-role/);
    await form.choosePurpose('Analytics');
    await form.chooseDuration('30 days');
    await form.giveReason('Which customers leave, by country.');
    await expect(form.whatItTakes).toContainText('Team CRM');
    await form.showSteps();
    await expect(form.whatItTakes).toContainText('SELECT');
    await form.send.click();
    await expect(page).toHaveURL(/\/data-mesh\/requests/);
    expect(await lakeFormation.selectableColumns(TABLE)).toEqual([]);
    await portal.signOut();
  });

  const letGrantsPass = await lakeFormation.holdGrants();

  await test.step('the owner sees the plan in words and approves', async () => {
    await portal.signInAs('Jo Lind');
    await portal.open('Requests');
    await portal.requests.show('To decide');
    await portal.requests
      .row('Customer 360', 'Ana Ruiz')
      .getByRole('link')
      .click();
    await portal.request.openWithHistory();
    const steps = portal.request.steps;
    await expect(steps).toContainText('SELECT');
    await expect(steps).toContainText('churn_risk');
    await expect(steps).toContainText('customer_id');
    await expect(steps).toContainText('analytics-role');
    await portal.request.approve.click();
  });

  await test.step('the steps finish live: not in force before Lake Formation has it', async () => {
    await expect(page.getByText('Being granted').first()).toBeVisible();
    await expect(
      portal.request.stepState('churn_risk', 'running'),
    ).toBeVisible();
    expect(await lakeFormation.selectableColumns(TABLE)).toEqual([]);
    await letGrantsPass();
    await expect(portal.request.stepState('churn_risk', 'done')).toBeVisible();
    await expect(page.getByText('Being granted')).toHaveCount(0);
    await expect(page.getByText('Access is in force')).toBeVisible();
  });

  await test.step('the Access tab shows the grant as Lake Formation reports it', async () => {
    await portal.access.goto('customer-360');
    const grant = portal.access.grant(TABLE.role, TABLE.table);
    await expect(grant).toContainText('SELECT');
    await expect(grant).toContainText('churn_risk');
    await expect(grant).toContainText('approved request');
  });

  await test.step('and so does the AWS SDK', async () => {
    expect(await lakeFormation.selectableColumns(TABLE)).toEqual([
      'churn_risk',
      'customer_id',
    ]);
  });

  await test.step('revoked, it is gone', async () => {
    await portal.access.revoke(TABLE.role, 'The report is done.');
    await expect.poll(() => lakeFormation.selectableColumns(TABLE)).toEqual([]);
    await page.reload();
    await expect(portal.access.grants).toBeVisible();
    await expect(portal.access.grant(TABLE.role, TABLE.table)).toHaveCount(0);
  });
});
