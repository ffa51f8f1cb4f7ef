import { readFile } from 'node:fs/promises';
import { expect, test } from './support/portalTest';

test('an auditor reads who did what, checks the chain and takes the trail away', async ({
  portal,
  page,
}) => {
  await portal.actAs('Dana Cole');
  await page.goto('/data-mesh');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Audit' }),
  ).toBeVisible();
  const entries = page.getByRole('region', { name: 'Entries' });
  const chain = page.getByRole('region', { name: 'The chain of the trail' });

  await test.step('the chain', async () => {
    await chain.getByRole('button', { name: /^Verify/ }).click();
    await expect(
      chain.getByText(/^(The chain is whole\.|Checked up to entry)/),
    ).toBeVisible();
  });

  await test.step('filters combine and count, and stand in the URL', async () => {
    await page.getByRole('button', { name: /^What/ }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Requests/ }).click();
    await page.keyboard.press('Escape');
    await page
      .getByRole('searchbox', { name: 'Search entries' })
      .fill('rejected');
    await expect(page).toHaveURL(/what=request/);
    await expect(page).toHaveURL(/q=rejected/);
    await expect(page.getByText('1 entry found')).toBeVisible();
    await expect(entries.getByRole('listitem')).toContainText(
      'rejected access to',
    );
  });

  await test.step('an entry unfolds', async () => {
    const entry = entries.getByRole('listitem').first();
    await entry.getByRole('button', { name: /^Unfold entry/ }).click();
    await expect(entry.getByText(/pending → rejected/)).toBeVisible();
    await expect(entry.getByText('Linked to')).toBeVisible();
    await entry.getByRole('button', { name: 'Show as JSON' }).click();
    await expect(entry.getByText(/"previousHash"/)).toBeVisible();
  });

  await test.step('what is taken away is itself an entry', async () => {
    await page.goto('/data-mesh/audit');
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'As CSV, with hashes' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('"previous hash","hash"');
    await page.reload();
    // Others go on meanwhile: it need not be the first.
    await expect(
      entries
        .getByRole('listitem')
        .filter({ hasText: 'Dana Cole exported the audit trail' })
        .first(),
    ).toBeVisible();
  });
});

test('whoever may not read the trail is told which permission it takes', async ({
  portal,
  page,
}) => {
  await portal.actAs('Ana Ruiz');
  await page.goto('/data-mesh');
  await expect(page.getByRole('link', { name: 'My access' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
  await page.goto('/data-mesh/audit');
  await expect(
    page.getByText('The audit trail is for auditors and governance'),
  ).toBeVisible();
  await expect(page.getByText('data-mesh.audit.read')).toBeVisible();
});
