import { isNothingToRevoke } from './isNothingToRevoke';

describe('a revoke of what is not held', () => {
  it.each([
    [
      'InvalidInputException',
      'No permissions revoked. Grantee does not does not have:[ALL]',
      true,
    ],
    [
      'InvalidInputException',
      'Grantee has no permissions on resource and descendants',
      true,
    ],
    ['InvalidInputException', 'Table not found.', true],
    ['EntityNotFoundException', 'Database not found.', true],
    ['InvalidInputException', 'Permissions modification is invalid.', false],
    ['AccessDeniedException', 'No permissions revoked.', false],
    ['ConcurrentModificationException', 'Please retry', false],
  ])('%s "%s": %s', (code, message, done) => {
    expect(isNothingToRevoke(code, message)).toBe(done);
  });
});
