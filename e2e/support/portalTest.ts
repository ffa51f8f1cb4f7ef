import { expect, test as base } from '@playwright/test';
import { CatalogFiles } from './CatalogFiles';
import { LakeFormationAccount } from './LakeFormationAccount';
import { Portal } from '../pages/Portal';

/**
 * A test in the portal. An error that no page catches fails it, whatever else
 * it looked at.
 */
export const test = base.extend<{
  portal: Portal;
  lakeFormation: LakeFormationAccount;
  catalogFiles: CatalogFiles;
}>({
  portal: async ({ page }, use) => {
    const uncaught: string[] = [];
    page.on('pageerror', error => uncaught.push(error.stack ?? error.message));
    await use(new Portal(page));
    expect(uncaught, 'errors that no page caught').toEqual([]);
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright insists on a pattern
  lakeFormation: async ({}, use) => {
    const account = new LakeFormationAccount();
    await use(account);
    await account.close();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright insists on a pattern
  catalogFiles: async ({}, use) => {
    const files = new CatalogFiles();
    await use(files);
    files.undoAll();
  },
});

export { expect };
