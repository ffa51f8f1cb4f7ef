import { isError } from '@backstage/errors';

/** There are no credentials for an account. */
export class CredentialsError extends Error {
  constructor(readonly accountId: string, cause: unknown) {
    super(
      `No credentials for AWS account ${accountId}: ${
        isError(cause) ? cause.message : String(cause)
      }`,
      { cause },
    );
    this.name = 'CredentialsError';
  }
}
