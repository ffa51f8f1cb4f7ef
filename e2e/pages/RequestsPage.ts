import type { Locator, Page } from '@playwright/test';

export class RequestsPage {
  readonly #page: Page;
  readonly list: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.list = page.getByRole('list', { name: 'Requests' });
  }

  async show(view: 'To decide' | 'Mine' | 'All') {
    await this.#page.getByRole('tab', { name: view }).click();
  }

  /** The row of the request that somebody made for a product's port. */
  row(product: string, requester: string): Locator {
    return this.list
      .getByRole('listitem')
      .filter({ hasText: product })
      .filter({ hasText: requester });
  }

  /** The row of a claim or a product's change, by its title. */
  caseRow(title: string): Locator {
    return this.list.getByRole('listitem').filter({ hasText: title });
  }

  /** What is open beside the list, or on its own page. */
  get claimBar(): Locator {
    return this.#page.getByRole('region', { name: 'Decide on the claim' });
  }

  get changeBar(): Locator {
    return this.#page.getByRole('region', { name: 'Decide on the change' });
  }
}
