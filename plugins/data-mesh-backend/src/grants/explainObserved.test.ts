import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import { aPort } from '../testing/provisioningFixture';
import { explainObserved, type BackingStep } from './explainObserved';

const provisioner = new FakeProvisioner();
const all = ['amount', 'email', 'id'];

const aGrant = (columns: string[] = all): ObservedGrant =>
  provisioner.observed({ principal: 'fake:a', table: 'sales.orders', columns });

const aStep = (
  columns: string[],
  change: Partial<BackingStep> & { before?: string[] } = {},
): BackingStep => {
  const { before = [], ...rest } = change;
  const [step] = provisioner.plan({
    port: aPort(),
    scope: { level: 'read', tables: [{ table: 'orders', columns }] },
    principal: { id: 'fake:a', kind: 'other', name: 'a' },
  }).steps;
  return {
    entitlementId: 'e1',
    productRef: 'dataproduct:default/orders',
    expiresAt: '2026-12-01T00:00:00.000Z',
    live: { step, baseline: { columns: before } },
    isResidue: false,
    ...rest,
  };
};

const administrator = { kind: 'administrator', words: 'Administers' } as const;

describe('explainObserved', () => {
  it.each<
    [
      string,
      Parameters<typeof explainObserved>[2],
      {
        because: string;
        words?: string;
        entitlementId?: string;
        excess?: string[][];
      },
    ]
  >([
    ['nothing', { steps: [] }, { because: 'unexplained' }],
    [
      'the system itself',
      { steps: [], standing: administrator },
      { because: 'administrator', words: 'Administers' },
    ],
    [
      'an entitlement',
      { steps: [aStep(all)] },
      { because: 'entitlement', entitlementId: 'e1' },
    ],
    [
      'an entitlement, whatever the system itself says',
      { steps: [aStep(all)], standing: administrator },
      { because: 'entitlement', entitlementId: 'e1' },
    ],
    [
      'a part that an entitlement brought, and more',
      { steps: [aStep(['id'])] },
      {
        because: 'approved-and-more',
        entitlementId: 'e1',
        words: 'A part of it; the rest nobody approved',
        excess: [['amount', 'email']],
      },
    ],
    [
      'two entitlements, each for a part of it',
      {
        steps: [
          aStep(['id']),
          aStep(['amount', 'email'], {
            entitlementId: 'e2',
            expiresAt: '2027-01-01T00:00:00.000Z',
          }),
        ],
      },
      {
        because: 'entitlement',
        entitlementId: 'e2',
        words: '1 more entitlement stands behind it',
      },
    ],
    [
      'what was there before',
      { steps: [aStep(all, { before: all })] },
      {
        because: 'before-us',
        entitlementId: 'e1',
        words: 'Was there before the entitlement and stays when it ends',
      },
    ],
    [
      'a part that was there before',
      { steps: [aStep(all, { before: ['id'] })] },
      {
        because: 'entitlement',
        entitlementId: 'e1',
        words:
          'A part of it; the rest comes from elsewhere or was there before',
      },
    ],
    ['adoption', { steps: [], adopted: [aGrant()] }, { because: 'adopted' }],
    [
      'adoption of a part',
      { steps: [], adopted: [aGrant(['id', 'email'])] },
      {
        because: 'approved-and-more',
        words: 'A part of it was never adopted',
        excess: [['amount']],
      },
    ],
    [
      'an entitlement and adoption of the rest',
      { steps: [aStep(['id'])], adopted: [aGrant(['amount', 'email'])] },
      {
        because: 'entitlement',
        entitlementId: 'e1',
        words:
          'A part of it; the rest comes from elsewhere or was there before',
      },
    ],
    [
      'adoption of something else',
      { steps: [], adopted: [{ ...aGrant(), permissions: ['WRITE'] }] },
      { because: 'unexplained' },
    ],
    [
      'what could not be taken back',
      { steps: [aStep(all, { isResidue: true })] },
      {
        because: 'unexplained',
        entitlementId: 'e1',
        words: 'Left over from an entitlement that has ended',
      },
    ],
    [
      'an entitlement beside what could not be taken back',
      {
        steps: [
          aStep(all, { isResidue: true }),
          aStep(all, { entitlementId: 'e2' }),
        ],
      },
      { because: 'entitlement', entitlementId: 'e2' },
    ],
  ])('explains by %s', (_, grounds, expected) => {
    const { productRefs, excess, ...reason } = explainObserved(
      provisioner,
      aGrant(),
      grounds,
    );
    expect({
      ...reason,
      excess: excess.map(part => part.resource.columns),
    }).toEqual({ excess: [], ...expected });
    expect(new Set(productRefs)).toEqual(
      new Set(expected.entitlementId ? ['dataproduct:default/orders'] : []),
    );
  });
});
