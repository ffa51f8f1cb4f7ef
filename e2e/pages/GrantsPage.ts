import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What AWS holds, and what differs from what was decided. */
export class GrantsPage {
  readonly #page: Page;
  /** In AWS, and nobody approved it. */
  readonly excess: Locator;
  /** Approved, and missing in AWS. */
  readonly missing: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.excess = page.getByRole('table', { name: 'In AWS, nobody approved' });
    this.missing = page.getByRole('table', {
      name: 'Approved, missing in AWS',
    });
  }

  async openDrift() {
    await this.#page.goto('/data-mesh/grants?tab=drift');
    await expect(
      this.#page.getByRole('tab', { name: /^Drift/, selected: true }),
    ).toBeVisible();
  }

  /** Scans everything, and waits until that is through. */
  async scanNow() {
    await this.#page.getByTitle('Show the scans').click();
    const dialog = this.#page.getByRole('dialog');
    const [answer] = await Promise.all([
      this.#page.waitForResponse(
        response =>
          response.url().endsWith('/v1/scans') &&
          response.request().method() === 'POST',
      ),
      dialog.getByRole('button', { name: 'Scan now' }).click(),
    ]);
    expect(answer.ok()).toBe(true);
    await expect(
      dialog.getByRole('button', { name: 'Scan now' }),
    ).toBeEnabled();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await this.#page.reload();
  }

  /** The drift of a role on something, in one of the lists. */
  drift(list: Locator, role: string, what: string): Locator {
    return list
      .getByRole('row')
      .filter({ hasText: role })
      .filter({ hasText: what });
  }

  async revoke(row: Locator, reason: string) {
    await row.getByRole('link').click();
    const pane = this.#page.getByRole('region', { name: 'What differs' });
    await pane.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await pane.getByRole('button', { name: /^Revoke/ }).click();
  }
}
