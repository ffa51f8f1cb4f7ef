import type { Locator, Page } from '@playwright/test';

export class RequestForm {
  readonly #page: Page;
  readonly whatItTakes: Locator;
  readonly send: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.whatItTakes = page.getByRole('region', {
      name: 'What it takes',
    });
    this.send = page.getByRole('button', { name: 'Send request' });
  }

  /** Unfolds a question of the form, unless it is unfolded. */
  async unfold(question: string, action: string) {
    const button = this.#page
      .getByRole('region', { name: question, exact: true })
      .getByRole('button', { name: action, exact: true });
    const done = this.#page
      .getByRole('region', { name: question, exact: true })
      .getByRole('button', { name: 'Done', exact: true });
    await button.or(done).waitFor();
    if (await button.isVisible()) await button.click();
  }

  async choosePort(title: string) {
    await this.unfold('What', 'Choose columns');
    await this.#page.getByRole('radio', { name: title }).check();
  }

  async showSteps() {
    await this.whatItTakes
      .getByRole('button', { name: 'Show the steps and calls' })
      .click();
  }

  async chooseTable(name: string) {
    await this.unfold('What', 'Choose columns');
    await this.#page
      .getByRole('group', { name: 'Tables' })
      .getByRole('button', { name })
      .click();
  }

  async chooseColumns(...names: string[]) {
    await this.unfold('What', 'Choose columns');
    for (const name of names) {
      await this.#page.getByRole('checkbox', { name, exact: true }).check();
    }
  }

  /** Somebody's only principal is chosen from the start. */
  async choosePrincipal(name: RegExp) {
    const field = this.#page.getByRole('region', { name: 'For', exact: true });
    const change = field.getByRole('button', { name: 'Change' });
    if (await change.isVisible()) await change.click();
    // Somebody's only principal is no choice.
    else if (!(await field.getByLabel('Principal').isVisible())) return;
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
    await this.#page
      .getByRole('group', { name: 'How long' })
      .getByRole('button', { name: words, exact: true })
      .click();
  }

  async giveReason(text: string) {
    await this.#page.getByRole('textbox', { name: 'Reason' }).fill(text);
  }

  async #choose(field: string, option: string) {
    await this.#page.getByLabel(field, { exact: true }).click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
  }
}
