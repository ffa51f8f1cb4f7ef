/**
 * yarn docs:screenshots: the pictures of the README, of the portal as it is.
 *
 *   yarn docs:screenshots [--theme dark] [--width 768] [--out FOLDER]
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
    name: 'request-form',
    as: 'Ana Ruiz',
    async show(page) {
      await page.goto('/data-mesh/request/default/customer-360');
      await page.getByRole('radio', { name: 'Customer profiles' }).check();
      for (const column of ['customer_id', 'customer_email', 'country']) {
        await page.getByRole('checkbox', { name: column, exact: true }).check();
      }
      await page
        .getByRole('region', { name: 'What will happen' })
        .getByText('SELECT')
        .first()
        .waitFor();
      await page
        .getByRole('heading', { level: 1 })
        .evaluate(heading => heading.scrollIntoView({ block: 'center' }));
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
      await page.getByRole('list', { name: 'Steps' }).waitFor();
    },
  },
  {
    name: 'access',
    as: 'Jo Lind',
    async show(page) {
      await page.goto('/catalog/default/dataproduct/customer-360/access');
      const grants = page.getByRole('table', {
        name: 'As Lake Formation reports it',
      });
      await grants.getByText('approved request').first().waitFor();
      await page
        .getByRole('heading', { name: 'Who has access' })
        .evaluate(heading => heading.scrollIntoView());
    },
  },
  {
    name: 'grants',
    as: 'Dana Cole',
    async show(page) {
      await page.goto(
        '/data-mesh/grants?key=dataproduct%3Adefault%2Fcustomer-360',
      );
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
        .getByRole('row')
        .filter({ hasText: 'customer_profiles' })
        .getByRole('cell', { name: 'SELECT' })
        .first()
        .click();
      await page.getByText('The entitlement is active').waitFor();
    },
  },
];

/** The requests of the example mesh come some seconds after the start. */
async function storyIsTold(page) {
  await page.goto('/data-mesh/requests?view=all');
  await page.getByText('Carrier performance').first().waitFor({
    timeout: 60_000,
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

async function main() {
  const { values } = parseArgs({
    options: {
      theme: { type: 'string', default: 'light' },
      width: { type: 'string', default: '1280' },
      out: { type: 'string', default: join(root, 'docs', 'images') },
    },
  });
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const toolchain = ensureToolchain();
  buildApp(toolchain);
  const portal = await startPortal({
    ...toolchain,
    port: await freePort(),
    emulatorPort: await freePort(),
  });
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
