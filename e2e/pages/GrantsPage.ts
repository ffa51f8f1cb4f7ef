import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** What AWS holds, and what differs from what was decided. */
export class GrantsPage {
  readonly #page: Page;
  /** In AWS but not approved. */
  readonly excess: Locator;
  /** Approved but not in AWS. */
  readonly missing: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.excess = page.getByRole('table', { name: 'In AWS but not approved' });
    this.missing = page.getByRole('table', {
      name: 'Approved but not in AWS',
    });
  }

  async openDrift() {
    await this.#page.goto('/data-mesh/grants?tab=drift');
    await expect(
      this.#page.getByRole('heading', { name: 'In AWS but not approved' }),
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
    await row.getByRole('button', { name: 'Revoke' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect(dialog.getByText('1 of 1 done')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }
}
