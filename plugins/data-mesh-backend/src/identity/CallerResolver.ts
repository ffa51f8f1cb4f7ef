import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Caller } from './Caller';

/** Finds who calls. Only users do: services have no ownership to decide by. */
export class CallerResolver {
  readonly #httpAuth: HttpAuthService;
  readonly #people: { refsOf(userRef: string): Promise<readonly string[]> };

  constructor(options: {
    httpAuth: HttpAuthService;
    people: { refsOf(userRef: string): Promise<readonly string[]> };
  }) {
    this.#httpAuth = options.httpAuth;
    this.#people = options.people;
  }

  /**
   * What a user stands for is asked of the catalog at each call: the claims of
   * its token say what held when it signed in.
   *
   * @throws AuthenticationError, NotAllowedError where no user calls
   */
  async callerOf(request: unknown): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(
      // Express types a request by its route; httpAuth reads headers only.
      request as Request,
      { allow: ['user'] },
    );
    const { userEntityRef } = credentials.principal;
    return {
      userRef: userEntityRef,
      ownershipRefs: await this.#people.refsOf(userEntityRef),
      credentials,
    };
  }
}
