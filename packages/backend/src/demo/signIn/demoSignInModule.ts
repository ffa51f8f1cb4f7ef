import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { isDevelopment } from '../isDevelopment';
import { demoAuthenticator } from './demoAuthenticator';
import { createDemoUsersRouter } from './demoUsersRouter';

/**
 * Sign-in as any user of the catalog, without a password. Outside development
 * it registers nothing, so that its routes answer 404.
 */
export const demoSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ auth, catalog, httpRouter, logger, providers }) {
        if (!isDevelopment()) {
          logger.error(
            'The demo sign-in is refused: NODE_ENV is not "development". Configure a real auth provider.',
          );
          return;
        }
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            signInResolver: async ({ result }, ctx) =>
              ctx.signInWithCatalogUser({ entityRef: result.userRef }),
          }),
        });
        httpRouter.use(createDemoUsersRouter({ auth, catalog }));
        httpRouter.addAuthPolicy({
          path: '/demo-users',
          allow: 'unauthenticated',
        });
      },
    });
  },
});
