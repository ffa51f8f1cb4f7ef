import type { DataProductEntity } from '../model/dataProduct';
import { contentOf, createProductIndex } from './productIndex';
import { isOneEdit, readQuery } from './readQuery';
import { searchProducts } from './searchProducts';

const product = (name: string, columns: string[]): DataProductEntity => ({
  apiVersion: 'lakemesh.io/v1alpha1',
  kind: 'DataProduct',
  metadata: { name, namespace: 'default' },
  spec: {
    type: 'aggregate',
    lifecycle: 'active',
    version: '1.0.0',
    owner: 'group:default/team',
    domain: 'domain:default/sales',
    outputPorts: [
      {
        name: 'port',
        type: 'lake-formation',
        location: {},
        tables: [
          {
            name: 'table',
            columns: columns.map(column => ({
              name: column,
              type: 'string',
              ...(column.startsWith('customer') && { pii: true }),
            })),
          },
        ],
      },
    ],
  },
});

const index = createProductIndex([
  product('profiles', ['customer_email', 'segment']),
  product('orders', ['customer_id', 'amount']),
]);

describe('reading a search', () => {
  it.each([
    ['customer email', [], 'customer email'],
    ['customr email', [['customr', 'customer', 'typo']], 'customer email'],
    ['segmnet', [['segmnet', 'segment', 'typo']], 'segment'],
    // Found inside a word, so that it is none.
    ['custom', [], 'custom'],
    ['telephone', [], 'telephone'],
    ['pii', [['pii', 'personal', 'synonym']], 'personal'],
    // Too short to be mended, and too far from everything.
    ['amt', [], 'amt'],
    ['zebra', [], 'zebra'],
  ] as Array<[string, string[][], string]>)('of %s', (text, said, readAs) => {
    const result = searchProducts(index, { text });
    expect(result.readings.map(Object.values)).toEqual(said);
    expect(result.readAs).toBe(readAs);
  });

  it('finds what was meant, and on demand only what was typed', () => {
    expect(
      searchProducts(index, { text: 'customr email' }).hits.map(
        hit => hit.product.metadata.name,
      ),
    ).toEqual(['profiles']);
    expect(
      searchProducts(index, { text: 'customr email', exact: true }).hits,
    ).toEqual([]);
    expect(readQuery(contentOf(index), 'pii', true).readings).toEqual([]);
  });

  it('finds columns by what they hold', () => {
    const [hit] = searchProducts(index, { text: 'personal' }).hits;
    expect(hit.matches[0]).toMatchObject({ kind: 'column', pii: true });
  });
});

it.each([
  ['email', 'emial', true],
  ['email', 'emal', true],
  ['email', 'emails', true],
  ['email', 'amail', true],
  ['email', 'email', false],
  ['email', 'emilas', false],
  ['abcd', 'badc', false],
])('%s and %s are one edit apart: %s', (a, b, expected) => {
  expect(isOneEdit(a, b)).toBe(expected);
  expect(isOneEdit(b, a)).toBe(expected);
});
