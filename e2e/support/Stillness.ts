import { expect, type Page } from '@playwright/test';

/** As long as Playwright waits for a network to be called idle. */
const QUIET_MS = 500;

/** What moves on a page while it loads, and what it asks of the backend. */
export class Stillness {
  readonly #page: Page;
  readonly #calls: string[] = [];
  #underWay = 0;
  #lastAt = 0;

  /** Before the first page is opened. */
  static async watch(page: Page): Promise<Stillness> {
    await page.addInitScript(() => {
      const shifts: Array<{ at: number; value: number }> = [];
      Object.assign(window, { layoutShifts: shifts });
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput } = entry as PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          };
          if (!hadRecentInput) shifts.push({ at: entry.startTime, value });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // What happens elsewhere meanwhile is no part of opening a page.
    await page.routeWebSocket('**/api/signals', socket => socket.close());
    return new Stillness(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    page.on('request', request => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/')) {
        this.#calls.push(`${request.method()} ${pathname}`);
      }
      this.#changed(1);
    });
    page.on('requestfinished', () => this.#changed(-1));
    page.on('requestfailed', () => this.#changed(-1));
  }

  #changed(by: number) {
    this.#underWay += by;
    this.#lastAt = Date.now();
  }

  /**
   * Waits until nothing is under way, and nothing keeps the place of another.
   * Unlike Playwright's `networkidle`, also where the document stays.
   */
  async settled(): Promise<void> {
    const waiting = this.#page.locator(
      '[role="progressbar"], [aria-label="Loading"]',
    );
    await expect
      .poll(
        async () =>
          this.#underWay <= 0 &&
          Date.now() - this.#lastAt > QUIET_MS &&
          (await waiting.count()) === 0,
        { timeout: 120_000 },
      )
      .toBe(true);
  }

  /**
   * Cumulative layout shift since the document was loaded: the worst window of
   * at most five seconds in which shifts follow each other within one.
   */
  async shift(): Promise<number> {
    const shifts = await this.#page.evaluate(
      () =>
        (
          window as unknown as {
            layoutShifts: Array<{ at: number; value: number }>;
          }
        ).layoutShifts,
    );
    let worst = 0;
    let stretch = { from: -Infinity, last: -Infinity, sum: 0 };
    for (const { at, value } of shifts) {
      const isSame = at - stretch.last < 1_000 && at - stretch.from < 5_000;
      stretch = isSame
        ? { ...stretch, last: at, sum: stretch.sum + value }
        : { from: at, last: at, sum: value };
      worst = Math.max(worst, stretch.sum);
    }
    return worst;
  }

  /** The calls of the backend that something leads to, until all is settled. */
  async callsOf(act: () => Promise<void>): Promise<readonly string[]> {
    this.#calls.length = 0;
    await act();
    await this.settled();
    return [...this.#calls];
  }
}
