import type {
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Caller } from './Caller';

/** Finds who calls. Only users do: services have no ownership to decide by. */
export class CallerResolver {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
  }

  /** @throws AuthenticationError, NotAllowedError where no user calls */
  async callerOf(request: unknown): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(
      // Express types a request by its route; httpAuth reads headers only.
      request as Request,
      { allow: ['user'] },
    );
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return {
      userRef: userEntityRef,
      ownershipRefs: [...new Set([userEntityRef, ...ownershipEntityRefs])],
      credentials,
    };
  }
}
