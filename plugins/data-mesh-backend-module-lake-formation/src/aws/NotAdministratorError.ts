import { AccessDeniedException } from '@aws-sdk/client-lakeformation';
import { isError } from '@backstage/errors';

/** IAM's words for a missing right, which have advice of their own. */
const isRightOfIam = (message: string) =>
  /is not authorized to perform/i.test(message);

/** Lake Formation leaves something to its administrators, and we are none. */
export class NotAdministratorError extends Error {
  readonly advice: string;

  constructor(accountId: string, cause: unknown) {
    super(
      `Lake Formation lets only data lake administrators of account ${accountId} look at opt-ins and change them${
        isError(cause) ? `: ${cause.message}` : ''
      }`,
      { cause },
    );
    this.name = 'NotAdministratorError';
    this.advice =
      'Make the role that Backstage uses in this account a data lake administrator. Opt-ins are needed where a location is registered in hybrid access mode and IAM_ALLOWED_PRINCIPALS holds permissions on its tables: revoking those does without them';
  }
}

/** For failures of calls that only administrators may make. */
export const refusedToOthers =
  (accountId: string) =>
  (error: unknown): never => {
    throw error instanceof AccessDeniedException && !isRightOfIam(error.message)
      ? new NotAdministratorError(accountId, error)
      : error;
  };
