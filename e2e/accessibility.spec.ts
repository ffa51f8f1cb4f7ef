import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/portalTest';

const SERIOUS = ['serious', 'critical'];

async function expectNothingSerious(page: Page) {
  await page.waitForLoadState('networkidle');
  // Backstage's own circles have no name, while its cards load.
  await expect(page.locator('.MuiCircularProgress-root')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    // In the page alone, not in another tab: it has no frames of other origins.
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    // Backstage's own: its label leaves out the number of unread ones.
    .exclude('a[href="/notifications"]')
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact && SERIOUS.includes(impact))
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(node => node.target.join(' ')),
      why: nodes.map(node => node.failureSummary),
    }));
  expect(serious).toEqual([]);
}

/** Looks at a page from its load on, in the light theme and in the dark one. */
async function inEachTheme(page: Page, look: () => Promise<void>) {
  for (const theme of ['light', 'dark'] as const) {
    await test.step(`in the ${theme} theme`, async () => {
      await page.emulateMedia({ colorScheme: theme });
      await look();
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        theme,
      );
    });
  }
}

const pages = [
  { name: 'Discover', path: '/data-mesh', shows: 'Customer 360' },
  {
    name: 'Request form',
    path: '/data-mesh/request/default/orders',
    shows: 'What it takes',
  },
  {
    name: 'Requests',
    path: '/data-mesh/requests?view=all',
    shows: 'Campaign results',
  },
  {
    name: 'My access',
    path: '/data-mesh/access',
    shows: 'Carrier performance',
  },
  {
    name: 'Product',
    path: '/catalog/default/dataproduct/orders',
    shows: 'Output ports',
  },
  {
    name: 'Schema',
    path: '/catalog/default/dataproduct/orders/schema',
    shows: 'order_id',
  },
  {
    name: 'Access',
    path: '/catalog/default/dataproduct/orders/access',
    shows: 'As Lake Formation reports it',
  },
  {
    name: 'LF-Tags',
    path: '/catalog/default/dataproduct/orders/tags',
    shows: 'Ontology of the domain',
  },
  {
    name: 'LF-Tags without an ontology',
    path: '/catalog/default/dataproduct/web-sessions/tags',
    shows: 'The domain declares no LF-Tags',
  },
];

test('axe finds nothing serious on the sign-in page', async ({ page }) => {
  await inEachTheme(page, async () => {
    await page.goto('/');
    await expect(page.getByRole('list', { name: 'Sign in as' })).toBeVisible();
    await expectNothingSerious(page);
  });
});

for (const { name, path, shows } of pages) {
  test(`axe finds nothing serious on ${name}`, async ({ portal, page }) => {
    await portal.actAs('Ana Ruiz');
    await inEachTheme(page, async () => {
      await page.goto(path);
      await expect(page.getByText(shows).first()).toBeVisible();
      await expectNothingSerious(page);
    });
  });
}

for (const { name, query, shows } of [
  { name: 'products', query: '', shows: 'By product' },
  { name: 'drift', query: '?tab=drift', shows: 'nightly-etl' },
  { name: 'the doctor', query: '?tab=doctor', shows: 'Looked at' },
]) {
  test(`axe finds nothing serious on Grants, with ${name}`, async ({
    portal,
    page,
  }) => {
    await portal.actAs('Dana Cole');
    await inEachTheme(page, async () => {
      await page.goto(`/data-mesh/grants${query}`);
      await expect(page.getByText(shows).first()).toBeVisible();
      await expectNothingSerious(page);
    });
  });
}

test('axe finds nothing serious on Grants, with an explanation', async ({
  portal,
  page,
}) => {
  const path =
    '/data-mesh/grants?tab=product&key=dataproduct%3Adefault%2Fshipments';
  const shown = page.getByText('churn-notebooks').first();
  await portal.actAs('Dana Cole');
  await page.goto(path);
  // Scans may have been before the grants of the example.
  await expect(async () => {
    await portal.grants.scanNow();
    await expect(shown).toBeVisible({ timeout: 30_000 });
  }).toPass({ timeout: 240_000 });
  await inEachTheme(page, async () => {
    await page.goto(path);
    await expect(shown).toBeVisible();
    await page
      .getByRole('button', { name: 'Why churn-notebooks holds it' })
      .first()
      .click();
    await expect(
      page.getByText('The entitlement is active').first(),
    ).toBeVisible();
    await expectNothingSerious(page);
  });
});

test('axe finds nothing serious on the form with conditions and tags', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await inEachTheme(page, async () => {
    // From the beginning: the form remembers what was chosen before.
    await page.evaluate(() => window.localStorage.clear());
    await page.goto('/data-mesh/request/default/orders');
    await portal.requestForm.chooseColumns('order_id');
    await portal.requestForm.unfold('Rows', 'Only some rows');
    await page.getByRole('radio', { name: 'Only rows where' }).check();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await expectNothingSerious(page);
    await page.getByRole('button', { name: 'More choices' }).click();
    await page.getByRole('radio', { name: /certain tags/ }).check();
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await expectNothingSerious(page);
  });
});

test('axe finds nothing serious on one request', async ({ portal, page }) => {
  await portal.actAs('Jo Lind');
  await inEachTheme(page, async () => {
    await page.goto('/data-mesh/requests');
    await portal.requests
      .row('Customer 360', 'Priya Nair')
      .getByRole('link')
      .click();
    await portal.request.openWithHistory();
    await expect(portal.request.approve).toBeVisible();
    await expectNothingSerious(page);
  });
});

test('the slash key goes to the search, arrows to the results, Enter opens', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.goto('/data-mesh');
  await expect(portal.discover.results.first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(portal.discover.search).toBeFocused();
  await page.keyboard.type('ledger');
  await expect(portal.discover.result('Ledger entries')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/catalog\/default\/dataproduct\//);
});
