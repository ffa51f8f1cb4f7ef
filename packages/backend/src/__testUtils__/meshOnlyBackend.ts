// The portal's backend with nothing but what access to data needs. Started as a
// process of its own by tests that kill it.
import { createBackend } from '@backstage/backend-defaults';
import { demoSignInModule } from '../demo/signIn/demoSignInModule';

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoSignInModule);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@lakemesh/backstage-plugin-catalog-backend-module-data-mesh'),
);
backend.add(import('@lakemesh/backstage-plugin-data-mesh-backend'));
backend.add(
  import('@lakemesh/backstage-plugin-data-mesh-backend-module-lake-formation'),
);
backend.start();
