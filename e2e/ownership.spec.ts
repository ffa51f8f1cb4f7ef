import type { Page } from '@playwright/test';
import { expect, test } from './support/portalTest';

const product = (name: string) => `/catalog/default/dataproduct/${name}`;

/** The catalog reads its directory every ten seconds. */
const CATALOG = { timeout: 240_000 };

// They wait for the catalog, several times.
test.describe.configure({ timeout: 600_000 });

/** Looks again until the page shows it: nothing tells a page of the catalog. */
async function untilShown(page: Page, url: string, text: string | RegExp) {
  await expect(async () => {
    await page.goto(url);
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 45_000 });
  }).toPass(CATALOG);
}

const FOREIGN = `apiVersion: lakemesh.io/v1alpha1
kind: DataProduct
metadata:
  name: customers-for-everybody
  title: Customers for everybody
spec:
  type: consumer-aligned
  lifecycle: active
  version: 1.0.0
  owner: group:default/team-web
  domain: marketing
  classification: public
  outputPorts:
    - name: copy
      title: All customers
      type: lake-formation
      location:
        catalogId: '210987654321'
        region: eu-central-1
        database: sales_customer_360
      tables:
        - name: customer_profiles
          columns:
            - { name: customer_id, type: string }
            - { name: customer_email, type: string }
`;

