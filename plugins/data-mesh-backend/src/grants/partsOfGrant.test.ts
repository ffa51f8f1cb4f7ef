import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { isWithin, unknownParts } from './partsOfGrant';

const aGrant = (
  permissions: string[],
  columns?: string[],
  more: Partial<ObservedGrant> & {
    resource?: Partial<ObservedGrant['resource']>;
  } = {},
): ObservedGrant => ({
  principal: { id: 'fake:a', kind: 'other', name: 'a' },
  permissions,
  grantable: [],
  ...more,
  resource: {
    words: 'sales.orders',
    database: 'sales',
    table: 'orders',
    ...(columns && { columns }),
    ...more.resource,
  },
});

/** Knows some permissions on some columns; `all` is any column. */
const knowing =
  (known: { [permission: string]: string[] | 'all' }) =>
  ({ permissions, resource }: ObservedGrant): 'full' | 'part' | 'none' => {
    const parts = permissions.flatMap(permission =>
      (resource.columns ?? ['*']).map(column => {
        const columns = known[permission] ?? [];
        return columns === 'all' || columns.includes(column);
      }),
    );
    if (parts.every(Boolean)) return 'full';
    return parts.some(Boolean) ||
      (!resource.columns && permissions.some(one => known[one]?.length))
      ? 'part'
      : 'none';
  };

describe('unknownParts', () => {
  it.each<
    [
      string,
      ObservedGrant,
      { [permission: string]: string[] | 'all' },
      Array<[string[], string[] | undefined]>,
    ]
  >([
    [
      'nothing where all is known',
      aGrant(['SELECT'], ['a', 'b']),
      { SELECT: 'all' },
      [],
    ],
    [
      'all where nothing is',
      aGrant(['SELECT', 'INSERT']),
      {},
      [[['SELECT', 'INSERT'], undefined]],
    ],
    [
      'a permission',
      aGrant(['SELECT', 'INSERT']),
      { SELECT: 'all' },
      [[['INSERT'], undefined]],
    ],
    [
      'a column',
      aGrant(['SELECT'], ['a', 'b', 'c']),
      { SELECT: ['a'] },
      [[['SELECT'], ['b', 'c']]],
    ],
    [
      'columns of each permission by themselves',
      aGrant(['SELECT', 'INSERT'], ['a', 'b']),
      { SELECT: ['a'] },
      [
        [['SELECT'], ['b']],
        [['INSERT'], ['a', 'b']],
      ],
    ],
    [
      'nothing of what cannot be divided and is known in part',
      aGrant(['SELECT']),
      { SELECT: ['a'] },
      [],
    ],
  ])('finds %s', (_, grant, known, expected) => {
    const parts = unknownParts(grant, knowing(known));
    expect(
      parts.map(part => [part.permissions, part.resource.columns]),
    ).toEqual(expected);
  });

  it('keeps the right to pass on with its permission', () => {
    const grant = aGrant(['SELECT', 'INSERT'], undefined, {
      grantable: ['SELECT', 'INSERT'],
    });
    expect(unknownParts(grant, knowing({ SELECT: 'all' }))).toMatchObject([
      { permissions: ['INSERT'], grantable: ['INSERT'] },
    ]);
  });
});

describe('isWithin', () => {
  it.each<[boolean, ObservedGrant, ObservedGrant]>([
    [true, aGrant(['SELECT']), aGrant(['SELECT', 'INSERT'])],
    [false, aGrant(['SELECT', 'INSERT']), aGrant(['SELECT'])],
    [true, aGrant(['SELECT'], ['a']), aGrant(['SELECT'], ['a', 'b'])],
    [true, aGrant(['SELECT'], ['a']), aGrant(['SELECT'])],
    [false, aGrant(['SELECT']), aGrant(['SELECT'], ['a'])],
    [false, aGrant(['SELECT'], ['a', 'c']), aGrant(['SELECT'], ['a', 'b'])],
    [
      false,
      aGrant(['SELECT'], undefined, { grantable: ['SELECT'] }),
      aGrant(['SELECT']),
    ],
    [
      false,
      aGrant(['SELECT'], undefined, { condition: 'x' }),
      aGrant(['SELECT']),
    ],
    [
      false,
      aGrant(['SELECT']),
      aGrant(['SELECT'], undefined, {
        resource: { words: 'x', excludedColumns: ['a'] },
      }),
    ],
    [
      true,
      aGrant(['SELECT'], undefined, {
        resource: { words: 'x', excludedColumns: ['a', 'b'] },
      }),
      aGrant(['SELECT'], undefined, {
        resource: { words: 'x', excludedColumns: ['a'] },
      }),
    ],
  ])('is %s (%#)', (expected, grant, other) => {
    expect(isWithin(grant, other)).toBe(expected);
  });
});
