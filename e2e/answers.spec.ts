import { readFile } from 'node:fs/promises';
import { expect, test } from './support/portalTest';

test('questions are asked by name, say what is not known, and are exported', async ({
  portal,
  page,
}) => {
  await portal.actAs('Dana Cole');
  await page.goto('/data-mesh/grants');
  const box = page.getByRole('textbox', {
    name: 'Person, group, role, account, table or column',
  });

  await test.step('a person, by the first suggestion', async () => {
    await box.fill('ana');
    const first = page.getByRole('option').first();
    await expect(first).toContainText('Ana Ruiz');
    await expect(first).toHaveAttribute('data-focus', 'true');
    await box.press('Enter');
    await expect(
      page.getByRole('heading', { name: /^Ana Ruiz can see \d+ resource/ }),
    ).toBeVisible();
    await expect(page.getByRole('table', { name: 'Answer' })).toContainText(
      'analytics-role',
    );
  });

  await test.step('as a file that tells the question', async () => {
    await page.getByRole('button', { name: 'Export answer' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('"What can Ana Ruiz see"');
    expect(text).toContain('analytics-role');
  });

  await test.step('before the first scan nobody knows', async () => {
    await page.getByLabel('Day; empty for now').fill('2020-01-01');
    await expect(
      page.getByRole('heading', { name: /^Not known: the first scan was on/ }),
    ).toBeVisible();
    await expect(page.getByText(/Nothing, as far as/)).toHaveCount(0);
    await page.getByRole('button', { name: 'Ask for now instead' }).click();
    await expect(
      page.getByRole('heading', { name: /^Ana Ruiz can see/ }),
    ).toBeVisible();
  });

  await test.step('a table, by Enter too', async () => {
    await page.getByRole('button', { name: 'Back to the grants' }).click();
    await box.fill('customer_profiles.customer_email');
    await expect(page.getByRole('option').first()).toContainText(
      'customer_profiles.customer_email',
    );
    await box.press('Enter');
    await expect(
      page.getByRole('heading', {
        name: /principals? can see sales_customer_360\.customer_profiles\.customer_email/,
      }),
    ).toBeVisible();
  });

  await test.step('a name that was typed into the URL', async () => {
    await page.goto('/data-mesh/grants?what=ana');
    await expect(
      page.getByRole('heading', { name: /^Ana Ruiz can see/ }),
    ).toBeVisible();
  });
});

test('after a revoke the answer names no columns that are gone, and says who did it', async ({
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
  const ask = async () => {
    await page.goto('/data-mesh/grants?what=support-role');
    await expect(
      page.getByRole('heading', { name: /^support-role can see/ }),
    ).toBeVisible();
  };
  await ask();
  const answer = page.getByRole('table', { name: 'Answer' });
  await expect(answer).toContainText('segment');
  await expect(answer).toContainText('Nobody approved');

  await portal.grants.openDrift();
  await portal.grants.revoke(
    portal.grants.drift(portal.grants.excess, behind.role, behind.table),
    'Nobody knows who granted this.',
  );
  await ask();
  await expect(page.getByText('segment', { exact: true })).toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'Changed here since that scan:' }),
  ).toContainText('Dana Cole');

  await test.step('drift is exported', async () => {
    await portal.grants.openDrift();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As JSON' }).click(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(file).toMatchObject({ exportedBy: 'user:default/dana.cole' });
  });
});
