/**
 * yarn docs:screenshots: the pictures of the README, of the portal as it is.
 *
 *   yarn docs:screenshots [--theme dark] [--width 768] [--out FOLDER] [--portal URL]
 *
 * Without a portal that runs already it starts one.
 */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { buildApp } from './lib/appBuild.mjs';
import { toPalettePng } from './lib/palettePng.mjs';
import { freePort } from './lib/ports.mjs';
import { startPortal } from './lib/portal.mjs';
import { ensureToolchain, root } from './lib/toolchain.mjs';

const LARGEST = 120 * 1024;

const pictures = [
  {
    name: 'discover',
    as: 'Ana Ruiz',
    async show(page) {
      await page.goto('/data-mesh?q=customer%20email');
      const search = page.getByRole('textbox', {
        name: 'Search data products',
      });
      await search.fill('customer email');
      await page
        .getByRole('link', { name: 'Customer 360', exact: true })
        .waitFor();
      await search.blur();
    },
  },
  {
    name: 'product',
    as: 'Ben Adeyemi',
    async show(page) {
      await page.goto('/catalog/default/dataproduct/orders');
      await page.getByText(/^You read \d+ of \d+ columns$/).waitFor();
    },
  },
  {
    name: 'request-form',
    as: 'Ana Ruiz',
    async show(page) {
      await page.goto(
        '/data-mesh/request/default/customer-360?port=profiles&columns=profiles/customer_profiles/customer_id,customer_email,country',
      );
      const price = page.getByRole('region', { name: 'What it takes' });
      await price.getByText('decides as owner').first().waitFor();
      await page
        .getByRole('textbox', { name: 'Reason' })
        .fill('Win-back campaign for customers who gave consent.');
      await page.getByRole('textbox', { name: 'Reason' }).blur();
    },
  },
  {
    name: 'requests',
    as: 'Jo Lind',
    async show(page) {
      await page.goto('/data-mesh/requests');
      await page
        .getByRole('list', { name: 'Requests' })
        .getByRole('listitem')
        .filter({ hasText: 'Priya Nair' })
        .getByRole('link')
        .click();
      await page.getByRole('heading', { name: /^Priya Nair asks/ }).waitFor();
      await page.getByText('Before you decide').waitFor();
    },
  },
  {
    name: 'my-access',
    as: 'Ana Ruiz',
    async show(page) {
      await page.goto('/data-mesh/access');
      await page
        .getByRole('listitem', { name: /^Carrier performance/ })
        .getByRole('button', { name: /^Renew/ })
        .waitFor();
    },
  },
  {
    name: 'drift',
    as: 'Dana Cole',
    async show(page) {
      await page.goto('/data-mesh/grants?tab=drift');
      // The first scan may have been before the grants of the example.
      await page.getByTitle('Show the scans').click();
      const dialog = page.getByRole('dialog');
      await Promise.all([
        page.waitForResponse(
          response =>
            response.url().endsWith('/v1/scans') &&
            response.request().method() === 'POST',
        ),
        dialog.getByRole('button', { name: 'Scan now' }).click(),
      ]);
      await dialog.getByText('running').waitFor({ state: 'hidden' });
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.reload();
      await page
        .getByRole('region', { name: 'What differs' })
        .getByText(/^Exactly \d+ change/)
        .waitFor();
    },
  },
];

/** The requests of the example mesh come some seconds after the start. */
async function storyIsTold(page) {
  await page.goto('/data-mesh/requests?view=all');
  await page.getByText('Carrier performance').first().waitFor({
    timeout: 240_000,
  });
}

async function signIn(page, name) {
  await page.goto('/');
  await page
    .getByRole('list', { name: 'Sign in as' })
    .getByRole('button', { name })
    .click();
  await page.getByRole('link', { name: 'Data products' }).waitFor();
}

async function startOwnPortal() {
  const toolchain = ensureToolchain();
  buildApp(toolchain);
  return startPortal({
    ...toolchain,
    port: await freePort(),
    emulatorPort: await freePort(),
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      theme: { type: 'string', default: 'light' },
      width: { type: 'string', default: '1280' },
      out: { type: 'string', default: join(root, 'docs', 'images') },
      portal: { type: 'string' },
    },
  });
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const portal = values.portal
    ? { url: values.portal, stop: async () => {} }
    : await startOwnPortal();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const { name, as, show } of pictures) {
      const context = await browser.newContext({
        baseURL: portal.url,
        viewport: { width: Number(values.width), height: 800 },
        colorScheme: values.theme === 'dark' ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await signIn(page, as);
      if (name === pictures[0].name) await storyIsTold(page);
      await show(page);
      await page.waitForLoadState('networkidle');
      const file = join(out, `${name}.png`);
      writeFileSync(
        file,
        toPalettePng(await page.screenshot({ animations: 'disabled' })),
      );
      const { size } = statSync(file);
      console.log(`${file}: ${Math.round(size / 1024)} kB`);
      if (size > LARGEST) {
        throw new Error(`${file} has ${size} bytes, more than ${LARGEST}`);
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
