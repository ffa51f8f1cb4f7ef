import { expect, test } from './support/portalTest';
import { Stillness } from './support/Stillness';

const PRODUCT = '/catalog/default/dataproduct/customer-360';

/** Pages, with words that stand on them when they are there. */
const PAGES: Array<[name: string, path: string, words: string | RegExp]> = [
  ['Discover', '/data-mesh', 'Customer 360'],
  ['its schema', `${PRODUCT}/schema`, 'customer_email'],
  ['its access', `${PRODUCT}/access`, 'Who has access'],
  ['its LF-Tags', `${PRODUCT}/tags`, 'What the product declares'],
  ['My access', '/data-mesh/access', 'My access'],
  ['Requests', '/data-mesh/requests', 'Requests'],
  ['Grants', '/data-mesh/grants', 'Grants'],
  ['Audit', '/data-mesh/audit', 'Audit'],
];

/** What the list before the product, and the navigation, follow by themselves. */
const FOLLOWED = [
  '/v1/requests/counts',
  '/v1/entitlements',
  '/v1/requests',
  '/v1/drift',
  '/v1/products/search',
];

for (const [name, path, words] of PAGES) {
  test(`nothing jumps while ${name} loads`, async ({ portal, page }) => {
    const stillness = await Stillness.watch(page);
    await portal.actAs('Dana Cole');
    await page.goto(path);
    await expect(page.locator('main').getByText(words).first()).toBeVisible();
    await stillness.settled();
    expect(await stillness.shift()).toBeLessThan(0.05);
  });
}

test('a product that was seen before takes six calls at most', async ({
  portal,
  page,
}) => {
  const stillness = await Stillness.watch(page);
  await portal.actAs('Ana Ruiz');
  const openIt = async () => {
    await page
      .getByRole('list', { name: 'Data products' })
      .getByRole('link', { name: 'Customer 360', exact: true })
      .click();
    await expect(page.getByText('Output ports')).toBeVisible();
  };
  await page.goto('/data-mesh');
  await openIt();
  await stillness.settled();
  await page.goBack();
  await stillness.settled();

  const calls = (await stillness.callsOf(openIt)).filter(
    call => !FOLLOWED.some(path => call.endsWith(path)),
  );
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(6);
  await expect(
    page.getByRole('link', { name: 'Data products' }).first(),
  ).toHaveAttribute('aria-current', 'page');
});
