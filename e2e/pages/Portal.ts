import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { AccessTab } from './AccessTab';
import { DiscoverPage } from './DiscoverPage';
import { GrantsPage } from './GrantsPage';
import { MyAccessPage } from './MyAccessPage';
import { RequestForm } from './RequestForm';
import { RequestPage } from './RequestPage';
import { RequestsPage } from './RequestsPage';

/** Where a tab remembers who signed in. */
const SIGNED_IN = 'lakemesh.demo-user';

/** The portal in one browser tab. */
export class Portal {
  readonly discover: DiscoverPage;
  readonly requestForm: RequestForm;
  readonly requests: RequestsPage;
  readonly request: RequestPage;
  readonly access: AccessTab;
  readonly myAccess: MyAccessPage;
  readonly grants: GrantsPage;

  constructor(readonly page: Page) {
    this.discover = new DiscoverPage(page);
    this.requestForm = new RequestForm(page);
    this.requests = new RequestsPage(page);
    this.request = new RequestPage(page);
    this.access = new AccessTab(page);
    this.myAccess = new MyAccessPage(page);
    this.grants = new GrantsPage(page);
  }

  /**
   * The tab is somebody's who signed in before. The sign-in page, which is a
   * load of the whole app, is left to the test that is about it.
   */
  async actAs(name: string) {
    const users = await this.page.request.get('/api/auth/demo-users');
    const { items } = await users.json();
    const user = items.find(
      (item: { displayName: string }) => item.displayName === name,
    );
    if (!user) throw new Error(`The example mesh has no user ${name}`);
    // The memory belongs to the origin: any of its files will do.
    await this.page.goto('/favicon.svg');
    await this.page.evaluate(
      ([key, userRef]) => window.sessionStorage.setItem(key, userRef),
      [SIGNED_IN, user.userRef],
    );
  }

  /** The API of the data mesh as somebody uses it without the portal. */
  async apiOf(name: string) {
    const { request } = this.page;
    const users = await (await request.get('/api/auth/demo-users')).json();
    const user = users.items.find(
      (item: { displayName: string }) => item.displayName === name,
    );
    const session = await request.get(
      '/api/auth/demo/refresh?optional&env=development',
      {
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'x-demo-user': user.userRef,
        },
      },
    );
    const { backstageIdentity } = await session.json();
    const headers = { authorization: `Bearer ${backstageIdentity.token}` };
    const url = (path: string) => `/api/data-mesh/v1${path}`;
    return {
      async get(path: string) {
        const answer = await request.get(url(path), { headers });
        expect(answer.ok(), await answer.text()).toBe(true);
        return answer.json();
      },
      /** @param version - of what is written, where others may write too */
      async post(path: string, data: object, version?: number) {
        const answer = await request.post(url(path), {
          headers: {
            ...headers,
            ...(version !== undefined && { 'if-match': `"${version}"` }),
          },
          data,
        });
        expect(answer.ok(), await answer.text()).toBe(true);
        return answer.json();
      },
    };
  }

  /** Signs in as people do. */
  async signInAs(name: string) {
    await this.page.goto('/');
    await this.page
      .getByRole('list', { name: 'Sign in as' })
      .getByRole('button', { name })
      .click();
    // The portal begins with what there is to find.
    await expect(
      this.page.getByRole('heading', { level: 1, name: 'Data products' }),
    ).toBeVisible();
  }

  async signOut() {
    await this.page.goto('/settings');
    await this.page.getByTestId('user-settings-menu').click();
    await this.page.getByTestId('sign-out').click();
    await expect(
      this.page.getByRole('list', { name: 'Sign in as' }),
    ).toBeVisible();
  }

  async open(entry: string) {
    await this.page
      .getByRole('navigation', { name: 'sidebar nav' })
      .getByRole('link', { name: new RegExp(`^${entry}`) })
      .click();
  }
}
