import type { PrincipalDirectory } from '../principals/PrincipalDirectory';

/**
 * Users who may not decide about a request, whatever they belong to: who made
 * it, and the user who alone is known to stand behind the principal.
 *
 * @param request - `principalVia` is an entity that is known to lead to the
 *   principal
 */
export async function mayNotDecide(
  principals: Pick<PrincipalDirectory, 'usersBehind'>,
  request: {
    requesterRef: string;
    principal: { id: string };
    principalVia?: string;
  },
): Promise<string[]> {
  const { requesterRef, principal, principalVia: via } = request;
  const users = await principals.usersBehind(principal.id, via);
  return [
    requesterRef,
    ...(via?.startsWith('user:') ? [via] : []),
    ...(users.size === 1 ? users : []),
  ];
}
