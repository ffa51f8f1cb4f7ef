import { createBackend } from '@backstage/backend-defaults';
import { emulatorModule } from './demo/emulator/emulatorModule';
import { demoSignInModule } from './demo/signIn/demoSignInModule';
import { storyModule } from './demo/story/storyModule';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoSignInModule);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@lakemesh/backstage-plugin-catalog-backend-module-data-mesh'),
);

backend.add(import('@lakemesh/backstage-plugin-data-mesh-backend'));
backend.add(
  import('@lakemesh/backstage-plugin-data-mesh-backend-module-lake-formation'),
);
backend.add(emulatorModule);
backend.add(storyModule);

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@lakemesh/backstage-plugin-scaffolder-backend-module-data-mesh'),
);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@lakemesh/backstage-plugin-permission-backend-module-data-mesh'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
// Takes over only where the database is PostgreSQL.
backend.add(import('@backstage/plugin-search-backend-module-pg'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start();
