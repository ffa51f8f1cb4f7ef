import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  Provisioner,
  ReadinessChecker,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { GrantView } from '../sight';
import { doctorReport, type DoctorDeps } from './doctorReport';

const aPort = (name: string, type: string): OutputPort => ({
  name,
  type,
  location: {},
  tables: [],
});

it('hands products over with the ports that the provisioner can read', async () => {
  const asked: Array<Parameters<ReadinessChecker['diagnose']>[0]> = [];
  const provisioners = new ProvisionerRegistry();
  provisioners.addProvisioner({
    portType: 'fake',
    checkPort: (port: OutputPort) =>
      port.name === 'broken'
        ? [{ field: 'location', reason: 'is broken' }]
        : [],
    readiness: {
      diagnose: async (subjects: (typeof asked)[number]) => {
        asked.push(subjects);
        return [];
      },
    },
  } as unknown as Provisioner);
  const product = {
    productRef: 'dataproduct:default/orders',
    title: 'Orders',
    classification: 'internal' as const,
    tags: ['curated'],
  };
  const view: GrantView = 'all';
  const doctor: DoctorDeps = {
    catalog: {
      domains: async () => [],
      principalAnnotations: async () => [
        {
          ref: 'group:default/fine',
          annotation: { ok: true, principals: [] },
        },
        {
          ref: 'group:default/broken',
          annotation: { ok: false, reason: "'x' is no principal" },
        },
      ],
      products: async () => [
        {
          ...product,
          domainRef: 'domain:default/sales',
          ports: [
            aPort('lake', 'fake'),
            aPort('broken', 'fake'),
            aPort('tape', 'tape'),
          ],
        },
        { ...product, title: 'Of no domain', ports: [aPort('lake', 'fake')] },
      ],
    },
    entitlements: { live: async () => [] },
    provisioners,
    permissions: mockServices.permissions.mock({
      authorize: async () => [{ result: AuthorizeResult.ALLOW }],
    }),
    sight: { view: async () => view },
    now: () => new Date('2026-11-25T03:00:00Z'),
  };
  const { items } = await doctorReport(doctor, {
    userRef: 'user:default/omar',
    ownershipRefs: [],
    credentials: mockCredentials.user('user:default/omar'),
  });
  expect(items.filter(item => item.subject.startsWith('group:'))).toEqual([
    {
      subject: 'group:default/broken',
      checks: [
        expect.objectContaining({
          id: 'principals-annotation',
          state: 'failed',
          words: "'x' is no principal",
        }),
      ],
    },
  ]);
  expect(asked).toHaveLength(1);
  expect(asked[0].products).toEqual([
    {
      ...product,
      domainRef: 'domain:default/sales',
      ports: [aPort('lake', 'fake')],
    },
  ]);
});
