import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ReasonColumns } from '../grants/reasonsFor';
import { joinedLines } from './joinedLines';
import type { SeenGrant } from './lookAtPorts';

const aLine = (
  permissions: string[],
  grant: Partial<ObservedGrant> = {},
  reason: Partial<ReasonColumns> = {},
  group = 'analyst orders',
): SeenGrant => ({
  scanned: {
    key: `${group}/${permissions}`,
    group,
    grant: {
      principal: { id: 'fake:analyst', kind: 'other', name: 'analyst' },
      resource: { words: 'sales.orders' },
      permissions,
      grantable: [],
      ...grant,
    },
  },
  reason: {
    because: 'entitlement',
    entitlement_id: 'e1',
    words: null,
    standing: null,
    excess: null,
    products: '[]',
    product_ref: null,
    ...reason,
  },
});

const told = async (...lines: SeenGrant[]) =>
  (await joinedLines(lines)).map(({ scanned }) => scanned.grant.permissions);

describe('lines of one grant', () => {
  it('are told as one, with who changed it last', async () => {
    const [joined, ...others] = await joinedLines([
      aLine(['SELECT'], { updatedAt: '2026-11-02', updatedBy: 'b' }),
      aLine(['DESCRIBE'], { updatedAt: '2026-11-01', updatedBy: 'a' }),
    ]);
    expect(others).toEqual([]);
    expect(joined.scanned.grant).toMatchObject({
      permissions: ['DESCRIBE', 'SELECT'],
      updatedBy: 'b',
    });
  });

  it.each<[string, SeenGrant]>([
    ['are there for another reason', aLine(['B'], {}, { because: 'adopted' })],
    ['come of another entitlement', aLine(['B'], {}, { entitlement_id: 'e2' })],
    ['are on other columns', aLine(['B'], { resource: { words: 'some' } })],
    ['may be passed on', aLine(['B'], { grantable: ['B'] })],
    ['hold on a condition', aLine(['B'], { condition: 'if so' })],
    ['are of another group', aLine(['B'], {}, {}, 'ben orders')],
  ])('stay apart where they %s', async (_, line) => {
    expect(await told(aLine(['A']), line)).toEqual([['A'], ['B']]);
  });
});
