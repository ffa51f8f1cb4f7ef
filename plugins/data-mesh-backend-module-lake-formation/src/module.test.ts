import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  provisionersExtensionPoint,
  type Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import lakeFormation from './index';

/** The data mesh backend, as far as the module sees it. */
function aBackend(provisioners: Provisioner[]) {
  return createBackendPlugin({
    pluginId: 'data-mesh',
    register(env) {
      env.registerExtensionPoint(provisionersExtensionPoint, {
        addProvisioner: one => provisioners.push(one),
      });
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });
}

describe('the module', () => {
  it('adds a provisioner of ports of type lake-formation', async () => {
    const provisioners: Provisioner[] = [];
    await startTestBackend({
      features: [
        aBackend(provisioners),
        lakeFormation,
        mockServices.rootConfig.factory({
          data: {
            dataMesh: {
              lakeFormation: {
                accounts: [{ accountId: '210987654321', alias: 'acme' }],
              },
            },
          },
        }),
      ],
    });
    expect(provisioners.map(one => one.portType)).toEqual(['lake-formation']);
    expect(
      provisioners[0].readPrincipal('arn:aws:iam::210987654321:role/etl'),
    ).toMatchObject({ kind: 'iam-role', accountAlias: 'acme' });
    expect(provisioners[0].readPrincipal('nobody')).toBeUndefined();
  });
});
