import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/portalTest';

const SERIOUS = ['serious', 'critical'];

async function seriousViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    // Backstage's own: its label leaves out the number of unread ones.
    .exclude('a[href="/notifications"]')
    .analyze();
  return violations
    .filter(({ impact }) => impact && SERIOUS.includes(impact))
    .map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(node => node.target.join(' ')),
      why: nodes.map(node => node.failureSummary),
    }));
}

const pages = [
  { name: 'Discover', path: '/data-mesh', shows: 'Customer 360' },
  {
    name: 'Request form',
    path: '/data-mesh/request/default/orders',
    shows: 'What will happen',
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

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('axe finds nothing serious on the sign-in page', async ({ page }) => {
      await page.goto('/');
      await expect(
        page.getByRole('list', { name: 'Sign in as' }),
      ).toBeVisible();
      expect(await seriousViolations(page)).toEqual([]);
    });

    for (const { name, path, shows } of pages) {
      test(`axe finds nothing serious on ${name}`, async ({ portal, page }) => {
        await portal.signInAs('Ana Ruiz');
        await page.goto(path);
        await expect(page.getByText(shows).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        expect(await seriousViolations(page)).toEqual([]);
      });
    }

    for (const { name, query, shows } of [
      { name: 'products', query: '', shows: 'By product' },
      {
        name: 'an explanation',
        query: '?tab=product&key=dataproduct%3Adefault%2Fshipments',
        shows: 'churn-notebooks',
      },
      { name: 'drift', query: '?tab=drift', shows: 'nightly-etl' },
      { name: 'the doctor', query: '?tab=doctor', shows: 'Looked at' },
    ]) {
      test(`axe finds nothing serious on Grants, with ${name}`, async ({
        portal,
        page,
      }) => {
        await portal.signInAs('Dana Cole');
        await page.goto(`/data-mesh/grants${query}`);
        const shown = page.getByText(shows).first();
        if (name === 'an explanation') {
          // Scans may have been before the grants of the example.
          await expect(async () => {
            await portal.grants.scanNow();
            await expect(shown).toBeVisible({ timeout: 30_000 });
          }).toPass({ timeout: 240_000 });
        }
        await expect(shown).toBeVisible();
        if (name === 'an explanation') {
          await page
            .getByRole('button', { name: 'Why churn-notebooks holds it' })
            .first()
            .click();
          await expect(
            page.getByText('The entitlement is active').first(),
          ).toBeVisible();
        }
        await page.waitForLoadState('networkidle');
        expect(await seriousViolations(page)).toEqual([]);
      });
    }

    test('axe finds nothing serious on the form with conditions and tags', async ({
      portal,
      page,
    }) => {
      await portal.signInAs('Ana Ruiz');
      await page.goto('/data-mesh/request/default/orders');
      await page
        .getByRole('checkbox', { name: 'order_id', exact: true })
        .check();
      await page.getByRole('radio', { name: 'Only rows where' }).check();
      await page.getByRole('button', { name: 'Add a condition' }).click();
      await page.waitForLoadState('networkidle');
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('radio', { name: /certain tags/ }).check();
      await page.getByRole('button', { name: 'Add a tag' }).click();
      await page.waitForLoadState('networkidle');
      expect(await seriousViolations(page)).toEqual([]);
    });

    test('axe finds nothing serious on one request', async ({
      portal,
      page,
    }) => {
      await portal.signInAs('Jo Lind');
      await page.goto('/data-mesh/requests');
      await portal.requests
        .row('Customer 360', 'Priya Nair')
        .getByRole('link')
        .click();
      await portal.request.openWithHistory();
      await expect(portal.request.approve).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await seriousViolations(page)).toEqual([]);
    });
  });
}

test('the slash key goes to the search, arrows to the results, Enter opens', async ({
  portal,
  page,
}) => {
  await portal.signInAs('Ana Ruiz');
  await portal.open('Data products');
  await expect(portal.discover.results.first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(portal.discover.search).toBeFocused();
  await page.keyboard.type('ledger');
  await expect(portal.discover.result('Ledger entries')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/catalog\/default\/dataproduct\//);
});
