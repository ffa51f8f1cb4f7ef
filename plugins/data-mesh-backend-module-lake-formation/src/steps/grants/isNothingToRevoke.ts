/**
 * AWS has several texts for a revoke of what is not held, or of a principal or
 * table that is gone. Nothing finer than their beginnings is stable.
 */
export function isNothingToRevoke(code: string, message: string): boolean {
  return (
    code === 'EntityNotFoundException' ||
    (code === 'InvalidInputException' &&
      (message.startsWith('No permissions revoked') ||
        message.startsWith('Grantee has no permissions') ||
        message.includes('not found')))
  );
}
