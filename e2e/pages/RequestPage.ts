import type { Locator, Page } from '@playwright/test';

/** One request, in the preview and on its own page alike. */
export class RequestPage {
  readonly #page: Page;
  readonly steps: Locator;
  readonly approve: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.steps = page.getByRole('list', { name: 'Steps' });
    this.approve = page
      .getByRole('region', { name: 'Decision' })
      .getByRole('button', { name: 'Approve', exact: true });
  }

  async openWithHistory() {
    await this.#page.getByRole('link', { name: 'Open with history' }).click();
  }

  async revoke(reason: string) {
    await this.#page.getByRole('button', { name: 'Revoke…' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Revoke access' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The mark of the step that has these words. */
  stepState(words: string | RegExp, state: string): Locator {
    return this.steps
      .getByRole('listitem')
      .filter({ hasText: words })
      .getByRole('img', { name: state });
  }
}
