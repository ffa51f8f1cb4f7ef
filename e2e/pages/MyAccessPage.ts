import type { Locator, Page } from '@playwright/test';

/** What the caller's principals may read. */
export class MyAccessPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto() {
    await this.#page.goto('/data-mesh/access');
  }

  /** The line of an access to a product's port, by its title. */
  row(product: string, port: string): Locator {
    return this.#page.getByRole('listitem', {
      name: `${product} · ${port}`,
      exact: true,
    });
  }
}
