import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { provisionersExtensionPoint } from '@lakemesh/backstage-plugin-data-mesh-node';
import { AwsClients } from './aws/AwsClients';
import { AwsMeter } from './aws/AwsMeter';
import { readLakeFormationConfig } from './config';
import { LakeFormationProvisioner } from './provisioner/LakeFormationProvisioner';

/**
 * Serves output ports of type `lake-formation`: grants and revokes in AWS Lake
 * Formation.
 *
 * @public
 */
export const dataMeshModuleLakeFormation = createBackendModule({
  pluginId: 'data-mesh',
  moduleId: 'lake-formation',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        metrics: metricsServiceRef,
        provisioners: provisionersExtensionPoint,
        tracing: tracingServiceRef,
      },
      async init({ config: root, lifecycle, metrics, provisioners, tracing }) {
        const config = readLakeFormationConfig(root);
        const now = () => Date.now();
        const clients = new AwsClients({
          config,
          credentials: DefaultAwsCredentialsManager.fromConfig(root),
          now,
          sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
          meter: new AwsMeter({ metrics, tracing, now }),
        });
        lifecycle.addShutdownHook(() => clients.destroy());
        provisioners.addProvisioner(
          new LakeFormationProvisioner({ config, clients, now }),
        );
      },
    });
  },
});
