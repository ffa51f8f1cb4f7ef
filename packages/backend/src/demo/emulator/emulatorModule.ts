import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { startLakeFormationEmulator } from '@lakemesh/lake-formation-emulator';
import { isDevelopment } from '../isDevelopment';
import { meshSeed } from './meshSeed';
import { readMesh } from './readMesh';

const DEFAULT_PORT = 4566;

/**
 * AWS for the example mesh, emulated in this process. A module, because those
 * are ready before the plugin is: no provisioning meets a closed port.
 */
export const emulatorModule = createBackendModule({
  pluginId: 'data-mesh',
  moduleId: 'demo-emulator',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
      },
      async init({ config, lifecycle, logger }) {
        const emulatorConfig = config.getOptionalConfig('demo.emulator');
        if (!emulatorConfig) return;
        if (!isDevelopment()) {
          logger.error(
            'demo.emulator is refused: NODE_ENV is not "development". Configure real accounts.',
          );
          return;
        }
        const seed = meshSeed(readMesh(resolvePackagePath('backend', 'mesh')));
        const emulator = await startLakeFormationEmulator({
          port: emulatorConfig.getOptionalNumber('port') ?? DEFAULT_PORT,
          seed,
        });
        lifecycle.addShutdownHook(() => emulator.stop());
        logger.info(
          `Emulating ${seed.accounts.length} AWS accounts at ${emulator.url}`,
        );
      },
    });
  },
});
