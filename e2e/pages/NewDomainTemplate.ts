import type { Locator, Page } from '@playwright/test';

/** The form of the template New data domain, page by page. */
export class NewDomainTemplate {
  readonly #page: Page;
  readonly openDomain: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.openDomain = page.getByRole('link', {
      name: 'Open the domain in the catalog',
    });
  }

  async choose() {
    await this.#page
      .getByRole('article')
      .filter({ hasText: 'New data domain' })
      .getByRole('button', { name: 'Choose' })
      .click();
  }

  async describe(domain: { name: string; title: string; about: string }) {
    await this.#page.getByRole('textbox', { name: 'Name' }).fill(domain.name);
    await this.#page.getByRole('textbox', { name: 'Title' }).fill(domain.title);
    await this.#page
      .getByRole('textbox', { name: 'Description' })
      .fill(domain.about);
    await this.#next();
  }

  async ownedByNewGroup(group: {
    name: string;
    title: string;
    member: string;
  }) {
    await this.#page.getByRole('radio', { name: 'A new group' }).check();
    await this.#page
      .getByRole('textbox', { name: 'Name of the group' })
      .fill(group.name);
    await this.#page
      .getByRole('textbox', { name: 'Title of the group' })
      .fill(group.title);
    await this.#page.getByLabel('Members').fill(group.member);
    await this.#page.getByRole('option', { name: group.member }).click();
    await this.#next();
  }

  async inAccount(accountId: string) {
    await this.#page
      .getByRole('textbox', { name: 'AWS account' })
      .fill(accountId);
    await this.#page.getByRole('button', { name: 'Review' }).click();
    await this.#page.getByRole('button', { name: 'Create' }).click();
  }

  async #next() {
    await this.#page.getByRole('button', { name: 'Next' }).click();
  }
}
