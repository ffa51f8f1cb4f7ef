import type { IdentityApi, ProfileInfo } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';

/** What `GET /api/auth/demo/refresh` answers. */
interface DemoSession {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: {
      type: 'user';
      userEntityRef: string;
      ownershipEntityRefs: string[];
    };
  };
}

/** Seconds before its end at which a token is replaced. */
const RENEW_BEFORE = 300;

/** The identity of one demo user; its token is renewed before it ends. */
export class DemoIdentity implements IdentityApi {
  readonly #fetchSession: () => Promise<DemoSession>;
  readonly #onSignOut: () => void;
  #session?: Promise<DemoSession>;
  #renewAt = 0;

  private constructor(
    fetchSession: () => Promise<DemoSession>,
    onSignOut: () => void,
  ) {
    this.#fetchSession = fetchSession;
    this.#onSignOut = onSignOut;
  }

  /**
   * Signs in as the user.
   *
   * @throws ResponseError where the backend refuses
   */
  static async signIn(options: {
    authBaseUrl: string;
    userRef: string;
    onSignOut: () => void;
  }): Promise<DemoIdentity> {
    const identity = new DemoIdentity(async () => {
      const response = await fetch(`${options.authBaseUrl}/demo/refresh`, {
        headers: {
          'x-demo-user': options.userRef,
          'x-requested-with': 'XMLHttpRequest',
        },
        credentials: 'include',
      });
      if (!response.ok) throw await ResponseError.fromResponse(response);
      return (await response.json()) as DemoSession;
    }, options.onSignOut);
    await identity.#current();
    return identity;
  }

  async getProfileInfo() {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity() {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials() {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut() {
    this.#onSignOut();
  }

  #current(): Promise<DemoSession> {
    if (this.#session && Date.now() < this.#renewAt) return this.#session;
    // Several callers at once share one renewal.
    this.#renewAt = Number.POSITIVE_INFINITY;
    this.#session = this.#fetchSession().then(
      session => {
        const seconds = session.backstageIdentity.expiresInSeconds ?? 3600;
        this.#renewAt =
          Date.now() + Math.max(seconds - RENEW_BEFORE, 30) * 1000;
        return session;
      },
      error => {
        this.#session = undefined;
        throw error;
      },
    );
    return this.#session;
  }
}
