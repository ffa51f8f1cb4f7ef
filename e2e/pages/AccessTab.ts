import type { Locator, Page } from '@playwright/test';

/** The tab Access of a data product. */
export class AccessTab {
  readonly #page: Page;
  readonly grants: Locator;
  readonly holders: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.grants = page.getByRole('table', {
      name: 'As Lake Formation reports it',
    });
    this.holders = page.getByRole('table', { name: 'Who has access' });
  }

  async goto(product: string) {
    await this.#page.goto(`/catalog/default/dataproduct/${product}/access`);
  }

  /** The grant of Lake Formation to the role, on the table. */
  grant(role: string, table: string): Locator {
    return this.grants
      .getByRole('row')
      .filter({ hasText: role })
      .filter({ hasText: table });
  }

  async revoke(role: string, reason: string) {
    await this.#page
      .getByRole('button', { name: `Revoke the access of ${role}` })
      .click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Revoke access' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
