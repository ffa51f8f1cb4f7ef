import { expect, test } from './support/portalTest';

/** Of another account than the data's; it finds the data by a link. */
const CONSUMER = {
  accountId: '338822114471',
  role: 'churn-notebooks',
  database: 'logistics_shipments',
  table: 'shipment_events',
};

test('a role of another account reads the granted columns through its link, until that ends', async ({
  portal,
  page,
  lakeFormation,
}) => {
  const read = () => lakeFormation.columnsReadBy(CONSUMER);
  const refusal = await read();
  expect(typeof refusal).toBe('string');

  await test.step('a data scientist asks for two columns', async () => {
    await portal.actAs('Priya Nair');
    await page.goto('/data-mesh/request/default/shipments');
    const form = portal.requestForm;
    await form.chooseTable(CONSUMER.table);
    await form.chooseColumns('event_code', 'occurred_at');
    await form.choosePrincipal(/^churn-notebooks/);
    await form.choosePurpose('Machine learning');
    await form.giveReason('How often a parcel is late before somebody leaves.');
    await form.showSteps();
    await expect(form.whatItTakes).toContainText('in two accounts');
    await expect(form.whatItTakes).toContainText('acme-analytics …4471');
    await form.send.click();
    await expect(page).toHaveURL(/\/data-mesh\/requests\//);
    expect(await read()).toBe(refusal);
  });
  const request = page.url();

  await test.step('the owner of the data approves', async () => {
    await portal.actAs('Luis Prado');
    await page.goto(request);
    await portal.request.approve.click();
    await expect(page.getByText('Access is in force')).toBeVisible();
  });

  await test.step('its own credentials read exactly these columns by the link', async () => {
    expect(await read()).toEqual(['event_code', 'occurred_at']);
  });

  await test.step('revoked, they are refused', async () => {
    await portal.request.revoke('The model is built.');
    await expect.poll(read).toBe(refusal);
    await expect(page.getByText('Access ended')).toBeVisible();
  });
});
