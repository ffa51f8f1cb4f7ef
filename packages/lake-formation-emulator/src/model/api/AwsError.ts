/** An error that goes over the wire as AWS would send it. */
export class AwsError extends Error {
  /** AWS's error code, such as `AccessDeniedException`. */
  readonly code: string;
  /** Overrides the HTTP status that the service's model gives the code. */
  readonly status?: number;

  constructor(code: string, message: string, status?: number) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

export const accessDenied = (message: string) =>
  new AwsError('AccessDeniedException', message);

/**
 * Lake Formation answers the same to those who may not and to those who ask
 * for what is not there, so that nobody can probe for names.
 */
export const notThereOrNotAllowed = () =>
  accessDenied(
    'Resource does not exist or requester is not authorized to access requested permissions.',
  );

/** Glue's refusal: `Insufficient Lake Formation permission(s): Required Describe on orders`. */
export const insufficientPermission = (permission: string, name: string) =>
  accessDenied(
    `Insufficient Lake Formation permission(s): Required ${permission} on ${name}`,
  );

export const invalidInput = (message: string) =>
  new AwsError('InvalidInputException', message);

export const entityNotFound = (message: string) =>
  new AwsError('EntityNotFoundException', message);

export const alreadyExists = (message: string) =>
  new AwsError('AlreadyExistsException', message);

/** A request that does not satisfy the service's model. */
export const validationError = (problems: readonly string[]) =>
  new AwsError(
    'ValidationException',
    `${problems.length} validation error${
      problems.length === 1 ? '' : 's'
    } detected: ${problems.join('; ')}`,
  );

/** What AWS has and the emulator lacks: refused by name, never pretended. */
export const notEmulated = (what: string) =>
  invalidInput(`The Lake Formation emulator does not implement ${what}.`);
