import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError, InputError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { isDevelopment } from '../isDevelopment';

/** The header that names the user to sign in as. */
export const DEMO_USER_HEADER = 'x-demo-user';

/** Takes the user's word for who they are. */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: () => ({}),
  async authenticate({ req }): Promise<{ result: { userRef: string } }> {
    // Not registered outside development; this is the second lock.
    if (!isDevelopment()) {
      throw new AuthenticationError(
        'The demo sign-in exists only with NODE_ENV=development',
      );
    }
    const header = req.header(DEMO_USER_HEADER);
    if (!header) {
      throw new InputError(
        `Header ${DEMO_USER_HEADER} is missing, expected the reference of a user like user:default/ana.ruiz`,
      );
    }
    const ref = parseEntityRef(header, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    if (ref.kind.toLocaleLowerCase('en-US') !== 'user') {
      throw new InputError(
        `Header ${DEMO_USER_HEADER} names a ${ref.kind}, expected a user`,
      );
    }
    return { result: { userRef: stringifyEntityRef(ref) } };
  },
});