test('a table of another domain is not given away by who registers it', async ({
  portal,
  page,
  lakeFormation,
  catalogFiles,
}) => {
  const stolen = {
    role: 'web-role',
    database: 'sales_customer_360',
    table: 'customer_profiles',
  };
  const before = await lakeFormation.selectableColumns(stolen);
  catalogFiles.write('customers-for-everybody.yaml', FOREIGN);

  await portal.actAs('Yusuf Kaya');
  await untilShown(page, product('customers-for-everybody'), 'Not published');
  await expect(page.getByText('Team CRM').first()).toBeVisible();
  await expect(
    page.getByRole('button', { name: /^Request access/ }),
  ).toHaveCount(0);

  await test.step('nor by asking all the same', async () => {
    await page.goto('/data-mesh/request/default/customers-for-everybody');
    const form = portal.requestForm;
    await form.chooseColumns('customer_id', 'customer_email');
    await expect(
      page.getByText(/has not been published yet/).first(),
    ).toBeVisible();
    // The button leads to what is refused.
    await form.send.click();
    await expect(page).toHaveURL(/\/data-mesh\/request\/default\//);
  });
  expect(await lakeFormation.selectableColumns(stolen)).toEqual(before);
});

test('a domain claims a place, Governance accepts it, and its product can be asked for', async ({
  portal,
  page,
}) => {
  await test.step('until then its product is not published', async () => {
    await portal.actAs('Ana Ruiz');
    await page.goto(product('basket-events'));
    await expect(page.getByText('Not published').first()).toBeVisible();
  });

  await test.step('who claimed it does not decide', async () => {
    await portal.actAs('Jo Lind');
    await page.goto('/data-mesh/requests');
    await portal.requests.show('Mine');
    await portal.requests.caseRow('shop_events').getByRole('link').click();
    await expect(page.getByRole('button', { name: /^Accept/ })).toHaveCount(0);
  });

  await test.step('Governance sees what is in it, and accepts', async () => {
    await portal.actAs('Dana Cole');
    await page.goto('/data-mesh/requests');
    await portal.requests.show('To decide');
    await portal.requests.caseRow('shop_events').getByRole('link').click();
    await expect(
      page.getByRole('region', { name: 'In the place today' }),
    ).toContainText('Basket events');
    await expect(page.getByText(/0 calls to AWS/).first()).toBeVisible();
    await portal.requests.claimBar
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect(portal.requests.caseRow('shop_events')).toHaveCount(0);
  });

  await test.step('and the product can be asked for', async () => {
    await portal.actAs('Ana Ruiz');
    await untilShown(page, product('basket-events'), 'Request access');
  });
});

test('what loosens a product waits until the domain accepts it', async ({
  portal,
  page,
}) => {
  const askForCards = async () => {
    await page.goto('/data-mesh/request/default/store-visits');
    await portal.requestForm.chooseColumns('visit_id', 'loyalty_card');
  };

  await test.step('meanwhile the card number is personal data', async () => {
    await portal.actAs('Ana Ruiz');
    await untilShown(page, product('store-visits'), 'Changes wait');
    await askForCards();
    await expect(portal.requestForm.whatItTakes).toContainText('Data stewards');
  });

  await test.step('the owner of the domain accepts it, change by change', async () => {
    await portal.actAs('Jo Lind');
    await page.goto('/data-mesh/requests');
    await portal.requests.show('To decide');
    await portal.requests.caseRow('Store visits').getByRole('link').click();
    await expect(
      page.getByText('Stops calling loyalty_card personal data').first(),
    ).toBeVisible();
    for (const box of await page
      .getByRole('checkbox', { name: /^Accept:/ })
      .all()) {
      await expect(box).not.toBeChecked();
    }
    await portal.requests.changeBar
      .getByRole('button', { name: 'Tick all' })
      .click();
    await portal.requests.changeBar
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect(portal.requests.caseRow('Store visits')).toHaveCount(0);
  });

  await test.step('from then on the owner decides alone', async () => {
    await portal.actAs('Ana Ruiz');
    await askForCards();
    await expect(portal.requestForm.whatItTakes).toContainText('Team Shop');
    await expect(portal.requestForm.whatItTakes).not.toContainText(
      'Data stewards',
    );
  });
});

test('an approval on facts of yesterday is asked again', async ({
  portal,
  page,
  lakeFormation,
  catalogFiles,
}) => {
  const asked = {
    role: 'analytics-role',
    database: 'sales_store_visits',
    table: 'store_visits',
  };
  await test.step('somebody asks for the store of each visit', async () => {
    await portal.actAs('Ana Ruiz');
    await untilShown(page, product('store-visits'), 'Team Shop');
    await page.goto('/data-mesh/request/default/store-visits');
    const form = portal.requestForm;
    await form.chooseColumns('visit_id', 'store_number');
    await form.choosePrincipal(/^analytics-role/);
    await form.choosePurpose('Analytics');
    await form.chooseDuration('30 days');
    await form.giveReason('Visits by store.');
    await form.send.click();
    await expect(page).toHaveURL(/\/data-mesh\/requests\/[^/]+$/);
  });
  const request = page.url();
  const api = `**/v1/requests/${request.slice(request.lastIndexOf('/') + 1)}`;

  await test.step('the owner sees it, and then the product changes', async () => {
    await portal.actAs('Eva Novak');
    const [seen] = await Promise.all([
      page.waitForResponse(api),
      page.goto(request),
    ]);
    await expect(portal.request.approve).toBeVisible();
    // Her page would follow what happens; it is kept as she saw it.
    const body = await seen.body();
    await page.route(api, route =>
      route.fulfill({ body, contentType: 'application/json' }),
    );
    catalogFiles.change('store-visits.yaml', yaml =>
      yaml.replace(/(\n *)(description: The store\.)/, '$1$2$1pii: true'),
    );
    const { authorization } = await seen.request().allHeaders();
    await expect(async () => {
      const entity = await page.request.get(
        '/api/catalog/entities/by-name/dataproduct/default/store-visits',
        { headers: { authorization } },
      );
      const { spec } = await entity.json();
      expect(spec.outputPorts[0].tables[0].columns).toContainEqual(
        expect.objectContaining({ name: 'store_number', pii: true }),
      );
    }).toPass(CATALOG);
  });

  await test.step('what she saw is not approved', async () => {
    await page.route(`${api}/decisions`, async route => {
      await page.unroute(api);
      await route.continue();
    });
    const [refused] = await Promise.all([
      page.waitForResponse(`${api}/decisions`),
      portal.request.approve.click(),
    ]);
    expect([409, 412]).toContain(refused.status());
    const changed = page.getByRole('region', {
      name: 'Changed since it was last shown',
    });
    await expect(changed).toContainText('store_number');
    expect(await lakeFormation.selectableColumns(asked)).toEqual([]);
  });

  await test.step('and approved on the facts of now, it goes to the stewards', async () => {
    await portal.request.approve.click();
    await expect(page.getByText('stage 2 of 2')).toBeVisible();
    await expect(portal.request.approve).toHaveCount(0);
    expect(await lakeFormation.selectableColumns(asked)).toEqual([]);
  });
});
