import type { Locator, Page } from '@playwright/test';

export class DiscoverPage {
  readonly search: Locator;
  readonly results: Locator;

  constructor(page: Page) {
    this.search = page.getByRole('textbox', { name: 'Search data products' });
    this.results = page
      .getByRole('list', { name: 'Data products' })
      .getByRole('listitem');
  }

  result(title: string): Locator {
    return this.results.filter({ hasText: title });
  }

  async requestAccessTo(title: string) {
    await this.result(title)
      .getByRole('button', { name: `Request access to ${title}` })
      .click();
  }
}
