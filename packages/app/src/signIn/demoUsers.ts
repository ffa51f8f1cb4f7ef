import { ResponseError } from '@backstage/errors';

/** A user of the example mesh, as the sign-in page shows it. */
export interface DemoUser {
  userRef: string;
  displayName: string;
  /** What the person does in the example mesh. */
  role?: string;
  groups: string[];
}

/**
 * The users that may be signed in as.
 *
 * @throws ResponseError where the backend refuses or does not know the route
 */
export async function fetchDemoUsers(authBaseUrl: string): Promise<DemoUser[]> {
  const response = await fetch(`${authBaseUrl}/demo-users`);
  if (!response.ok) throw await ResponseError.fromResponse(response);
  const { items } = (await response.json()) as { items: DemoUser[] };
  return items;
}
