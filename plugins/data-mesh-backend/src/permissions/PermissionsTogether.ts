import type {
  BackstageCredentials,
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import type {
  AuthorizePermissionRequest,
  AuthorizePermissionResponse,
  QueryPermissionRequest,
  QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import DataLoader from 'dataloader';
import type { Looks } from '../looks';

interface Questions {
  authorize: DataLoader<
    AuthorizePermissionRequest,
    AuthorizePermissionResponse,
    string
  >;
  authorizeConditional: DataLoader<
    QueryPermissionRequest,
    QueryPermissionResponse,
    string
  >;
}

const keyOf = ({
  permission,
  resourceRef,
}: {
  permission: { name: string };
  resourceRef?: string;
}) => JSON.stringify([permission.name, resourceRef]);

/**
 * The permission policy, asked in one call what is asked together. Within a look
 * nothing is asked twice: each question makes a policy look into the catalog.
 */
export class PermissionsTogether implements PermissionsService {
  readonly #questionsOf: (credentials: BackstageCredentials) => Questions;

  constructor(permissions: PermissionsService, looks: Looks) {
    this.#questionsOf = looks.each((credentials, { keeps }) => {
      const options = { cache: keeps, cacheKeyFn: keyOf };
      return {
        authorize: new DataLoader(
          (questions: readonly AuthorizePermissionRequest[]) =>
            permissions.authorize([...questions], { credentials }),
          options,
        ),
        authorizeConditional: new DataLoader(
          (questions: readonly QueryPermissionRequest[]) =>
            permissions.authorizeConditional([...questions], { credentials }),
          options,
        ),
      };
    });
  }

  async authorize(
    questions: AuthorizePermissionRequest[],
    { credentials }: PermissionsServiceRequestOptions,
  ): Promise<AuthorizePermissionResponse[]> {
    const { authorize } = this.#questionsOf(credentials);
    return Promise.all(questions.map(question => authorize.load(question)));
  }

  async authorizeConditional(
    questions: QueryPermissionRequest[],
    { credentials }: PermissionsServiceRequestOptions,
  ): Promise<QueryPermissionResponse[]> {
    const { authorizeConditional } = this.#questionsOf(credentials);
    return Promise.all(
      questions.map(question => authorizeConditional.load(question)),
    );
  }
}
