import type { Page } from '@playwright/test';
import { expect, test } from './support/portalTest';

/** Counts the clicks of whoever uses the page, keys not. */
async function countClicks(page: Page) {
  let clicks = 0;
  await page.exposeFunction('countClick', () => {
    clicks += 1;
  });
  await page.addInitScript(() => {
    window.addEventListener(
      'click',
      // A key that presses a button is no click.
      event => event.detail > 0 && (window as any).countClick(),
      true,
    );
  });
  return () => clicks;
}

/** How far the layout has shifted by itself since the page was opened. */
async function watchShifts(page: Page) {
  await page.addInitScript(() => {
    (window as any).shifted = 0;
    new PerformanceObserver(list => {
      for (const entry of list.getEntries() as any[]) {
        if (!entry.hadRecentInput) (window as any).shifted += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as any).shifted as number);
}

test('two columns found by search are asked for in four clicks and a reason', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  const clicks = await countClicks(page);
  await page.goto('/data-mesh');
  await portal.discover.search.fill('refund amount');
  // Focused by the test as by a click, which people make too.
  await portal.discover.results
    .first()
    .getByRole('link', { name: /^Open column/ })
    .first()
    .click();
  const bar = page.getByRole('region', { name: 'Selected columns' });
  await expect(bar).toContainText('1 column');
  await page
    .getByRole('checkbox', { name: /^Select \w+$/ })
    .first()
    .click();
  await expect(bar).toContainText('2 columns');
  await expect(bar).toContainText(/\d approvals?/);
  await bar.getByRole('button', { name: 'Request 2 columns' }).click();

  await expect(
    page.getByRole('region', { name: 'What', exact: true }),
  ).toContainText('2 of');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Refund rate');
  await expect(
    page.getByRole('region', { name: 'What it takes' }),
  ).toContainText('decides as owner');
  // All of it is on one screen.
  const send = page.getByRole('button', { name: 'Send request' });
  await expect(send).toBeInViewport();
  await send.click();
  await expect(page).toHaveURL(/\/data-mesh\/requests\/[^/]+$/);
  expect(clicks()).toBeLessThanOrEqual(4);
});

test('what was ticked survives other tables, a reload and the way back', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.goto('/catalog/default/dataproduct/customer-360/schema');
  const bar = page.getByRole('region', { name: 'Selected columns' });
  await page.getByRole('checkbox', { name: 'Select country' }).click();
  await page
    .getByRole('textbox', { name: /^Search \d+ columns$/ })
    .fill('device');
  await page.getByRole('checkbox', { name: 'Select device' }).click();
  await expect(bar).toContainText('more in');
  await page.reload();
  await expect(bar).toContainText('more in');
  await bar.getByRole('button', { name: /^Request \d/ }).click();
  await expect(
    page.getByRole('region', { name: 'What', exact: true }),
  ).toContainText('1 of');
  await page.goBack();
  await expect(bar).toContainText('more in');
});

test('the schema is read and asked from by keys alone', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.goto('/catalog/default/dataproduct/customer-360/schema');
  await expect(
    page.getByRole('checkbox', { name: 'Select customer_id' }),
  ).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(
    page.getByRole('checkbox', { name: 'Select customer_email' }),
  ).toBeChecked();
  await expect(
    page.getByRole('region', { name: 'Selected columns' }),
  ).toContainText('adds the data steward');
  await page.keyboard.press('Control+Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: 'Request access' }),
  ).toBeVisible();
  // The stage that the column causes goes with it.
  await expect(
    page.getByRole('region', { name: 'What it takes' }),
  ).toContainText('decides as data steward');
});

test('a typo is read as what was meant, and said', async ({ portal, page }) => {
  await portal.actAs('Ana Ruiz');
  await page.goto('/data-mesh?q=custmer+email');
  await expect(page.getByText(/^Showing results for/)).toContainText(
    'customer email',
  );
  await page.getByRole('button', { name: 'Search for custmer email' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
});

test('Discover does not move, and comes back where it was left', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.setViewportSize({ width: 1280, height: 800 });
  const shifted = await watchShifts(page);
  await page.goto('/data-mesh');
  await expect(portal.discover.results.first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(await shifted()).toBeLessThan(0.05);

  const last = portal.discover.results.last();
  await last.scrollIntoViewIfNeeded();
  const before = await last.boundingBox();
  await last.getByRole('link').first().click();
  await expect(page).toHaveURL(/dataproduct/);
  await page.goBack();
  await expect(last).toBeInViewport();
  expect((await last.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, -1);
});
