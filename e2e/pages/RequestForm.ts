import type { Locator, Page } from '@playwright/test';

export class RequestForm {
  readonly #page: Page;
  readonly whatWillHappen: Locator;
  readonly send: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.whatWillHappen = page.getByRole('region', {
      name: 'What will happen',
    });
    this.send = page.getByRole('button', { name: 'Send request' });
  }

  async choosePort(title: string) {
    await this.#page.getByRole('radio', { name: title }).check();
  }

  async chooseTable(name: string) {
    await this.#page
      .getByRole('group', { name: 'Tables' })
      .getByRole('button', { name })
      .click();
  }

  async chooseColumns(...names: string[]) {
    for (const name of names) {
      await this.#page.getByRole('checkbox', { name, exact: true }).check();
    }
  }

  /** Somebody's only principal is chosen from the start. */
  async choosePrincipal(name: RegExp) {
    await this.#page.getByLabel('Principal', { exact: true }).click();
    const option = this.#page.getByRole('option', { name });
    if ((await option.getAttribute('aria-selected')) !== 'true') {
      await option.click();
    }
    await this.#page.keyboard.press('Escape');
  }

  async choosePurpose(title: string) {
    await this.#choose('Purpose', title);
  }

  async chooseDuration(words: string) {
    await this.#choose('Duration', words);
  }

  async giveReason(text: string) {
    await this.#page.getByRole('textbox', { name: 'Reason' }).fill(text);
  }

  async #choose(field: string, option: string) {
    await this.#page.getByLabel(field, { exact: true }).click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
  }
}
