import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createPermission } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { auditReadPermission } from '@lakemesh/backstage-plugin-data-mesh-common';
import { permissionModuleDataMesh } from './module';

const catalogRead = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
});

describe('the module', () => {
  async function policyWith(dataMesh: {
    permissionPolicy?: { otherPermissions: string };
  }): Promise<PermissionPolicy> {
    const set: PermissionPolicy[] = [];
    const backend = await startTestBackend({
      extensionPoints: [
        [policyExtensionPoint, { setPolicy: policy => set.push(policy) }],
      ],
      features: [
        permissionModuleDataMesh,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: { dataMesh } }),
      ],
    });
    await backend.stop();
    return set[0];
  }

  it('allows what is not its own, unless config says otherwise', async () => {
    const open = await policyWith({});
    expect(await open.handle({ permission: catalogRead })).toEqual({
      result: 'ALLOW',
    });
    const closed = await policyWith({
      permissionPolicy: { otherPermissions: 'deny' },
    });
    expect(await closed.handle({ permission: catalogRead })).toEqual({
      result: 'DENY',
    });
  });

  it('decides what is its own', async () => {
    const policy = await policyWith({});
    expect(await policy.handle({ permission: auditReadPermission })).toEqual({
      result: 'DENY',
    });
  });

  it('refuses a word that it does not know', async () => {
    await expect(
      policyWith({ permissionPolicy: { otherPermissions: 'maybe' } }),
    ).rejects.toThrow(/otherPermissions is 'maybe', expected allow or deny/);
  });
});
